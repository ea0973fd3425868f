import { type FieldValue, Unsigned } from '../../src/build/data.ts'
import type { Json } from '../../src/build/json.ts'
import type { Point } from '../../src/point/point.ts'
import type { Expectation, ExpectedPoint } from './case.ts'

/** What the code made of a case: points a storage and what it reports as missed, or problems with the rules. */
export type Outcome =
  | { readonly storages: readonly (readonly Point[])[]; readonly errors: readonly string[] }
  | { readonly problems: readonly string[] }

/** Where an outcome is not what Buildbot's is; sentences, none where they agree. */
export function findDifferences(expected: Expectation, actual: Outcome): string[] {
  if ('configuration_error' in expected) {
    return 'problems' in actual ? [] : [`no problem with its rules, expected: ${expected.configuration_error}`]
  }
  if ('problems' in actual) return [`unexpected problem with its rules: ${actual.problems.join('; ')}`]
  const differences = expected.storages.flatMap((points, index) =>
    findPointDifferences(points, actual.storages[index] ?? []).map((text) => `storage ${index + 1}: ${text}`),
  )
  if (expected.errors.length !== actual.errors.length) {
    const [reported, wanted] = [JSON.stringify(actual.errors), JSON.stringify(expected.errors)]
    differences.push(`reports ${actual.errors.length} errors ${reported}, expected ${expected.errors.length} ${wanted}`)
  }
  return differences
}

/** Both are sets in which a point may stand twice: the order of posts is lost in a database. */
function findPointDifferences(expected: readonly ExpectedPoint[], actual: readonly Point[]): string[] {
  const rest = [...actual]
  const missing = expected.filter((point) => {
    const at = rest.findIndex((candidate) => isSamePoint(point, candidate))
    if (at >= 0) rest.splice(at, 1)
    return at < 0
  })
  return [
    ...missing.map((point) => `misses ${show(point.measurement, Object.entries(point.tags), toEntries(point.fields))}`),
    ...rest.map((point) => `has unexpected ${show(point.measurement, point.tags, point.fields)}`),
  ]
}

function isSamePoint(expected: ExpectedPoint, actual: Point): boolean {
  // The one measurement whose texts are times: everywhere else a text is a text.
  const isTime = expected.measurement === `${expected.tags.builder_name}-build-times`
  return (
    expected.measurement === actual.measurement &&
    isSameMap(Object.entries(expected.tags), actual.tags, (a, b) => a === b) &&
    isSameMap(toEntries(expected.fields), actual.fields, (a, b) => isSameValue(a, b, isTime))
  )
}

/** Buildbot's client leaves out fields that are None. */
function toEntries(fields: ExpectedPoint['fields']): [string, Json][] {
  return Object.entries(fields).filter(([, value]) => value !== null)
}

function isSameMap<T>(
  expected: readonly (readonly [string, Json])[],
  actual: readonly (readonly [string, T])[],
  isSame: (expected: Json, actual: T) => boolean,
): boolean {
  const byKey = new Map(actual)
  if (actual.length !== expected.length || byKey.size !== expected.length) return false
  return expected.every(([key, value]) => {
    const other = byKey.get(key)
    return other !== undefined && isSame(value, other)
  })
}

const decimal = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/

/** Times compare as instants, numbers by value; text that says a number or boolean is one here. */
function isSameValue(expected: Json, actual: FieldValue, isTime: boolean): boolean {
  const value = actual instanceof Unsigned ? actual.value : actual
  if (typeof value === 'number' || typeof value === 'bigint') {
    const isNumber = typeof expected === 'number' || (typeof expected === 'string' && decimal.test(expected))
    return isNumber && isSameNumber(Number(expected), Number(value), isTime)
  }
  if (typeof value === 'boolean') return expected === value || expected === String(value)
  if (typeof expected !== 'string') return typeof expected === 'object' && JSON.stringify(expected) === value
  return expected === value || (isTime && isInstant(expected) && isInstant(value) && toMs(expected) === toMs(value))
}

/** Equal but for the last bits of a calculation. A float holds milliseconds since 1970 to a quarter of a microsecond. */
function isSameNumber(a: number, b: number, isTime: boolean): boolean {
  return Math.abs(a - b) <= Math.max(Math.abs(a) * Number.EPSILON * 4, isTime ? 2.5e-7 : 0)
}

const isInstant = (text: string) => /^\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text)
const toMs = (text: string) => Date.parse(text.replace(' ', 'T'))

function show(measurement: string, tags: readonly unknown[], fields: readonly (readonly [string, unknown])[]): string {
  const toText = (_: string, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)
  const shown = {
    measurement,
    tags: Object.fromEntries(tags as [string, string][]),
    fields: Object.fromEntries(fields),
  }
  return JSON.stringify(shown, toText)
}
