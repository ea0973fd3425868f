/**
 * Milliseconds of a clock that nobody sets, from any moment on. The first use of `performance.now()` loads node:perf_hooks,
 * which takes a fiftieth of a run of main.
 */
export function readClockMs(): number {
  const [seconds, nanoseconds] = process.hrtime()
  return seconds * 1000 + nanoseconds / 1e6
}
