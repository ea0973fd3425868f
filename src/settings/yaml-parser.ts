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

/** `finalize` would hide a map from aliases inside it, which findCycle looks for. */
const { finalize: _, ...openMap } = mapTag

/** Every plain scalar is a PlainText, and a key is its text. YAML's own types need a tag such as `!!int`. */
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

/** The used parts of the parser, so that the bundle has nothing else and loads them as one file. */
export {
  CORE_SCHEMA,
  constructFromEvents,
  EVENT_ID,
  FAILSAFE_SCHEMA,
  getScalarValue,
  parseEvents,
  YAMLException,
} from 'js-yaml'
