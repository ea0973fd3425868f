import { type Build, type Step, toDuration } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { JsonObject } from '../build/json.ts'
import type { Property } from '../build/properties.ts'
import { toFieldValue, ValueError } from '../build/value.ts'
import { explainClash, explainValue, findProperties, type Source, toNames, toProps } from './find-properties.ts'
import type { DurationRule } from './kinds/duration.ts'
import type { PropertyRule } from './kinds/property.ts'
import type { StepsRule } from './kinds/steps.ts'
import type { TimeRule } from './kinds/time.ts'
import { appliesTo, type KnownMatches, matchesName } from './matching.ts'
import type { Miss } from './miss.ts'
import { type Rule, units } from './rules.ts'
import { findNearest } from './suggest.ts'

/** A value of a build that a rule captured, with its rule, and its property or the default name of its column. */
export type Captured = (
  | { readonly rule: TimeRule | DurationRule; readonly column: string; readonly value: FieldValue }
  | { readonly rule: PropertyRule; readonly name: string; readonly property: Property; readonly value: FieldValue }
) & {
  /** The input of the rule's callback (capture/callback.ts); `value` is the statistic without a callback. */
  readonly input?: JsonObject
  /** All properties: callbacks of property rules receive them too. */
  readonly props?: JsonObject
  /** Why there is no value, unless the callback returns one. */
  readonly missing?: string
}

export interface Captures {
  readonly captured: readonly Captured[]
  /** Each step once, even if several rules match it. */
  readonly steps: readonly Step[]
  readonly misses: readonly Miss[]
  /** Sentences for the owner of the job. */
  readonly warnings: readonly string[]
  /** Notes about stored values: sentences. */
  readonly notes: readonly string[]
  /** Names that a regular expression matched but that are left out because they look like secrets. */
  readonly secretNames: readonly string[]
}

/** Applies the rules for times, durations and properties; data is captured record by record (capture/data.ts). */
export function captureBuild(build: Build, rules: readonly Rule[], known?: KnownMatches): Captures {
  let props: JsonObject | undefined
  const source: Source = {
    build,
    known,
    // All callbacks receive the same object.
    get props() {
      props ??= toProps(build)
      return props
    },
  }
  const captured: Captured[] = []
  const steps = new Set<Step>()
  const misses: Miss[] = []
  const warnings = new Set<string>()
  const notes = new Set<string>()
  const secretNames = new Set<string>()
  const { startMs } = build
  const duration = toDuration(build)
  // One message is enough: further rules that need the start are not reported.
  const missStart = (rule: Rule) => {
    const isKnown = misses.some(({ reason }) => reason === unknownStart)
    misses.push({ rule, reason: unknownStart, level: isKnown ? 'ignore' : 'warn' })
  }
  for (const rule of rules) {
    if (!appliesTo(rule, build.builder)) continue
    switch (rule.kind) {
      case 'start-time':
        if (startMs === undefined) missStart(rule)
        else captured.push({ rule, column: 'start_time', value: toIso(startMs), input: { start: toIso(startMs) } })
        break
      case 'end-time':
        captured.push({ rule, column: 'end_time', value: toIso(build.endMs), input: { end: toIso(build.endMs) } })
        break
      case 'duration':
        if (startMs === undefined || duration === undefined) {
          missStart(rule)
          break
        }
        {
          const found = captureDuration(rule, startMs, build.endMs, duration)
          if ('reason' in found) misses.push({ rule, reason: found.reason, level: 'warn' })
          else captured.push(found)
        }
        break
      case 'property':
        for (const found of findProperties(source, rule, secretNames)) {
          if ('reason' in found) {
            misses.push({ rule, reason: found.reason, level: rule.onMissing })
            continue
          }
          const clash = explainClash(build.properties, found.name)
          if (clash !== undefined) warnings.add(clash)
          captured.push(found)
          const note = explainValue(found)
          if (note !== undefined) notes.add(note)
        }
        break
      case 'steps': {
        const found = findSteps(build, rule, known)
        if ('reason' in found) misses.push({ rule, reason: found.reason, level: 'warn' })
        else {
          for (const step of found.steps) steps.add(step)
          for (const name of found.late) warnings.add(explainLate(name))
        }
        break
      }
      case 'data':
      case 'report':
        break
      default:
        // A kind of rule without a case here would capture nothing.
        rule satisfies never
    }
  }
  return {
    ...{ captured, steps: [...steps], misses },
    ...{ warnings: [...warnings], notes: [...notes], secretNames: [...secretNames] },
  }
}

function captureDuration(
  rule: DurationRule,
  startMs: number,
  endMs: number,
  seconds: number,
): Captured | { reason: string } {
  const input = { start: toIso(startMs), end: toIso(endMs), seconds }
  try {
    const type = rule.callback === undefined ? rule.type : undefined
    const column = rule.reportIn === 'seconds' ? 'duration' : `duration_${rule.reportIn}`
    return { rule, column, value: toFieldValue(seconds / units[rule.reportIn], type), input }
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    return { reason: `the duration ${error.message}, or a callback such as $round(seconds)` }
  }
}

const unknownStart = 'the start of the job is not known'

/** The names of properties or steps that a rule may match. */
export function listNames({ properties, steps }: Build, rule: Rule): string[] {
  if (rule.kind === 'steps') return 'ran' in steps ? [...steps.ran.map(({ name }) => name), ...steps.late] : []
  if (rule.kind !== 'property') return []
  return properties.listed.flatMap(toNames)
}

function toIso(ms: number): string {
  return new Date(ms).toISOString()
}

/** A rule may name a step that was skipped; a name that no step has is a mistake. */
function findSteps(
  { steps }: Build,
  { match }: StepsRule,
  known: KnownMatches | undefined,
): { steps: readonly Step[]; late: readonly string[] } | { reason: string } {
  if ('reason' in steps) return { reason: `the steps of the job are not known: ${steps.reason}` }
  if (match === undefined) return { steps: steps.ran, late: steps.late }
  const found = steps.ran.filter(({ name }) => matchesName(match, name, known))
  if ('regex' in match || found.length > 0 || steps.others.includes(match.name)) {
    return { steps: found, late: steps.late.filter((name) => matchesName(match, name, known)) }
  }
  const nearest = findNearest(match.name, [...steps.ran.map(({ name }) => name), ...steps.others])
  const hint =
    nearest === undefined
      ? 'GitHub names a step without a name after its command, such as "Run npm test"'
      : `did you mean "${nearest}"`
  return { reason: `the job has no step "${match.name}"; ${hint}` }
}

function explainLate(name: string): string {
  return `GitHub does not yet report that the step "${name}" has ended, so no point is written for it.`
}
