import type { Build } from '../build/build.ts'
import { maxHistoryDays } from '../limits.ts'
import type { Comparison, NoComparison } from './comparison.ts'
import type { Unit } from './format-value.ts'
import type { PastBuild, PastBuilds } from './history-query.ts'
import { findLastingChange, type LastingChange, type SinceFields } from './lasting-change.ts'
import { type Baseline, toBaseline, toMedian } from './median.ts'
import type { Statistic } from './statistic.ts'
import { toStepTimes } from './step-times.ts'
import { toVerdict, type Verdict } from './verdict.ts'

/** One value of the statistic that is compared. */
export interface HistoryBuild {
  readonly endMs: number
  /** In seconds if the unit is a time. */
  readonly value: number
  readonly number: number | undefined
  readonly result: string
}

/** The statistic over the last builds. */
export interface History {
  readonly statistic: string
  readonly unit: Unit
  /** Earlier successful builds, oldest first. */
  readonly builds: readonly HistoryBuild[]
  readonly own: HistoryBuild
  /** Undefined if there are too few builds. */
  readonly median: number | undefined
  /** Index of the first build after a lasting change, and the medians before and after it. */
  readonly shift?: LastingChange['shift'] | undefined
}

/** A build compared with those before it. */
export interface Compared {
  readonly verdict: Verdict
  /** Undefined if earlier builds are not known. */
  readonly history: History | undefined
  /** Numeric fields of earlier builds, as they are stored. */
  readonly usual: ReadonlyMap<string, Baseline>
  /** A lasting change among the earlier builds, including this build if later ones are compared with it. */
  readonly change?: LastingChange | undefined
}

/** What a comparison needs to know besides the builds. */
export interface Context {
  /** The display name of the branch of the earlier builds. */
  readonly branch: string
  /** Whether later builds are compared with this one. */
  readonly isOfBranch: boolean
  /** Tags that earlier builds must share with this build. */
  readonly tags: readonly string[]
  /** Texts of this build's row that may explain a change, by field. */
  readonly facts: ReadonlyMap<string, string>
  /** The fields that name the build since which the statistic has changed. */
  readonly sinceFields: SinceFields
}

/** Compares a build with the earlier ones that a database returned. */
export function compareWithPast(
  build: Build,
  statistic: Statistic,
  past: PastBuilds,
  comparison: Comparison,
  context: Context,
): Compared {
  const { name, field, factor, unit, value } = statistic
  const { branch, isOfBranch, tags, sinceFields } = context
  const floor = unit === 'seconds' ? comparison.floor : 0
  const isAlike = (one: PastBuild) => !one.isCallerUnknown || comparison.ignoreTags.includes('caller')
  const earlier = past.builds.filter((one) => !isOwn(one, build) && isAlike(one))
  const withValue = earlier.filter(({ values }) => values.has(field))
  const compared = withValue.slice(0, comparison.last)
  const toValue = (one: PastBuild) => (one.values.get(field) ?? 0) * factor
  const toBuild = (one: PastBuild): HistoryBuild => {
    return { endMs: one.endMs, value: toValue(one), number: one.number, result: 'success' }
  }
  const baseline = toBaselineOrReason(compared.map(toValue), floor, branch, comparison, tags, past.days)
  const others = (isOfBranch ? comparison.confirm : 1) - 1
  const before = toBaseline(withValue.slice(others, others + comparison.last).map(toValue), floor)
  const steps = 'ran' in build.steps ? build.steps.ran : []
  const own = {
    endMs: build.endMs,
    value,
    number: build.number === undefined ? undefined : Number(build.number),
    result: build.result,
  }
  const isJudged = build.result === 'success' && comparison.since && 'median' in baseline
  const change = isJudged
    ? findLastingChange(
        withValue.toReversed(),
        isOfBranch ? { ...own, steps, facts: context.facts } : undefined,
        past,
        { statistic, floor, branch, sinceFields },
      )
    : undefined
  const evidence = {
    ...{ value, unit, statistic: name, result: build.result, branch, steps, days: past.days },
    collected: compared.filter(({ isCollected }) => isCollected).length,
    // The builds before and after a change are not the two clusters of a cache.
    baseline: change !== undefined && 'median' in baseline ? { ...baseline, clusters: undefined } : baseline,
    stepMedians: toStepMedians(past, compared),
    // With fewer builds, there is no median of those before the confirming builds either.
    before: before !== undefined && before.count >= comparison.minBuilds ? before : undefined,
    recent: withValue.slice(0, others).map(toValue),
    isConfirmed: withValue.length >= others,
  }
  const median = 'median' in baseline ? baseline.median : undefined
  const shown = change === undefined ? compared : withValue.slice(0, Math.max(comparison.last, change.shift.count + 10))
  return {
    verdict: toVerdict(evidence, comparison),
    history:
      compared.length === 0
        ? undefined
        : { statistic: name, unit, builds: shown.map(toBuild).toReversed(), own, median, shift: change?.shift },
    usual: toBaselines(earlier.slice(0, comparison.last), comparison.minBuilds),
    change,
  }
}

/** A build whose statistic is not known. */
export function withoutValue(name: string, { reason }: NoComparison): Compared {
  const verdict = {
    text: `${name} is not compared with earlier builds: ${reason}`,
    step: undefined,
    level: 'info',
    limit: '',
  } as const
  return { verdict, history: undefined, usual: new Map() }
}

/** A build without a comparison. Limits that are values still apply. */
export function withoutPast(
  build: Build,
  { name, unit, value }: Pick<Statistic, 'name' | 'unit' | 'value'>,
  { reason }: NoComparison,
  comparison: Comparison,
): Compared {
  const known = { value, unit, statistic: name, result: build.result, baseline: { reason }, branch: '' }
  const verdict = toVerdict({ ...known, steps: [], stepMedians: undefined }, comparison)
  return { verdict, history: undefined, usual: new Map() }
}

/** The build's own row, written while the query ran or by an earlier try. */
function isOwn(one: Pick<PastBuild, 'endMs' | 'runId' | 'attempt'>, build: Build): boolean {
  if (build.runId === undefined) return one.endMs === build.endMs
  return one.runId === Number(build.runId) && one.attempt === Number(build.attempt)
}

function toBaselineOrReason(
  values: readonly number[],
  floor: number,
  branch: string,
  { minBuilds }: Comparison,
  tags: readonly string[],
  days = maxHistoryDays,
): Baseline | NoComparison {
  const baseline = toBaseline(values, floor)
  const where = `on ${branch} within ${days} days`
  if (baseline === undefined) {
    const asked = tags.length === 0 ? '' : `, and with the same ${tags.join(', ')} (ignore-tags leaves some out)`
    return { reason: `there is no successful build with this statistic ${where}${asked}` }
  }
  if (values.length >= minBuilds) return baseline
  const builds = values.length === 1 ? 'is 1 successful build' : `are ${values.length} successful builds`
  return { reason: `there ${builds} ${where}, fewer than ${minBuilds} (min-builds)` }
}

/** Medians over the same builds. */
function toStepMedians(past: PastBuilds, builds: readonly PastBuild[]): ReadonlyMap<string, number> | undefined {
  const times = toStepTimes(past, builds)
  if (times.size === 0) return undefined
  return new Map([...times].map(([name, byJob]) => [name, toMedian([...byJob.values()]) ?? 0]))
}

function toBaselines(builds: readonly PastBuild[], minBuilds: number): ReadonlyMap<string, Baseline> {
  const values = new Map<string, number[]>()
  for (const build of builds) {
    for (const [field, value] of build.values) {
      const known = values.get(field)
      if (known === undefined) values.set(field, [value])
      else known.push(value)
    }
  }
  return new Map(
    [...values].flatMap(([field, all]) => {
      const baseline = all.length >= minBuilds ? toBaseline(all) : undefined
      return baseline === undefined ? [] : [[field, baseline] as const]
    }),
  )
}
