/** No job ran before GitHub Actions existed: some servers report year 1 for "not yet". Nanoseconds in 64 bits end in 2262. */
const [earliestMs, latestMs] = [Date.UTC(2018), Date.UTC(2200)]

/** Parses a time of the API, in ms since 1970; undefined if it is not a time. */
export function parseTime(text: string | undefined): number | undefined {
  const ms = Date.parse(text ?? '')
  return ms >= earliestMs && ms < latestMs ? ms : undefined
}
