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
