import { type Build, type Step, toDuration } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { Json, JsonObject } from '../build/json.ts'
import type { Properties, Property } from '../build/properties.ts'
import { toFieldValue, ValueError } from '../build/value.ts'
import { appliesTo, type KnownMatches, looksSecret, matchesName } from './matching.ts'
import {
  type DurationRule,
  type MissingLevel,
  nameRule,
  type PropertyRule,
  type Rule,
  type StepsRule,
  type TimeRule,
  units,
} from './rules.ts'
import { findNearest } from './suggest.ts'

/** A value of a build that a rule made a statistic. It knows its rule, and its property. */
export type Captured = (
  | { readonly rule: TimeRule; readonly timeMs: number; readonly value: FieldValue }
  | { readonly rule: DurationRule; readonly value: FieldValue }
  | { readonly rule: PropertyRule; readonly name: string; readonly property: Property; readonly value: FieldValue }
) & {
  /** What the rule's callback is given (capture/callback.ts); `value` is what it would be without one. */
  readonly input?: JsonObject
  /** Every property, which a callback of one is given as well. */
  readonly props?: JsonObject
  /** Why there is nothing, unless the callback makes something of it. */
  readonly missing?: string
}

/** A statistic that a rule asked for and did not get, and why. */
export interface Miss {
  readonly rule: Rule
  readonly reason: string
  readonly level: MissingLevel
  /** The reason without the names and values in it, which many misses of a rule may have in common. */
  readonly cause?: string
  /** Whether the rule captured something all the same. */
  readonly isPart?: boolean
  /** How many others of the rule this one stands for (merge-misses.ts). */
  readonly more?: number
}

export interface Captures {
  readonly captured: readonly Captured[]
  /** Each step once, however many rules find it. */
  readonly steps: readonly Step[]
  readonly misses: readonly Miss[]
  /** What the owner of the job should know, whole sentences. */
  readonly warnings: readonly string[]
  /** Names that a regular expression matched and that were left out because they look like secrets. */
  readonly secretNames: readonly string[]
}

/** Applies the rules for times, durations and properties; data is captured record by record (capture/data.ts). */
export function captureBuild(build: Build, rules: readonly Rule[], known?: KnownMatches): Captures {
  let props: JsonObject | undefined
  const source: Source = {
    build,
    known,
    // All callbacks are given the same.
    get props() {
      props ??= toProps(build)
      return props
    },
  }
  const captured: Captured[] = []
  const steps = new Set<Step>()
  const misses: Miss[] = []
  const warnings = new Set<string>()
  const secretNames = new Set<string>()
  const { startMs } = build
  const duration = toDuration(build)
  // One message for one reason: further rules that need the start are missed quietly.
  const missStart = (rule: Rule) => {
    const isKnown = misses.some(({ reason }) => reason === unknownStart)
    misses.push({ rule, reason: unknownStart, level: isKnown ? 'ignore' : 'warn' })
  }
  for (const rule of rules) {
    if (!appliesTo(rule, build.builder)) continue
    switch (rule.kind) {
      case 'start-time':
        if (startMs === undefined) missStart(rule)
        else captured.push({ rule, timeMs: startMs, value: toIso(startMs), input: { start: toIso(startMs) } })
        break
      case 'end-time':
        captured.push({ rule, timeMs: build.endMs, value: toIso(build.endMs), input: { end: toIso(build.endMs) } })
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
  return { captured, steps: [...steps], misses, warnings: [...warnings], secretNames: [...secretNames] }
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
    return { rule, value: toFieldValue(seconds / units[rule.reportIn], type), input }
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    return { reason: `the duration ${error.message}, or a callback such as $round(seconds)` }
  }
}

const unknownStart = 'the start of the job is not known'

/** The names that a rule may match: of properties, or of steps. */
export function listNames({ properties, steps }: Build, rule: Rule): string[] {
  if (rule.kind === 'steps') return 'ran' in steps ? [...steps.ran.map(({ name }) => name), ...steps.late] : []
  if (rule.kind !== 'property') return []
  return properties.listed.flatMap(toNames)
}

function toNames({ shortName, path }: Property): string[] {
  return shortName === undefined ? [path] : [shortName, path]
}

function toIso(ms: number): string {
  return new Date(ms).toISOString()
}

/** Every property by name and by path, as callbacks see them. */
function toProps(build: Build): JsonObject {
  const names = build.properties.listed.flatMap(({ path, shortName, value }) => [
    [path, value] as const,
    ...(shortName === undefined ? [] : [[shortName, value] as const]),
  ])
  return Object.fromEntries(names)
}

interface Source {
  readonly build: Build
  readonly known: KnownMatches | undefined
  readonly props: JsonObject
}

type Found = Extract<Captured, { property: Property }> | { reason: string }

function findProperties(source: Source, rule: PropertyRule, secretNames: Set<string>): Found[] {
  const { match, callback } = rule
  const { build, known } = source
  if ('name' in match) {
    const { name } = match
    const property = build.properties.find(name)
    if (property !== undefined) return [toCaptured(rule, name, property, source)]
    const missing = explainMissing(name, build)
    if (callback === undefined) return [{ reason: missing }]
    // As in Buildbot, where a callback is called whatever there is.
    return [
      { rule, name, property: { path: name, value: null }, value: '', input: { name }, props: source.props, missing },
    ]
  }
  return build.properties.listed.flatMap((property) => {
    const names = toNames(property)
    const name = names.find((candidate) => matchesName(match, candidate, known))
    if (name === undefined) return []
    if (names.some(looksSecret)) {
      secretNames.add(name)
      return []
    }
    // Unset outputs are empty everywhere; a regular expression finds what is there.
    return isEmpty(property.value) ? [] : [toCaptured(rule, name, property, source)]
  })
}

function toCaptured(rule: PropertyRule, name: string, property: Property, source: Source): Found {
  if (rule.callback !== undefined) {
    return { rule, name, property, value: '', input: { value: property.value, name }, props: source.props }
  }
  if (rule.tag !== undefined && isEmpty(property.value)) return { reason: `property "${name}" is empty` }
  try {
    // A tag is text as it stands: `1.20` stays `1.20`.
    const type = rule.tag === undefined ? rule.type : 'string'
    return { rule, name, property, value: toFieldValue(property.value, type) }
  } catch (error) {
    if (error instanceof ValueError) return { reason: `property "${name}" ${error.message}` }
    throw error
  }
}

/** A step that was skipped is no mistake of whoever named it; a name that no step has is one. */
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
    nearest === undefined ? 'a step without a name is called "Run " and its command' : `did you mean "${nearest}"`
  return { reason: `the job has no step "${match.name}"; ${hint}` }
}

function explainLate(name: string): string {
  return `GitHub does not know yet that the step "${name}" is over: there is no point of it.`
}

function isEmpty(value: Json): boolean {
  return value === null || (typeof value === 'string' && value.trim() === '')
}

function explainMissing(name: string, build: Build): string {
  const what = `there is no property "${name}" in build ${build.number ?? '(no number)'} of ${build.builder}`
  const isPath = name.includes('.')
  const names = build.properties.listed.map(({ path, shortName }) => (isPath ? path : (shortName ?? path)))
  const nearest = findNearest(name, names)
  if (nearest !== undefined) return `${what}; did you mean "${nearest}"`
  if (isPath) return what
  const hasOutputs = build.properties.listed.some(({ path }) => /^(steps|needs)\./.test(path))
  return hasOutputs
    ? `${what}; a step needs an id for its outputs to be properties`
    : `${what}; step outputs are seen only with the input steps: \${{ toJSON(steps) }}`
}

/** When two steps or jobs set a short name, the sentence that names both. */
export function explainClash(properties: Properties, name: string): string | undefined {
  const paths = properties.clashesOf(name)
  if (paths.length === 0) return undefined
  return `"${name}" is set by ${paths.join(' and ')}; the last one counts. Capture it by its path to choose.`
}

/** One sentence for the owner of the job. */
export function explainMiss(miss: Miss): string {
  return `${nameRule(miss.rule)} was ${miss.isPart ? 'captured only in part' : 'not captured'}: ${explainReason(miss)}`
}

export function explainReason({ reason, more = 0 }: Miss): string {
  return more === 0 ? reason : `${reason} (and ${more} more of this rule)`
}
