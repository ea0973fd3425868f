import * as v from 'valibot'
import { valueTypes } from '../build/value.ts'
import { missingLevels, type RuleKind, type Unit, units } from './rules.ts'

const text = (what: string) => v.pipe(v.string(`must be text: ${what}`), v.nonEmpty(`must not be empty: ${what}`))

const builderName = text('a builder such as "CI/test", * standing for any run of characters')
const someBuilder = 'must be a builder such as "CI/test", or a list of them, not empty'
const builder = v.optional(
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

const column = v.optional(
  v.pipe(
    text('the name of a column, such as bundle_kb'),
    v.check(
      (name) => !/^(time|_field|_measurement)\\*$/.test(name),
      ({ input }) => `must not be "${input}", which InfluxDB keeps for itself`,
    ),
  ),
)

const regex = v.optional(v.string("must be text: a regular expression in Python's syntax, such as 'bench_.*'"))

const callback = v.optional(text('a JSONata expression such as $number(value) / 1024'))
const name = v.optional(text('the name exactly as the build has it'))

/** The keys that each kind of rule takes. */
export const ruleOptions = {
  'start-time': v.strictObject({ builder, callback, field: column }),
  'end-time': v.strictObject({ builder, callback, field: column }),
  duration: v.strictObject({
    builder,
    callback,
    field: column,
    'report-in': v.optional(
      v.picklist(Object.keys(units) as Unit[], `must be one of ${Object.keys(units).join(', ')}`),
    ),
  }),
  property: v.strictObject({
    name,
    regex,
    builder,
    callback,
    type: v.optional(v.picklist(valueTypes, `must be one of ${valueTypes.join(', ')}`)),
    field: column,
    tag: column,
    'on-missing': v.optional(v.picklist(missingLevels, `must be one of ${missingLevels.join(', ')}`)),
  }),
  data: v.strictObject({
    name,
    regex,
    builder,
    callback,
    measurement: v.optional(
      v.pipe(
        text('a measurement'),
        v.check(
          (name) => !/^[_#]|[\r\n]|\\$/.test(name),
          'must be one line that neither starts with _ or # nor ends in a backslash',
        ),
      ),
    ),
    tags: v.optional(v.array(text('a key of the record'), 'must be a list of keys of the record, such as [suite]')),
  }),
  steps: v.strictObject({ name, regex, builder }),
} as const satisfies Record<RuleKind, v.GenericSchema>
