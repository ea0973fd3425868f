/** Before GitHub Actions there was no job: other servers say year 1 for "not yet". Nanoseconds end in 2262. */
const [earliestMs, latestMs] = [Date.UTC(2018), Date.UTC(2200)]

/** A time of the API in ms; undefined where it is none. */
export function parseTime(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '')
  return ms >= earliestMs && ms < latestMs ? ms : undefined
}
