import type { Covered } from './points.ts'

/** What the last collection is looked for in, where nothing else says: a day, and an hour for a schedule that was late. */
export const defaultSinceMs = 25 * 3_600_000

/**
 * Where a collection of a repository begins.
 * @param given what the input says
 * @param known what each storage has that can tell; undefined where it has nothing of the repository
 */
export function findStart(given: number | undefined, known: readonly (Covered | undefined)[], nowMs: number): number {
  const starts = known.map((one) => findOne(given, one, nowMs))
  return starts.length === 0 ? (given ?? nowMs - defaultSinceMs) : Math.min(...starts)
}

/** What was collected since the time that is asked for needs no second time. */
function findOne(given: number | undefined, known: Covered | undefined, nowMs: number): number {
  if (known === undefined) return given ?? nowMs - defaultSinceMs
  if (given === undefined || covers(known, given)) return Math.min(known.untilMs, nowMs)
  return given
}

/** Since when nothing is missing once a collection has gone on from `startMs`. */
export function extendCovered(known: Covered | undefined, startMs: number): Covered {
  const sinceMs = known !== undefined && covers(known, startMs) ? known.sinceMs : startMs
  return { sinceMs, untilMs: startMs }
}

function covers({ sinceMs, untilMs }: Covered, ms: number): boolean {
  return sinceMs <= ms && ms <= untilMs
}
