import * as v from 'valibot'
import { type ValueType, valueTypes } from '../build/value-types.ts'
import type { RuleProblem } from './rule-problem.ts'
import { missingLevels, type RecordKeys } from './rules.ts'

export const text = (what: string) =>
  v.pipe(v.string(`must be text: ${what}`), v.nonEmpty(`must not be empty: ${what}`))

const builderName = text('a builder such as "CI/test", where * matches any characters')
const someBuilder = 'must be a builder such as "CI/test", or a list of them, not empty'
export const builder = v.optional(
  v.union(
    [
      v.pipe(
        builderName,
        v.transform((name) => [name]),
      ),
      v.pipe(v.array(builderName), v.minLength(1, someBuilder)),
    ],
    someBuilder,
  ),
)

export const column = v.optional(
  v.pipe(
    text('the name of a column, such as bundle_kb'),
    v.check(
      (name) => !/^(time|_field|_measurement)\\*$/.test(name),
      ({ input }) => `must not be "${input}", which InfluxDB reserves`,
    ),
  ),
)

export const regex = v.optional(v.string("must be text: a regular expression in Python's syntax, such as 'bench_.*'"))

const oneOfTypes = `must be one of ${valueTypes.join(', ')}`
export const type = v.optional(v.picklist(valueTypes, oneOfTypes))
export const callback = v.optional(text('a JSONata expression such as $number(value) / 1024'))
export const name = v.optional(text('the exact name'))

const measurement = v.optional(
  v.pipe(
    text('the name of a measurement'),
    v.check(
      (name) => !/^[_#]|[\r\n]|\\$/.test(name),
      'must be one line that neither starts with _ or # nor ends in a backslash',
    ),
  ),
)
const tags = v.optional(v.array(text('a key of the record'), 'must be a list of keys of the record, such as [suite]'))
const someTypes = 'must be a map such as {total: int, share: percent}'
const types = v.optional(
  v.pipe(
    v.unknown(),
    v.check((value) => !Array.isArray(value), someTypes),
    v.record(text('a key of the record'), v.picklist(valueTypes, oneOfTypes), someTypes),
  ),
)
const time = v.optional(text('the key of the record that holds its time'))
export const onMissing = v.optional(v.picklist(missingLevels, `must be one of ${missingLevels.join(', ')}`))

/** The keys of rules whose records become points of their own. */
export const recordKeys = { builder, callback, measurement, tags, types, time }

export const needsMatch = 'takes either "name" or "regex"'

/** The keys of a rule's records, or the problem of a key that is both a tag and has a type. */
export function parseRecordKeys({
  tags: tagKeys = [],
  types: typesOfKeys = {},
  time,
}: {
  readonly tags?: readonly string[] | undefined
  readonly types?: Readonly<Record<string, ValueType>> | undefined
  readonly time?: string | undefined
}): RecordKeys | RuleProblem {
  const typed = tagKeys.find((key) => Object.hasOwn(typesOfKeys, key))
  if (typed === undefined) return { tags: tagKeys, types: new Map(Object.entries(typesOfKeys)), time }
  const text = `a tag is always text: leave ${JSON.stringify(typed)} out of "types" or "tags"`
  return { path: ['types', typed], text }
}
