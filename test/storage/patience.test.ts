import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { HttpRequest, HttpResponse } from '../../src/http/client.ts'
import { openPatience } from '../../src/storage/patience.ts'

/** What a request meets: after `bytes` the first byte is there, after `ms` a status, or an error. */
interface Fate {
  readonly bytes?: number
  readonly ms: number
  readonly status?: number
}

const request: HttpRequest = {
  method: 'POST',
  url: new URL('http://influx:8086'),
  headers: {},
  signal: new AbortController().signal,
}

function open(patienceMs: number | undefined, fates: readonly Fate[], remainingMs = 60_000) {
  const left = [...fates]
  const http = {
    async request({ onByte }: HttpRequest): Promise<HttpResponse> {
      const { bytes, ms, status } = left.shift() ?? { ms: 0 }
      if (bytes !== undefined) setTimeout(() => onByte?.(), bytes)
      await delay(ms)
      if (status === undefined) throw new Error('ECONNREFUSED')
      if (bytes === undefined) onByte?.()
      return { status, statusText: '', headers: {}, body: Buffer.alloc(0) }
    },
  }
  const signal = new AbortController().signal
  const patience = openPatience(http, { signal, remainingMs: () => remainingMs, patienceMs })
  const ask = () => patience.http.request(request).catch(() => undefined)
  return { patience, ask }
}

/** Whether it has given up within a time that is far longer than its patience. */
async function givesUp({ signal }: { signal: AbortSignal }): Promise<boolean> {
  for (let waited = 0; waited < 5000 && !signal.aborted; waited += 10) await delay(10)
  return signal.aborted
}

test.each<[string, Fate[]]>([
  ['refuses', [{ ms: 0 }]],
  ['refuses each time', [{ ms: 0 }, { ms: 0 }]],
  ['never answers', [{ ms: 10_000 }]],
  ['answers 503', [{ ms: 0, status: 503 }]],
  ['answers 503, late', [{ ms: 80, bytes: 0, status: 503 }]],
])('a server that %s is given up', async (_name, fates) => {
  const { patience, ask } = open(50, fates)
  for (const { ms } of fates) {
    const asked = ask()
    if (ms < 1000) await asked
  }
  expect(patience.remainingMs()).toBeLessThanOrEqual(50)
  expect(await givesUp(patience)).toBe(true)
  expect(patience.signal.reason).toMatchObject({
    message: '0.05 s had passed, after which the server is assumed to be down',
  })
})

test.each<[string, Fate]>([
  ['has answered', { ms: 0, status: 204 }],
  ['has refused what it was sent', { ms: 0, status: 400 }],
  ['fails', { ms: 0, status: 500 }],
  ['has begun an answer', { ms: 400, bytes: 0, status: 204 }],
  ['broke off', { ms: 0, bytes: 0 }],
])('one that %s has all the time there is', async (_name, fate) => {
  const { patience, ask } = open(50, [fate, { ms: 0, status: 503 }])
  if (fate.bytes === undefined) await ask()
  else await Promise.all([ask(), delay(5)])
  await delay(200)
  expect(patience.signal.aborted).toBe(false)
  await ask()
  expect(patience.remainingMs()).toBe(60_000)
})

test('without a limit, and while nothing is asked, it does nothing', async () => {
  const { patience, ask } = open(undefined, [{ ms: 0 }])
  await ask()
  const idle = open(5, []).patience
  await delay(50)
  expect([patience.signal.aborted, idle.signal.aborted]).toEqual([false, false])
  expect([patience.remainingMs(), idle.remainingMs()]).toEqual([60_000, 60_000])
})
