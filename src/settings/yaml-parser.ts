import {
  boolCoreTag,
  defineMappingTag,
  defineScalarTag,
  FAILSAFE_SCHEMA,
  floatCoreTag,
  intCoreTag,
  mapTag,
  nullCoreTag,
  Schema,
} from 'js-yaml'
import { PlainText } from './plain-text.ts'

/** Without it, a map is known to its own aliases while it is read. */
const { finalize: _, ...openMap } = mapTag

/** Every plain scalar is a PlainText, and a key is its text; YAML's own types are only what a tag such as `!!int` asks for. */
export const PLAIN_SCHEMA = new Schema([
  ...FAILSAFE_SCHEMA.tags,
  ...[nullCoreTag, boolCoreTag, intCoreTag, floatCoreTag].map((tag) => ({ ...tag, implicit: false })),
  defineScalarTag('tag:yaml.org,2002:plain', {
    implicit: true,
    resolve: (source) => new PlainText(source),
    identify: () => false,
  }),
  defineMappingTag<Record<string, unknown>>('tag:yaml.org,2002:map', {
    ...openMap,
    addPair: (map, key, value) => mapTag.addPair(map, toKey(key), value),
    has: (map, key) => mapTag.has(map, toKey(key)),
  }),
])

function toKey(key: unknown): unknown {
  return key instanceof PlainText ? key.text : key
}

/** What is used of the parser, so that the rest stays out of the bundle and this is loaded as one piece. */
export {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  FAILSAFE_SCHEMA,
  getScalarValue,
  parseEvents,
  YAMLException,
} from 'js-yaml'
