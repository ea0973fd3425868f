import type { Step } from '../build/build.ts'
import { formatPercent } from '../build/quantity.ts'
import { cleanTag } from '../point/clean.ts'
import { formatValue } from './format-value.ts'
import { type PastBuild, type PastBuilds, toJobKey } from './history-query.ts'
import { toMedian } from './median.ts'
import { findShift } from './shift.ts'
import type { Statistic } from './statistic.ts'
import { toStepTimes } from './step-times.ts'

/** A sentence, split around the names in it, which are untrusted text. */
export type Sentence = readonly (string | { readonly name: string })[]

/** The fields of a row that name the build since which its statistic has changed, and by how much. */
export interface SinceFields {
  readonly number: string
  readonly shift: string
}

/** A lasting change of a statistic, and what else changed with the same build. */
export interface LastingChange {
  /** `Slower since build #412 (12 builds): 4m 10s to 5m 02s, +21 %` */
  readonly sentence: Sentence
  readonly shift: {
    /** How many builds came since then, including this one if later builds are compared with it. */
    readonly count: number
    readonly before: number
    readonly after: number
  }
  /** Whether the change affects this build, and not only the branch that it is compared with. */
  readonly isOwn: boolean
  /** The build's number; undefined if its row has none. */
  readonly since: number | undefined
}

interface OwnBuild {
  readonly number: number | undefined
  readonly value: number
  readonly steps: readonly Step[]
  readonly facts: ReadonlyMap<string, string>
}

interface About {
  readonly statistic: Pick<Statistic, 'name' | 'field' | 'factor' | 'unit'>
  readonly floor: number
  readonly branch: string
  readonly sinceFields: SinceFields
}

/** The least change of a step that counts: GitHub's times are whole seconds. */
const minSeconds = 1

/**
 * Finds a change that lasts to the last of these builds.
 * @param builds oldest first
 * @param own this build, if it is one of them
 */
export function findLastingChange(
  builds: readonly PastBuild[],
  own: OwnBuild | undefined,
  past: Pick<PastBuilds, 'steps' | 'stepsSinceMs'>,
  { statistic, floor, branch, sinceFields }: About,
): LastingChange | undefined {
  const { name, field, factor, unit } = statistic
  const values = builds.map((one) => (one.values.get(field) ?? 0) * factor)
  const by = builds.findLastIndex((one) => one.values.has(sinceFields.number))
  const since = builds[by]?.values.get(sinceFields.number)
  const at = builds.findIndex((one) => since !== undefined && one.number === since)
  const known = at < 0 ? undefined : { at, by }
  const shift = findShift(own === undefined ? values : [...values, own.value], floor, known)
  if (shift === undefined) return undefined
  const { before, after } = shift
  const count = values.length + (own === undefined ? 0 : 1) - shift.at
  const first = builds[shift.at]?.number
  const word = toWord(unit === 'seconds', after > before)
  const place = own === undefined ? `${branch} is ` : ''
  const head = name === 'duration' && place === '' ? word : word.toLowerCase()
  const what = name === 'duration' ? '' : `${name}: `
  const where = first === undefined ? ` for ${count} builds` : ` since build #${first} (${count} builds)`
  const much = before === 0 ? '' : `, ${after > before ? '+' : '−'}${formatPercent((after - before) / before)}`
  const moved = name === 'duration' ? findMovedStep(builds, past, own, shift.at, Math.sign(after - before)) : []
  return {
    sentence: [
      `${what}${place}${head}${where}: ${formatValue(before, unit)} to ${formatValue(after, unit)}${much}`,
      ...moved,
      ...explainFacts(builds[shift.at - 1]?.facts, builds[shift.at]?.facts ?? own?.facts),
    ],
    shift: { count, before, after },
    isOwn: own !== undefined,
    since: first,
  }
}

function toWord(isTime: boolean, isMore: boolean): string {
  if (isTime) return isMore ? 'Slower' : 'Faster'
  return isMore ? 'Higher' : 'Lower'
}

/** Stands for this build among the earlier ones. */
const ownJob = { runId: undefined, attempt: undefined, leg: 'own', endMs: Number.POSITIVE_INFINITY }

/** The step whose median changed most in the direction of the change. */
function findMovedStep(
  builds: readonly PastBuild[],
  past: Pick<PastBuilds, 'steps' | 'stepsSinceMs'>,
  own: OwnBuild | undefined,
  at: number,
  sign: number,
): Sentence {
  // The names as the database stores them.
  const ofOwn = (own?.steps ?? []).map(({ name, startMs, endMs }) => {
    return { ...ownJob, name: cleanTag(name), duration: Math.max(0, endMs - startMs) / 1000 }
  })
  const jobs = [...builds, ownJob]
  const indexes = new Map(jobs.map((one, index) => [toJobKey(one), index]))
  const times = toStepTimes({ ...past, steps: [...past.steps, ...ofOwn] }, jobs)
  const moved = [...times].flatMap(([name, byJob]) => {
    const medianOf = (isAfter: boolean) =>
      toMedian([...byJob].filter(([key]) => (indexes.get(key) ?? 0) >= at === isAfter).map(([, value]) => value))
    const [before, after] = [medianOf(false), medianOf(true)]
    if (before === undefined || after === undefined) return []
    return [{ name, before, after, much: sign * (after - before) }]
  })
  const most = moved.toSorted((one, other) => other.much - one.much)[0]
  if (most === undefined || most.much < minSeconds) return []
  return [
    '; step ',
    { name: most.name },
    ` went from ${formatValue(most.before, 'seconds')} to ${formatValue(most.after, 'seconds')}`,
  ]
}

/** Fields of the row that may explain a change, and their display names. */
const facts = [
  ['runner_image', 'the runner image'],
  ['runner_image_version', "the runner image's version"],
  ['runner_labels', "the runner's labels"],
] as const

export const factFields: readonly string[] = facts.map(([field]) => field)

/** Fields that changed with that build: a guess at the cause. */
function explainFacts(before: PastBuild['facts'], after: PastBuild['facts']): Sentence {
  return facts.flatMap(([field, name]) => {
    const [old, now] = [before?.get(field), after?.get(field)]
    if (old === undefined || now === undefined || old === now) return []
    return [`; with it ${name} changed from `, { name: old }, ' to ', { name: now }]
  })
}
