/** The longest first wait; the longest wait doubles with each attempt. */
const firstMs = 250
const longestMs = 8000

/**
 * How long to wait before another attempt, in ms: full jitter, because many jobs may wait for the same server, and at least
 * as long as the server asks for.
 * @param attempt the number of attempts so far, from 1
 * @param random from 0 to 1
 */
export function toDelayMs(attempt: number, retryAfterMs: number, random: () => number = Math.random): number {
  const most = Math.min(longestMs, firstMs * 2 ** (attempt - 1))
  // Jitter is added to the server's wait too: clients that were refused at the same time would otherwise return at the same time.
  return Math.max(retryAfterMs, 0) + random() * most
}
