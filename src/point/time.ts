import type { Identity } from '../build/build.ts'

const nsPerMs = 1_000_000

/**
 * The nanoseconds within a millisecond that distinguish a build. Clocks have milliseconds: two builds with equal tags that
 * end in the same one would be one point, and the last write would win. Sending a build again gives the same time.
 */
export function toOffsetNs(build: Pick<Identity, 'runId' | 'attempt' | 'job' | 'matrix' | 'jobId'>): number {
  return (
    hash(JSON.stringify([`${build.runId}`, `${build.attempt}`, build.job, build.matrix, `${build.jobId}`])) % nsPerMs
  )
}

/** FNV-1a (draft-eastlake-fnv, 32 bits), with the final mixing of MurmurHash3 so that all bits count in a remainder. */
function hash(text: string): number {
  let h = 0x811c9dc5
  for (const byte of new TextEncoder().encode(text)) h = Math.imul(h ^ byte, 0x01000193)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}

/** Nanoseconds since 1970 of the point with this index in the build. */
export function toTimeNs(ms: number, offsetNs: number, index: number): bigint {
  return BigInt(Math.round(ms)) * BigInt(nsPerMs) + BigInt(offsetNs + index)
}
