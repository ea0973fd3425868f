import { readClockMs } from '../clock.ts'
import type { HttpClient } from '../http/client.ts'
import { EndOfWriting, type Writing } from './storage.ts'

/** The status of a server that is down or restarting. Any other answer shows that it is running. */
const down = 503

/** The connection to one server, with a limit on waiting for it. */
export interface Patience {
  readonly http: HttpClient
  readonly signal: AbortSignal
  remainingMs(): number
  close(): void
}

/**
 * Ends writing to a server that is down: one that refuses connections, is silent or answers 503 for `writing.patienceMs` after the first
 * try. A server that gives another answer, or has begun to, may use the whole timeout.
 */
export function openPatience(
  http: HttpClient,
  writing: Pick<Writing, 'signal' | 'remainingMs' | 'patienceMs'>,
): Patience {
  const { signal, patienceMs } = writing
  if (patienceMs === undefined) return { http, signal, remainingMs: writing.remainingMs, close() {} }
  const own = new AbortController()
  const end = () => own.abort(signal.reason)
  if (signal.aborted) end()
  else signal.addEventListener('abort', end)
  let endMs = Number.POSITIVE_INFINITY
  let timer: NodeJS.Timeout | undefined
  let isThere = false
  let answering = 0

  const isLate = () => readClockMs() >= endMs
  // If this process was delayed, answers that have arrived meanwhile are read first.
  const look = () => setImmediate(() => setImmediate(giveUp))
  function giveUp(): void {
    if (isThere || answering > 0) return
    own.abort(
      new EndOfWriting(`${(patienceMs ?? 0) / 1000} s had passed, after which the server is assumed to be down`),
    )
  }
  function stay(): void {
    isThere = true
    clearTimeout(timer)
  }

  return {
    http: {
      async request(request) {
        if (timer === undefined) {
          endMs = readClockMs() + patienceMs
          timer = setTimeout(look, patienceMs).unref()
        }
        let hasBegun = false
        const onByte = () => {
          if (!hasBegun) answering++
          hasBegun = true
        }
        let status: number | undefined
        try {
          const response = await http.request({ ...request, onByte })
          status = response.status
          return response
        } finally {
          if (hasBegun) answering--
          if ((hasBegun || status !== undefined) && status !== down) stay()
          else if (isLate()) giveUp()
        }
      },
    },
    signal: own.signal,
    remainingMs: () =>
      Math.max(0, Math.min(writing.remainingMs(), isThere ? Number.POSITIVE_INFINITY : endMs - readClockMs())),
    close() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
    },
  }
}
