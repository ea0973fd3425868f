/** The first wait lies between 0 and this; each further one may be twice as long as the one before. */
const firstMs = 250
const longestMs = 8000

/**
 * How long to wait before another attempt, in ms: full jitter, as many jobs meet one server that comes back, and no less than
 * the server asks for.
 * @param attempt how many there were, from 1
 * @param random from 0 to 1
 */
export function toDelayMs(attempt: number, retryAfterMs: number, random: () => number = Math.random): number {
  const most = Math.min(longestMs, firstMs * 2 ** (attempt - 1))
  // Jitter on top of what the server asks for, too: all that were turned away at once would be back at once.
  return Math.max(retryAfterMs, 0) + random() * most
}

/** `Retry-After` in ms: seconds, or a date (RFC 9110, 10.2.3). 0 where it says neither. */
export function parseRetryAfter(value: string, nowMs: number): number {
  const text = value.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000
  // Date.parse finds dates in almost anything. All three forms of an HTTP date start with the day of the week, and are in UTC.
  if (!/^(mon|tue|wed|thu|fri|sat|sun)/i.test(text)) return 0
  const dateMs = Date.parse(/ GMT$/i.test(text) ? text : `${text} GMT`)
  return Number.isNaN(dateMs) ? 0 : Math.max(0, dateMs - nowMs)
}

/** Waits, unless the signal is aborted first. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const timer = setTimeout(end, ms)
    signal.addEventListener('abort', end, { once: true })
    function end() {
      clearTimeout(timer)
      signal.removeEventListener('abort', end)
      resolve()
    }
  })
}
