import type { Step } from '../build/build.ts'
import { formatPercent } from '../build/quantity.ts'
import { cleanTag } from '../point/clean.ts'
import type { Comparison, Level, Limit, NoComparison } from './comparison.ts'
import { formatValue, type Unit } from './format-value.ts'
import { type Baseline, isUsual } from './median.ts'
import { toSign } from './parse-limit.ts'

/** The comparison of a build with others: a sentence without its full stop. */
export interface Verdict {
  readonly text: string
  /** A clause about the step that accounts for most of the difference, split around the step's name. */
  readonly step:
    | {
        readonly before: string
        readonly name: string
        readonly after: string
        /** Set if the steps of earlier builds are not known: the step is only the longest one. */
        readonly isLongest?: true
      }
    | undefined
  readonly level: Level
  /** A sentence that names the limit that is passed; empty if none is. */
  readonly limit: string
  /** Whether the value is like earlier ones; absent if it is not judged. */
  readonly isUsual?: boolean
}

/** The facts about a build and about the builds before it. */
export interface Evidence {
  readonly value: number
  /** The build's result; limits apply to successful builds only. */
  readonly result: string
  readonly statistic: string
  readonly unit: Unit
  readonly baseline: Baseline | NoComparison
  /** The branch of the earlier builds. */
  readonly branch: string
  /** How far back the server reads, if that is less than was requested. */
  readonly days?: number | undefined
  /** How many of the earlier builds come from GitHub's records, because the jobs have no row of their own. */
  readonly collected?: number
  readonly steps: readonly Step[]
  /** Seconds by step name; undefined if the earlier steps are not known. */
  readonly stepMedians: ReadonlyMap<string, number> | undefined
  /** The median of the builds before those that confirm a limit; undefined if there are too few. */
  readonly before?: Baseline | undefined
  /** The values of the builds that confirm a limit. */
  readonly recent?: readonly number[]
  /** Whether there are enough builds to confirm it. */
  readonly isConfirmed?: boolean
}

/** Words how a build compares. Without limits in `compare`, the result is for information only. */
export function toVerdict(evidence: Evidence, comparison: Comparison): Verdict {
  const { value, unit, statistic, baseline, result, branch } = evidence
  const format = (of: number) => formatValue(of, unit)
  const head = statistic === 'duration' ? format(value) : `${statistic} ${format(value)}`
  const isSuccess = result === 'success'
  const { level, limit } = isSuccess ? findLevel(evidence, comparison, format) : inOrder
  if ('reason' in baseline) {
    return { text: `${head}; not compared with earlier builds: ${baseline.reason}`, step: undefined, level, limit }
  }
  const facts = [
    ...(evidence.collected ? [`${evidence.collected} collected from GitHub`] : []),
    ...(evidence.days === undefined ? [] : [`the server reads only ${evidence.days} days`]),
  ]
  const remarks = facts.length === 0 ? '' : ` (${facts.join('; ')})`
  const builds = `the median of the last ${baseline.count} builds on ${branch}${remarks}`
  const clusters =
    baseline.clusters === undefined ? '' : `, in two clusters around ${baseline.clusters.map(format).join(' and ')}`
  const usually = `${format(baseline.median)}${clusters}`
  if (!isSuccess) {
    const text = `${head}; not judged, since the build ended with ${result}: ${builds} is ${usually}`
    return { text, step: undefined, level, limit }
  }
  const usual = comparison.usual === 'off' ? 'range' : comparison.usual
  if (level === 'info' && isUsual(value, baseline, toFloor(unit, comparison), usual)) {
    return { text: `${head}, as usual: ${builds} is ${usually}`, step: undefined, level, limit, isUsual: true }
  }
  const difference = value - baseline.median
  const much = baseline.median === 0 ? '' : `${formatPercent(difference / baseline.median)} `
  const spared = explainSpared(evidence, comparison, baseline, format)
  const text = `${head}, ${much}${difference < 0 ? 'below' : 'above'} ${builds} (${usually})${spared}`
  const step = statistic === 'duration' ? findStep(evidence, difference) : undefined
  return { text, step, level, limit, isUsual: false }
}

const inOrder = { level: 'info', limit: '' } as const

function toFloor(unit: Unit, { floor }: Comparison): number {
  return unit === 'seconds' ? floor : 0
}

/** The severest limit that this build passes, along with the earlier builds that must confirm it. */
function findLevel(evidence: Evidence, comparison: Comparison, format: (value: number) => string) {
  const { value, recent = [], isConfirmed = comparison.confirm === 1 } = evidence
  for (const limit of comparison.limits) {
    const bound = isConfirmed ? toBound(limit, evidence) : undefined
    if (bound === undefined || ![value, ...recent].every((one) => passes(one, bound, limit, evidence, comparison)))
      continue
    const level: Level = isFail(limit) ? 'fail' : 'warn'
    const of = 'ratio' in limit ? `${limit.text}, which is ${format(bound)}` : format(bound)
    const builds = recent.length === 0 ? '' : `; ${recent.length + 1} builds in a row passed it`
    return { level, limit: `${limit.key} allows ${of}${builds}.` }
  }
  return inOrder
}

function passes(
  value: number,
  bound: number,
  limit: Limit,
  evidence: Evidence,
  comparison: Comparison,
  isStrict = isFail(limit),
): boolean {
  if (toSign(limit.key) * (value - bound) <= 0) return false
  const { usual } = comparison
  const before = toBefore(evidence)
  if (usual === 'off' || 'value' in limit || before === undefined) return true
  // Only the highest of n + 1 builds lies above all the others: of unchanged builds, at most 1 in n + 1 fails.
  const range = isStrict ? { ...before, lowest: before.least, highest: before.most } : before
  return !isUsual(value, range, toFloor(evidence.unit, comparison), usual)
}

function isFail({ key }: Limit): boolean {
  return key.startsWith('fail')
}

/** Says why an unusual build does not fail: an earlier one went as far. */
function explainSpared(
  evidence: Evidence,
  comparison: Comparison,
  { least, most }: Baseline,
  format: (value: number) => string,
): string {
  const { value, recent = [] } = evidence
  const spared = comparison.limits.find((limit) => {
    const bound = isFail(limit) && recent.length === 0 ? toBound(limit, evidence) : undefined
    if (bound === undefined) return false
    const isPassed = (isStrict: boolean) => passes(value, bound, limit, evidence, comparison, isStrict)
    return isPassed(false) && !isPassed(true)
  })
  if (spared === undefined) return ''
  return toSign(spared.key) > 0
    ? ` but not above the highest of them (${format(most)})`
    : ` but not below the lowest of them (${format(least)})`
}

/** A limit that is a value needs no other builds; a ratio needs a median above zero. */
function toBound(limit: Limit, evidence: Evidence): number | undefined {
  if ('value' in limit) return limit.value
  const median = toBefore(evidence)?.median
  return median !== undefined && median > 0 ? limit.ratio * median : undefined
}

/** The median to compare with: if other builds must confirm a limit, that of the builds before them. */
function toBefore({ before, recent = [], baseline }: Evidence): Baseline | undefined {
  if (recent.length > 0) return before
  return 'median' in baseline ? baseline : undefined
}

/** GitHub's times are whole seconds: a smaller difference is noise. */
const minSeconds = 1

/** The step that grew most; without a history of steps, the longest one. */
function findStep({ steps, stepMedians }: Evidence, difference: number): Verdict['step'] {
  const durations = new Map<string, number>()
  for (const { name, startMs, endMs } of steps) {
    durations.set(name, (durations.get(name) ?? 0) + Math.max(0, endMs - startMs) / 1000)
  }
  const sign = Math.sign(difference)
  const isKnown = stepMedians !== undefined
  if (!isKnown && sign < 0) return undefined
  const found = [...durations]
    // A step that earlier builds did not have took no time in them.
    .map(([name, seconds]) => ({
      name,
      seconds: isKnown ? sign * (seconds - (stepMedians.get(cleanTag(name)) ?? 0)) : seconds,
    }))
    .reduce((most, one) => (one.seconds > most.seconds ? one : most), { name: '', seconds: 0 })
  if (found.seconds < minSeconds) return undefined
  const took = formatValue(found.seconds, 'seconds')
  if (!isKnown) return { before: 'its longest step is ', name: found.name, after: `, ${took}`, isLongest: true }
  return { before: 'step ', name: found.name, after: ` took ${took} ${sign < 0 ? 'less' : 'more'}` }
}
