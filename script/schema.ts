import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type JsonSchema, toJsonSchema } from '@valibot/to-json-schema'
import type * as v from 'valibot'
import { ruleKinds } from '../src/capture/rule-kinds.ts'
import type { RuleOptions, RuleParser } from '../src/capture/rule-parser.ts'
import type { Rule } from '../src/capture/rules.ts'
import { compareSchema } from '../src/compare/compare-schema.ts'
import { configSchema, kindSchemas, storageSchema } from '../src/settings/config-schema.ts'
import { storageKinds } from '../src/storage/kinds.ts'

export const schemaPath = join(import.meta.dirname, '..', 'build-stats.schema.json')

/** What an editor shows beside a key. */
const config: Record<keyof typeof configSchema.entries, string> = {
  captures: 'Rules for the storages that have none of their own. Without: those of the input captures.',
  compare:
    'With which earlier builds each build is compared, and what is too much. true: by default. Without: the input compare.',
  storages: 'Where points go. Storages are written side by side; none waits for another or fails with it.',
}
const storage: Record<Exclude<keyof typeof storageSchema.entries, keyof typeof storageKinds>, string> = {
  name: 'What log and summary call this storage; each has a name of its own.',
  layout: 'How statistics become points. Without: what the input layout says.',
  captures: 'Rules for this storage alone.',
  tags: 'Further tags of every point, by name. Without: what the input tags says.',
  measurement: 'Measurement of the builds (layout native). Without: what the input measurement says.',
  'matrix-tags': 'Matrix values are tags matrix_<key> (layout native). Without: what the input matrix-tags says.',
  builder: "The builder's name in this storage. Without: what the input builder says.",
}
const compare: Record<keyof typeof compareSchema.entries, string> = {
  statistic:
    "A field or property of the build's row, such as duration, or a field of data, such as tests.duration. Without: duration.",
  where: 'Tags of the record of data, where the build has several: {suite: unit}.',
  'warn-above':
    'What is above makes a warning: a ratio to the median (1.5), so much above it (50%), a time (10m), a map with a value.',
  'fail-above':
    'What is above fails the job: a ratio to the median (1.5), so much above it (50%), a time (10m), a map with a value.',
  'warn-below':
    'What is below makes a warning: a ratio to the median (0.9), a percentage below it (10%), a time (10m), a map with a value.',
  'fail-below':
    'What is below fails the job: a ratio to the median (0.9), a percentage below it (10%), a time (10m), a map with a value.',
  usual:
    'Which builds a ratio or percentage is not for: range (within what there was before), spread (within the spread alone), off. Without: range.',
  confirm: 'How many builds of the branch in a row must pass a limit, this one among them. Without: 1.',
  floor: 'A smaller difference in time is never unusual. Without: 1s.',
  since: 'Whether a lasting change is looked for. Without: true.',
  last: 'How many earlier builds, at most. Without: 20.',
  branch: "Branch of the earlier builds: default, same (as the build's), or a name. Without: default.",
  'min-builds': 'With fewer earlier builds there is no comparison. Without: 5.',
  'ignore-tags': 'Tags that earlier builds need not share with the build.',
}
const options: Record<string, string> = {
  name: 'The name exactly as the build has it.',
  regex: "A regular expression in Python's syntax, matched from the start of the name and not to its end.",
  builder: 'Builders that the rule holds for, such as CI/test; * stands for any run of characters. Without: all.',
  callback: 'A JSONata expression that makes the statistic of what the rule found.',
  field: 'Name of the field (layout native).',
  tag: 'Stored as a tag of this name instead of a field (layout native); for a few values only.',
  tags: 'Keys of the record that become tags (layout native).',
  types: 'The types of values of the record, or of what the callback gives, by key.',
  time: 'The key of the record that holds its time: ISO 8601, or a number of seconds, milliseconds, microseconds or nanoseconds.',
  type: 'Type of the value. Without: decimal numbers are floats, true and false booleans, all else text.',
  measurement: 'Measurement of the data (layout native). Without: its name.',
  'on-missing': 'What becomes of a property or a report that is not there. Without: warn.',
}

/** The JSON schema of the file that `config` names: the one the code checks with, and what it checks in rules besides. */
export function createSchema(): JsonSchema {
  const kinds = Object.values(storageKinds)
  const place = describe(
    convert(storageSchema),
    { ...storage, ...Object.fromEntries(kinds.map(({ kind, description }) => [kind, description])) },
    {
      ...Object.fromEntries(kinds.map(({ kind, keys }) => [kind, toKind(convert(kindSchemas[kind]), keys)])),
      captures: list('#/definitions/rule'),
    },
  )
  const one: JsonSchema = { $ref: '#/definitions/comparison' }
  const comparison: JsonSchema = {
    anyOf: [{ type: 'boolean' }, { type: 'null' }, one, { type: 'array', minItems: 1, items: one }],
  }
  const top = describe(convert(configSchema), config, { captures: list('#/definitions/rule'), compare: comparison })
  const { storages } = top.properties as { storages: JsonSchema }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'Build Stats',
    description: 'Storages of build statistics, each with its own captures and layout',
    ...top,
    properties: { ...top.properties, storages: { ...storages, items: { $ref: '#/definitions/storage' } } },
    definitions: {
      comparison: { title: 'A comparison', ...toComparison() },
      storage: { title: 'A storage', ...place, oneOf: kinds.map(({ kind }) => ({ required: [kind] })) },
      rule: {
        title: 'A capture rule',
        anyOf: [{ enum: parsers.filter(({ isBare }) => isBare).map(({ kind }) => kind) }, ...parsers.map(toRule)],
      },
    },
  }
}

/** A kind of storage with keys has a word about each. */
function toKind(schema: JsonSchema, keys: Readonly<Record<string, string>>): JsonSchema {
  return Object.keys(keys).length === 0 ? schema : describe(schema, keys)
}

/** A limit is one of several, and so is a statistic: those with keys have a word about each. */
function toComparison(): JsonSchema {
  const schema = describe(convert(compareSchema), compare)
  const value = { description: 'The limit, as a number.', type: 'number' } as const
  const words = { measurement: 'Measurement of the data.', field: 'Field of the data.', where: compare.where }
  const properties = Object.entries(schema.properties ?? {}).map(([key, of]) => {
    if (typeof of === 'boolean' || of.anyOf === undefined) return [key, of] as const
    const anyOf = of.anyOf.map((one) =>
      typeof one !== 'object' || one.type !== 'object'
        ? one
        : key === 'statistic'
          ? describe(one, words)
          : { ...one, properties: { value } },
    )
    return [key, { ...of, anyOf }] as const
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}

const parsers: readonly RuleParser<Rule, RuleOptions>[] = Object.values(ruleKinds)

/** `{duration: {...}}`; `{property: coverage}` is short for a name. */
function toRule({
  kind,
  description,
  options: schema,
  descriptions,
  short,
  isBare,
}: RuleParser<Rule, RuleOptions>): JsonSchema {
  const known = describe(convert(schema), { ...options, ...descriptions })
  const text = { type: 'string', minLength: 1 } as const
  const anyOf: JsonSchema[] = [
    ...(short === undefined ? [] : [text]),
    ...(short === 'files' ? [{ type: 'array', minItems: 1, items: text } as const] : []),
    { ...known, ...toLimits(Object.keys(schema.entries), isBare) },
    ...(isBare ? [{ type: 'null' } as const] : []),
  ]
  const properties = { [kind]: { description, anyOf } }
  return { type: 'object', properties, required: [kind], additionalProperties: false }
}

/** Keys that exclude each other. */
function toLimits(keys: readonly string[], isBare = false): JsonSchema {
  if (keys.includes('cases')) return { not: { required: ['by', 'cases'] } }
  if (!keys.includes('regex')) return {}
  if (isBare) return { not: { required: ['name', 'regex'] } }
  const oneOf = [{ required: ['name'] }, { required: ['regex'] }]
  if (!keys.includes('tag')) return { oneOf }
  return { oneOf, not: { required: ['tag'], anyOf: [{ required: ['field'] }, { required: ['type'] }] } }
}

const list = ($ref: string): JsonSchema => ({ type: 'array', items: { $ref } })

/** What is transformed has the schema of what is written; what code checks besides (a regular expression) has none. */
function convert(schema: v.GenericSchema): JsonSchema {
  const { $schema: _, required = [], ...converted } = toJsonSchema(schema, { typeMode: 'input', errorMode: 'ignore' })
  return required.length > 0 ? { ...converted, required } : converted
}

function describe(
  schema: JsonSchema,
  descriptions: Readonly<Record<string, string>>,
  replaced: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema {
  const properties = Object.entries(schema.properties ?? {}).map(([key, value]) => {
    const description = descriptions[key]
    if (description === undefined) throw new Error(`say in script/schema.ts what the key ${key} means`)
    return [key, { description, ...(replaced[key] ?? (value as JsonSchema)) }]
  })
  return { ...schema, properties: Object.fromEntries(properties) }
}

/** As the formatter has it: a list of short texts stands on one line. */
export function printSchema(): string {
  const text = JSON.stringify(createSchema(), undefined, 2)
  return `${text.replace(/\[\n\s+("[^[\]{}]*")\n\s+\]/g, (_, items: string) => `[${items.replace(/,\n\s+/g, ', ')}]`)}\n`
}

if (import.meta.main) writeFileSync(schemaPath, printSchema())
