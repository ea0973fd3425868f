import type { Build } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { Json, JsonObject } from '../build/json.ts'
import type { Properties, Property } from '../build/properties.ts'
import { explainUntyped, parseText, toFieldValue, ValueError } from '../build/value.ts'
import type { Captured } from './capture.ts'
import type { PropertyRule } from './kinds/property.ts'
import { type KnownMatches, looksSecret, matchesName } from './matching.ts'
import { nameRule } from './rules.ts'
import { findNearest } from './suggest.ts'

export function toNames({ shortName, path }: Property): string[] {
  return shortName === undefined ? [path] : [shortName, path]
}

/** All properties by name and by path, as callbacks see them. */
export function toProps(build: Build): JsonObject {
  const names = build.properties.listed.flatMap(({ path, shortName, value }) => [
    [path, value] as const,
    ...(shortName === undefined ? [] : [[shortName, value] as const]),
  ])
  return Object.fromEntries(names)
}

export interface Source {
  readonly build: Build
  readonly known: KnownMatches | undefined
  readonly props: JsonObject
}

type Found = Extract<Captured, { property: Property }> | { reason: string }

export function findProperties(source: Source, rule: PropertyRule, secretNames: Set<string>): Found[] {
  const { match, callback } = rule
  const { build, known } = source
  if ('name' in match) {
    const { name } = match
    const property = build.properties.find(name)
    if (property !== undefined) return [toCaptured(rule, name, property, source)]
    const missing = explainMissing(name, build)
    if (callback === undefined) return [{ reason: missing }]
    // As in Buildbot, the callback is called even if the property is missing.
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
    // An output that is not set is empty: a regular expression finds only outputs that are set.
    return isEmpty(property.value) ? [] : [toCaptured(rule, name, property, source)]
  })
}

function toCaptured(rule: PropertyRule, name: string, property: Property, source: Source): Found {
  if (rule.callback !== undefined) {
    return { rule, name, property, value: '', input: { value: property.value, name }, props: source.props }
  }
  if (rule.tag !== undefined && isEmpty(property.value)) return { reason: `property "${name}" is empty` }
  try {
    return { rule, name, property, value: toPropertyValue(rule, property.value, property.written) }
  } catch (error) {
    if (error instanceof ValueError) return { reason: `property "${name}" ${error.message}` }
    throw error
  }
}

/** A tag is text as it is written: `1.20` stays `1.20`. */
export function toPropertyValue({ tag, type, keepsWords }: PropertyRule, value: Json, written?: string): FieldValue {
  const isWord = keepsWords && type === undefined && typeof value === 'string' && !isEmpty(value) && isNothing(value)
  return toFieldValue(value, tag !== undefined || isWord ? 'string' : type, written)
}

/** A note about a surprising effect on a value without a type. */
export function explainValue({ rule, name, property, value }: Extract<Found, { rule: unknown }>): string | undefined {
  if (rule.type !== undefined || rule.tag !== undefined || rule.callback !== undefined) return undefined
  // An object may have a toString of its own.
  const text = typeof property.value === 'object' ? JSON.stringify(property.value) : String(property.value)
  const written = property.written ?? text.trim()
  const found = explainUntyped(value, written, (type) => `"type: ${type}"`)
  return found === undefined ? undefined : `${nameRule(rule)}: "${name}" ${found}`
}

function isNothing(text: string): boolean {
  const value = parseText(text)
  return value === null || Number.isNaN(value)
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
    ? `${what}; only the outputs of a step that has an id are properties`
    : `${what}; to capture step outputs, set the input steps: \${{ toJSON(steps) }}`
}

/** The sentence that names both steps or jobs that set the same short name. */
export function explainClash(properties: Properties, name: string): string | undefined {
  const paths = properties.clashesOf(name)
  if (paths.length === 0) return undefined
  return `The property "${name}" is set by ${paths.join(' and ')}; the last one is used. To choose another, give its path as the name.`
}
