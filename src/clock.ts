/**
 * Milliseconds of a monotonic clock, from an arbitrary start. The first use of `performance.now()` loads node:perf_hooks,
 * which takes a fiftieth of a run of main.
 */
export function readClockMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
