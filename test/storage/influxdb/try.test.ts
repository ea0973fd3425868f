import { setImmediate } from 'node:timers/promises'
import { HttpError, type WriteApi } from '@influxdata/influxdb-client'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createTry } from '../../../src/storage/influxdb/try.ts'

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  vi.spyOn(Math, 'random').mockReturnValue(1)
})
afterEach(() => {
  vi.restoreAllMocks()
  vi.useRealTimers()
})

test('a wait is half of the time that is left at most, so that another attempt has the other half', async () => {
  let attempts = 0
  const api = {
    writeRecord() {},
    async flush() {
      attempts++
      throw new HttpError(503, '', '')
    },
  } as unknown as WriteApi
  const end = new AbortController()
  const writing = { signal: end.signal, readSignal: end.signal, remainingMs: () => 400, unsent() {} }
  const target = { kind: 'influxdb', url: 'http://x', api: 'v3', database: 'd', token: 't' } as const
  const trying = createTry(api, target, writing)('m f=1 1')
  // Without that limit it would be 250 ms, the longest first wait.
  while (vi.getTimerCount() === 0) await setImmediate()
  expect(attempts).toBe(1)
  await vi.advanceTimersByTimeAsync(199)
  expect(attempts).toBe(1)
  await vi.advanceTimersByTimeAsync(1)
  expect(attempts).toBe(2)
  end.abort()
  await vi.advanceTimersByTimeAsync(1000)
  expect(await trying).toMatchObject({ text: expect.stringContaining('tried 2 times') })
})
