import { setLogger, type WriteApi } from '@influxdata/influxdb-client'
import { toDelayMs, wait } from './backoff.ts'
import { explainEnd } from './explain-end.ts'
import { type Conflict, mendLines } from './influxdb-conflict.ts'
import { explainFailure, type Failure } from './influxdb-failure.ts'
import { toLines, toRequest, type WriteRequest } from './influxdb-requests.ts'
import type { Writing } from './storage.ts'
import type { InfluxTarget } from './target.ts'

/** What became of the lines that were sent. */
export interface Sent {
  written: number
  unsent: number
  lost: number
  readonly problems: Set<string>
  readonly conflicts: Conflict[]
}

/**
 * Sends requests to their end: again while the server may yet take them, in halves where they are too long, and without fields that
 * conflict. The lines that are left are handed to `writing.unsent`.
 */
export function createSender(api: WriteApi, target: InfluxTarget, writing: Writing) {
  // The client would write to the console, where every line is a line of the user's log.
  setLogger({ error() {}, warn() {} })
  const sent: Sent = { written: 0, unsent: 0, lost: 0, problems: new Set(), conflicts: [] }
  const unsigned = target.api === 'v1' ? 'i' : 'u'
  let isOver = false

  /** Hands lines over: nothing more is tried with them. */
  function put(lines: readonly string[]): void {
    sent.unsent += lines.length
    writing.unsent(lines)
  }

  /** Tries until there is an answer that stays, or the time is over: then why. */
  async function tryLong(text: string): Promise<Failure | undefined> {
    let last: Failure | undefined
    for (let attempt = 1; ; attempt++) {
      try {
        api.writeRecord(text)
        await api.flush()
        return undefined
      } catch (error) {
        if (writing.signal.aborted) return toLate(last, attempt, writing.signal)
        const failure = explainFailure(error, target)
        if (failure.fate !== 'again') return failure
        last = failure
        const left = writing.remainingMs()
        if (failure.retryAfterMs > 0 && failure.retryAfterMs >= left) {
          const asked = `the server wants ${Math.ceil(failure.retryAfterMs / 1000)} s of quiet, more than is left for it`
          return { ...failure, text: `${failure.text}; ${asked}`, fate: 'final' }
        }
        // Half of what is left at most, so that the end of the time is no wait for an attempt that comes too late.
        const delayMs = Math.min(toDelayMs(attempt, failure.retryAfterMs), Math.max(failure.retryAfterMs, left / 2))
        await wait(Math.max(delayMs, shortestWaitMs), writing.signal)
        if (writing.signal.aborted) return toLate(last, attempt, writing.signal)
      }
    }
  }

  async function send(request: WriteRequest): Promise<void> {
    if (isOver || writing.signal.aborted) {
      if (!isOver) sent.problems.add(`not all was written before ${explainEnd(writing.signal)}`)
      isOver = true
      put(toLines(request))
      return
    }
    const failure = await tryLong(request.text)
    if (failure === undefined) sent.written += request.starts.length
    else await settle(request, failure)
  }

  /** What is done about a request that failed for good. */
  async function settle(request: WriteRequest, failure: Failure): Promise<void> {
    const count = request.starts.length
    if (failure.fate === 'smaller' && count > 1) {
      const lines = toLines(request)
      const middle = Math.ceil(count / 2)
      await send(toRequest(lines.slice(0, middle)))
      await send(toRequest(lines.slice(middle)))
      return
    }
    if (failure.fate === 'refused') {
      if (isUnnamedConflict(failure.answer) && !unnamed.has(request)) {
        await sendAgain(request)
        return
      }
      const lines = toLines(request)
      const mended = mendLines(lines, failure.answer, unsigned)
      if (mended !== undefined) {
        sent.conflicts.push(...mended.conflicts)
        sent.lost += mended.emptied
        // As many as differ: the others are stored. Otherwise there is more behind it than was named, and what is sent twice is there once.
        const isAll = failure.dropped === mended.changed.length + mended.emptied
        const rest = isAll ? mended.changed : mended.lines
        sent.written += mended.lines.length - rest.length
        if (rest.length > 0) await send(toRequest(rest))
        return
      }
    }
    if (failure.fate === 'final') isOver = true
    sent.problems.add(failure.text)
    const dropped = Math.min(failure.dropped ?? count, count)
    sent.written += count - dropped
    if (isForGood(failure.answer)) {
      sent.lost += dropped
      return
    }
    // Nobody says which of them were dropped: all are kept, and what is sent twice is there once.
    sent.unsent += dropped
    writing.unsent(toLines(request))
  }

  const unnamed = new WeakSet<WriteRequest>()
  /** 1.x refuses two types of a field that is new to it without a name, and stores nothing; of the next attempt it tells more. */
  async function sendAgain({ text, starts }: WriteRequest): Promise<void> {
    const again = { text, starts }
    unnamed.add(again)
    await send(again)
  }

  return {
    sent,
    send,
    get isOver() {
      return isOver
    },
  }
}

const shortestWaitMs = 20

function toLate(last: Failure | undefined, attempts: number, signal: AbortSignal): Failure {
  const end = `before ${explainEnd(signal)}`
  const tries = attempts === 1 ? 'once' : `${attempts} times`
  const text = last === undefined ? `no answer ${end}` : `${last.text}; tried ${tries} ${end}`
  return { text, fate: 'final', retryAfterMs: 0, answer: '', dropped: undefined }
}

function isUnnamedConflict(answer: string): boolean {
  return /field type conflict/.test(answer) && !/input field/.test(answer)
}

/** Points that are older than the database keeps are refused whenever they come. */
function isForGood(answer: string): boolean {
  return /points? (is |are )?(beyond|outside) (the )?retention/.test(answer)
}
