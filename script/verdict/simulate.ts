import { isUsual, toBaseline, toMedian, type Usual } from '../../src/compare/median.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'
import { findShift, type Shift } from '../../src/compare/shift.ts'
import { toVerdict } from '../../src/compare/verdict.ts'
import { openShape, type Shape } from './shapes.ts'

/** The size of a simulation. */
export interface Effort {
  /** Builds that are compared with those before them. */
  readonly builds: number
  /** Builds in which a change is searched for. */
  readonly scanned: number
  /** Histories with a change. */
  readonly changes: number
}

/** Shares of unchanged builds that are called too slow. */
export interface Alarms {
  readonly rangeOf5: number
  readonly rangeOf10: number
  readonly rangeOf20: number
  readonly spreadOf20: number
  /** `warn-above: 1.3`, for any build and for those that are unusual. */
  readonly ratio: number
  readonly ratioInRange: number
  readonly confirmed: number
  /** `fail-above: 1.3`, by the number of earlier builds. */
  readonly failOf5: number
  readonly failOf10: number
  readonly failOf20: number
  readonly failOf50: number
  /** The same for builds that take 50 % longer, with 20 earlier builds. */
  readonly slow: number
  readonly slowInRange: number
  readonly slowFails: number
}

/** The results of searching for a lasting change. */
export interface Scan {
  /** Changes that were found in a thousand builds without one. */
  readonly falsePerThousand: number
  /** Shares of histories that became 20 % slower: found within 25 builds, and named within two builds of the first. */
  readonly found: number
  readonly located: number
}

/** GitHub's times have whole seconds. */
const floor = 1
const ratio = 1.3
/** The number of builds that `compare` queries. */
const asked = 110

export function simulateAlarms(shape: Shape, { builds }: Effort, seed = 1): Alarms {
  const next = openShape(shape, seed)
  const counts = { rangeOf5: 0, rangeOf10: 0, rangeOf20: 0, spreadOf20: 0, ratio: 0, ratioInRange: 0, confirmed: 0 }
  const fails = { failOf5: 0, failOf10: 0, failOf20: 0, failOf50: 0 }
  const slow = { slow: 0, slowInRange: 0, slowFails: 0 }
  for (let build = 0; build < builds; build++) {
    // Each build has a history of its own: otherwise the same values would count twenty times.
    const earlier = Array.from({ length: 50 }, next)
    const value = next()
    const isAbove = (of: number, usual: Usual, given = value) => isUnusual(given, earlier.slice(-of), usual)
    const isOver = (given: number, of = earlier.slice(-20)) => given > ratio * (toMedian(of) ?? 0)
    if (isAbove(5, 'range')) counts.rangeOf5++
    if (isAbove(10, 'range')) counts.rangeOf10++
    if (isAbove(20, 'range')) counts.rangeOf20++
    if (isAbove(20, 'spread')) counts.spreadOf20++
    if (isOver(value)) counts.ratio++
    if (isOver(value) && isAbove(20, 'range')) counts.ratioInRange++
    const before = earlier.slice(-22, -2)
    const isConfirmed = [...earlier.slice(-2), value].every((one) => isOver(one, before) && isUnusual(one, before))
    if (isConfirmed) counts.confirmed++
    if (isFailed(value, earlier.slice(-5))) fails.failOf5++
    if (isFailed(value, earlier.slice(-10))) fails.failOf10++
    if (isFailed(value, earlier.slice(-20))) fails.failOf20++
    if (isFailed(value, earlier)) fails.failOf50++
    if (isOver(1.5 * value)) slow.slow++
    if (isOver(1.5 * value) && isAbove(20, 'range', 1.5 * value)) slow.slowInRange++
    if (isFailed(1.5 * value, earlier.slice(-20))) slow.slowFails++
  }
  const shares = Object.entries({ ...counts, ...fails, ...slow }).map(([key, count]) => [key, count / builds])
  return Object.fromEntries(shares) as Alarms
}

function isUnusual(value: number, earlier: readonly number[], usual: Usual = 'range'): boolean {
  const baseline = toBaseline(earlier, floor)
  return baseline !== undefined && value > baseline.median && !isUsual(value, baseline, floor, usual)
}

const { comparisons: [gate] = [] } = parseComparisons({ 'fail-above': ratio })

/** Whether `fail-above: 1.3` fails a build, with all other keys at their defaults. */
export function isFailed(value: number, earlier: readonly number[], comparison = gate): boolean {
  const baseline = toBaseline(earlier, floor)
  if (comparison === undefined || baseline === undefined) return false
  const evidence = { value, result: 'success', statistic: 'duration', unit: 'seconds', branch: 'main' } as const
  return toVerdict({ ...evidence, baseline, steps: [], stepMedians: undefined }, comparison).level === 'fail'
}

export function simulateScan(shape: Shape, { scanned, changes }: Effort, seed = 1): Scan {
  let alarms = 0
  const length = 500
  for (let history = 0; history * length < scanned; history++) {
    const next = openShape(shape, seed + history)
    const names = scan(Array.from({ length }, next))
    alarms += names.filter((name, build) => name !== undefined && name !== names[build - 1]).length
  }
  let [found, located] = [0, 0]
  for (let history = 0; history < changes; history++) {
    const next = openShape(shape, seed + 10_000 + history)
    const values = [...Array.from({ length: 60 }, next), ...Array.from({ length: 25 }, () => slowDown(shape, next()))]
    const name = scan(values).at(-1)
    if (name === undefined) continue
    found++
    if (Math.abs(name - 60) <= 2) located++
  }
  return { falsePerThousand: (alarms / scanned) * 1000, found: found / changes, located: located / changes }
}

function slowDown({ isWhole }: Shape, value: number): number {
  return isWhole ? Math.round(1.2 * value) : 1.2 * value
}

/** The change that each build in turn reports. Each knows what the build before it has found. */
export function scan(values: readonly number[], floor = 1): (number | undefined)[] {
  let at: number | undefined
  return values.map((_, index) => {
    const first = Math.max(0, index + 1 - asked)
    const known = at === undefined || at < first ? undefined : { at: at - first, by: index - first - 1 }
    const found: Shift | undefined = findShift(values.slice(first, index + 1), floor, known, 1)
    at = found && found.at + first
    return at
  })
}
