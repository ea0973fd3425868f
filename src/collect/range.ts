import type { Covered } from './points.ts'

/** How far back the last collection is searched unless an input says otherwise: a day, plus an hour for a late schedule. */
export const defaultSinceMs = 25 * 3_600_000

/**
 * The time at which the collection of a repository begins.
 * @param given the time in the input
 * @param known the time up to which each readable storage is complete; undefined if it has no rows of the repository
 */
export function findStart(given: number | undefined, known: readonly (Covered | undefined)[], nowMs: number): number {
  const starts = known.map((one) => findOne(given, one, nowMs))
  return starts.length === 0 ? (given ?? nowMs - defaultSinceMs) : Math.min(...starts)
}

/** Runs that were collected since the requested time are not collected again. */
function findOne(given: number | undefined, known: Covered | undefined, nowMs: number): number {
  if (known === undefined) return given ?? nowMs - defaultSinceMs
  if (given === undefined || covers(known, given)) return Math.min(known.untilMs, nowMs)
  return given
}

/** The time since which nothing is missing once a collection has continued from `startMs`. */
export function extendCovered(known: Covered | undefined, startMs: number): Covered {
  const sinceMs = known !== undefined && covers(known, startMs) ? known.sinceMs : startMs
  return { sinceMs, untilMs: startMs }
}

function covers({ sinceMs, untilMs }: Covered, ms: number): boolean {
  return sinceMs <= ms && ms <= untilMs
}
