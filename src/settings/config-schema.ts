import * as v from 'valibot'
import { layoutKinds } from '../capture/rules.ts'
import { storageKinds } from '../storage/kinds.ts'

const scalar = v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or a boolean')
const filled = v.pipe(v.string('must be text'), v.nonEmpty('must not be empty'))

type Kind = keyof typeof storageKinds

/** A kind of storage in the file: text, or a map of texts. `$NAME` is an environment variable. */
type KindSchema = v.GenericSchema<string | Readonly<Record<string, string>>>

const kinds = Object.values(storageKinds)
export const kindSchemas = Object.fromEntries(kinds.map((one) => [one.kind, toSchema(one)])) as Record<Kind, KindSchema>

function toSchema({ keys }: (typeof kinds)[number]): v.GenericSchema {
  const entries = Object.keys(keys).map((key) => [key, v.optional(filled)] as const)
  return entries.length === 0 ? filled : v.strictObject(Object.fromEntries(entries))
}

const rules = v.array(v.unknown(), 'must be a list of capture rules')

export const storageSchema = v.strictObject({
  name: v.optional(filled),
  ...(Object.fromEntries(kinds.map(({ kind }) => [kind, v.optional(kindSchemas[kind])])) as Record<
    Kind,
    v.OptionalSchema<KindSchema, undefined>
  >),
  layout: v.optional(v.picklist(layoutKinds, `must be one of ${layoutKinds.join(', ')}`)),
  captures: v.optional(rules),
  tags: v.optional(v.record(v.string(), v.nullable(scalar), 'must be a map of tags')),
  measurement: v.optional(filled),
  'matrix-tags': v.optional(v.boolean('must be true or false')),
  builder: v.optional(filled),
})

/** The file that the input `config` names. */
export const configSchema = v.strictObject({
  captures: v.optional(rules),
  // compare/compare-schema.ts checks it, and is loaded only then.
  compare: v.optional(v.unknown()),
  storages: v.pipe(
    v.array(storageSchema, 'must be a list of storages'),
    v.minLength(1, `must have at least one storage (${kinds.map(({ kind }) => kind).join(' or ')})`),
  ),
})
