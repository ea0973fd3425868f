import * as v from 'valibot'
import { layoutKinds } from '../capture/rules.ts'

const scalar = v.union([v.string(), v.number(), v.boolean()], 'must be text, a number or a boolean')
const filled = v.pipe(v.string('must be text'), v.nonEmpty('must not be empty'))

/** The keys of an InfluxDB server, those of the inputs. `$NAME` is an environment variable. */
export const influxSchema = v.strictObject({
  url: v.optional(filled),
  api: v.optional(filled),
  token: v.optional(filled),
  org: v.optional(filled),
  bucket: v.optional(filled),
  database: v.optional(filled),
  username: v.optional(filled),
  password: v.optional(filled),
  'retention-policy': v.optional(filled),
})

const rules = v.array(v.unknown(), 'must be a list of capture rules')

export const storageSchema = v.strictObject({
  name: v.optional(filled),
  influxdb: v.optional(influxSchema),
  file: v.optional(filled),
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
  // compare/compare-schema.ts, where there is one.
  compare: v.optional(v.unknown()),
  storages: v.pipe(
    v.array(storageSchema, 'must be a list of storages'),
    v.minLength(1, 'must have a storage: influxdb or file'),
  ),
})
