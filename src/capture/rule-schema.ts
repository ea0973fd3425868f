import * as v from 'valibot'
import { valueTypes } from '../build/value-types.ts'
import { maxReportRecords } from '../limits.ts'
import { missingLevels, plainFormats, type RuleKind, reportCases, reportGroupings, type Unit, units } from './rules.ts'

const text = (what: string) => v.pipe(v.string(`must be text: ${what}`), v.nonEmpty(`must not be empty: ${what}`))

const builderName = text('a builder such as "CI/test", where * matches any characters')
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
      ({ input }) => `must not be "${input}", which InfluxDB reserves`,
    ),
  ),
)

const regex = v.optional(v.string("must be text: a regular expression in Python's syntax, such as 'bench_.*'"))

const oneOfTypes = `must be one of ${valueTypes.join(', ')}`
const type = v.optional(v.picklist(valueTypes, oneOfTypes))
const callback = v.optional(text('a JSONata expression such as $number(value) / 1024'))
const name = v.optional(text('the exact name'))

const measurement = v.optional(
  v.pipe(
    text('a measurement'),
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
const onMissing = v.optional(v.picklist(missingLevels, `must be one of ${missingLevels.join(', ')}`))

const glob = v.pipe(
  text('a glob such as build/**/*.xml'),
  v.check((pattern) => !leavesWorkspace(pattern), 'must not leave the workspace'),
)
const wholeNumber = `must be a whole number from 1 to ${maxReportRecords}`
const someFiles = 'must be a glob such as build/**/*.xml, or a list of them, not empty'

/** The keys of rules whose records become points of their own. */
const recordKeys = { builder, callback, measurement, tags, types, time }

/** The keys that each kind of rule takes. */
export const ruleOptions = {
  'start-time': v.strictObject({ builder, callback, field: column, type }),
  'end-time': v.strictObject({ builder, callback, field: column, type }),
  duration: v.strictObject({
    builder,
    callback,
    field: column,
    type,
    'report-in': v.optional(
      v.picklist(Object.keys(units) as Unit[], `must be one of ${Object.keys(units).join(', ')}`),
    ),
  }),
  property: v.strictObject({
    name,
    regex,
    builder,
    callback,
    type,
    field: column,
    tag: column,
    'on-missing': onMissing,
  }),
  data: v.strictObject({ name, regex, ...recordKeys }),
  report: v.strictObject({
    files: v.union([glob, v.pipe(v.array(glob, someFiles), v.minLength(1, someFiles))], someFiles),
    format: v.optional(
      v.picklist(
        plainFormats,
        `must be one of ${plainFormats.join(', ')}; leave it out for other formats, which are recognised by their content`,
      ),
    ),
    name: v.optional(text('the name of the data, such as tests')),
    by: v.optional(v.picklist(reportGroupings, `must be one of ${reportGroupings.join(', ')}`)),
    cases: v.optional(v.picklist(reportCases, `must be one of ${reportCases.join(', ')}`)),
    limit: v.optional(
      v.pipe(
        v.number(wholeNumber),
        v.integer(wholeNumber),
        v.minValue(1, wholeNumber),
        v.maxValue(maxReportRecords, wholeNumber),
      ),
    ),
    ...recordKeys,
    'on-missing': onMissing,
  }),
  steps: v.strictObject({ name, regex, builder }),
} as const satisfies Record<RuleKind, v.GenericSchema>

/** Whether a relative glob leads above its base folder. */
function leavesWorkspace(pattern: string): boolean {
  let depth = 0
  for (const part of pattern.replace(/^!/, '').split(/[/\\]/)) {
    if (part === '..') depth--
    else if (part !== '' && part !== '.') depth++
    if (depth < 0) return true
  }
  return false
}
