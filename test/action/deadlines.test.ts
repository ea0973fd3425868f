import { describe, expect, test } from 'vitest'
import { openDeadlines } from '../../src/action/deadlines.ts'
import { explainEnd } from '../../src/storage/storage.ts'

const never = new AbortController().signal
const whenAborted = (signal: AbortSignal) =>
  new Promise<number>((resolve) => {
    if (signal.aborted) resolve(performance.now())
    else signal.addEventListener('abort', () => resolve(performance.now()), { once: true })
  })

/** When each part ends, from now. */
async function measure(timeoutMs: number, reserveMs: number, cancel = never, why?: string) {
  const startMs = performance.now()
  const deadlines = openDeadlines(timeoutMs, reserveMs, cancel, why)
  const { signal, readSignal, keepSignal } = deadlines
  const ends = await Promise.all([signal, readSignal, keepSignal].map(whenAborted))
  const [write = 0, read = 0, keep = 0] = ends.map((endMs) => endMs - startMs)
  return { write, read, keep, deadlines }
}

/** Timers come a little early, and late on a busy machine. */
const earlyMs = 5

describe('the parts of a phase end one after the other', () => {
  test('writing at the timeout, reading and keeping soon after', async () => {
    const { write, read, keep, deadlines } = await measure(300, 0)
    expect(write).toBeGreaterThan(300 - earlyMs)
    expect(read).toBeGreaterThan(600 - earlyMs)
    expect(keep).toBeGreaterThan(900 - earlyMs)
    // By ratios: what comes after writing is no longer than that, whatever the machine does beside.
    expect(keep).toBeLessThan(write * 6)
    expect(deadlines.remainingMs()).toBe(0)
    expect(explainEnd(deadlines.signal)).toBe('the time ran out (input timeout)')
  })

  test('where something is reserved for keeping, writing ends so much earlier', async () => {
    const { write, read, keep } = await measure(1400, 1000)
    expect(write).toBeGreaterThan(400 - earlyMs)
    expect(write).toBeLessThan(1000)
    expect(read - write).toBeGreaterThan(500 - 100)
    expect(keep).toBeGreaterThan(1400 - earlyMs)
  })

  test('why writing ends is told', async () => {
    const { deadlines } = await measure(10, 0, never, 'the job began its work')
    expect(explainEnd(deadlines.signal)).toBe('the job began its work')
  })
})

test('what remains is what is left until writing ends', async () => {
  const { remainingMs } = openDeadlines(100_000, 20_000, never)
  const first = remainingMs()
  expect(first).toBeLessThanOrEqual(80_000)
  expect(first).toBeGreaterThan(60_000)
  await new Promise((resolve) => setTimeout(resolve, 30))
  expect(remainingMs()).toBeLessThan(first - 20)
})

describe('a job that is cancelled', () => {
  test('has a moment to write, and says why it ended', async () => {
    const cancel = new AbortController()
    const deadlines = openDeadlines(3_600_000, 0, cancel.signal)
    expect(deadlines.remainingMs()).toBeGreaterThan(3_000_000)
    cancel.abort()
    expect(deadlines.signal.aborted).toBe(false)
    expect(deadlines.remainingMs()).toBeLessThanOrEqual(1500)
    await whenAborted(deadlines.signal)
    expect([deadlines.readSignal.aborted, deadlines.keepSignal.aborted]).toEqual([false, false])
    expect(explainEnd(deadlines.signal)).toBe('the job was cancelled')
  })

  test('before the phase begins, too', async () => {
    const { remainingMs, signal } = openDeadlines(3_600_000, 0, AbortSignal.abort())
    expect(signal.aborted).toBe(false)
    expect(remainingMs()).toBeLessThanOrEqual(1500)
  })

  test('shortly before its time is over has no longer for it', async () => {
    const cancel = new AbortController()
    const deadlines = openDeadlines(200, 0, cancel.signal)
    cancel.abort()
    expect(deadlines.remainingMs()).toBeLessThanOrEqual(200)
    await whenAborted(deadlines.signal)
    expect(explainEnd(deadlines.signal)).toBe('the job was cancelled')
  })

  test('when nothing is written any more keeps as long as it would have', async () => {
    const cancel = new AbortController()
    const { signal, keepSignal } = openDeadlines(10, 0, cancel.signal)
    await whenAborted(signal)
    const startMs = performance.now()
    cancel.abort()
    expect(keepSignal.aborted).toBe(false)
    await whenAborted(keepSignal)
    // Far less than what a job has that is cancelled while it writes.
    expect(performance.now() - startMs).toBeLessThan(2000)
    expect(explainEnd(signal)).toBe('the time ran out (input timeout)')
  })
})
