import { type FieldValue, Unsigned } from '../../src/build/data.ts'
import type { Point } from '../../src/point/point.ts'

/** How InfluxDB types a field's value. */
export type FieldType = 'float' | 'integer' | 'string' | 'boolean'

/** The points that a case expects, each field by its type; undefined where Buildbot posts none. */
export type ExpectedTypes = readonly {
  readonly measurement: string
  readonly fields: Readonly<Record<string, FieldType>>
}[]

/** The differences of types on purpose (docs/buildbot.md). */
export const documentedTypes: readonly string[] = [
  'integer in Buildbot, float here',
  'string in Buildbot, float here',
  'string in Buildbot, boolean here',
]

/**
 * The types of what each case of a file expects, storage by storage. JSON.parse takes 3 and 3.0 for one number, and Python's
 * client does not: it writes `3i` and `3.0`.
 */
export function parseTypes(text: string): ExpectedTypes[][] {
  const { cases } = JSON.parse(text, toType) as { cases: { expect: { storages?: ExpectedTypes[] } }[] }
  return cases.map(({ expect }) => expect.storages ?? [])
}

/** Names of measurements stay, and so do keys. */
function toType(key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (key === 'measurement' || typeof value === 'object') return value
  if (typeof value === 'number') return /[.eE]/.test(context?.source ?? '') ? 'float' : 'integer'
  return typeof value
}

function typeOf(value: FieldValue): FieldType {
  if (value instanceof Unsigned || typeof value === 'bigint') return 'integer'
  return typeof value === 'number' ? 'float' : (typeof value as 'string' | 'boolean')
}

/** `integer in Buildbot, float here`, each difference once, of fields that both have. */
export function findTypeDifferences(expected: ExpectedTypes, actual: readonly Point[]): string[] {
  const rest = [...actual]
  const found = expected.flatMap(({ measurement, fields }) => {
    const at = rest.findIndex((point) => point.measurement === measurement && hasFields(point, fields))
    const [point] = at < 0 ? [] : rest.splice(at, 1)
    return (point?.fields ?? []).flatMap(([key, value]) => {
      const [theirs, ours] = [fields[key], typeOf(value)]
      return theirs === ours || theirs === undefined ? [] : [`${theirs} in Buildbot, ${ours} here`]
    })
  })
  return [...new Set(found)]
}

function hasFields(point: Point, fields: object): boolean {
  const keys = Object.keys(fields)
  return point.fields.length === keys.length && point.fields.every(([key]) => keys.includes(key))
}
