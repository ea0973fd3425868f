import type { Event } from 'js-yaml'
import { maxYamlAliases, maxYamlCharacters } from '../limits.ts'
import type { SettingProblem } from './problem.ts'
import { parseSimpleYaml } from './simple-yaml.ts'

/** Parsed YAML: plain data, and the line of every place in it. */
export interface Yaml {
  readonly value: unknown
  /** The same data with every scalar as written: `1.20` and `true` are text. */
  toText(): unknown
  /** The line, from 1, of a key or item, or of the nearest place above it. */
  lineOf(path: Path): number | undefined
}

/**
 * How scalars are read: `typed` with YAML's types; `text` as written, `1.20` and `true` included; `plain` the same, but a scalar without
 * quotes is a PlainText, because it may be a number.
 */
export type Scalars = 'typed' | 'text' | 'plain'

/**
 * Parses YAML, or JSON, which is YAML, too. The parser is loaded only if an input is not empty.
 * @returns undefined if the text is invalid; `problems` then has the reason and the line: a syntax error, duplicate keys, too many
 *   aliases.
 */
export async function parseYaml(
  input: string,
  text: string,
  problems: SettingProblem[],
  scalars: Scalars = 'typed',
): Promise<Yaml | undefined> {
  if (text.length > maxYamlCharacters) {
    problems.push({ input, text: `is ${text.length} characters long; at most ${maxYamlCharacters} are read` })
    return undefined
  }
  const simple = scalars === 'plain' ? undefined : parseSimpleYaml(text)
  if (simple !== undefined) {
    const { value, lines } = simple
    return { value, toText: () => value, lineOf: ([place = '']) => lines.get(`${place}`) }
  }
  const yaml = await import('./yaml-parser.ts')
  try {
    const events = yaml.parseEvents(text, {})
    const construct = (schema: typeof yaml.CORE_SCHEMA) =>
      yaml.constructFromEvents(events, { source: text, maxAliases: maxYamlAliases, schema })
    const schemas = { typed: yaml.CORE_SCHEMA, text: yaml.FAILSAFE_SCHEMA, plain: yaml.PLAIN_SCHEMA }
    const documents = construct(schemas[scalars])
    if (documents.length > 1) {
      problems.push({ input, text: 'holds several YAML documents; leave the line "---" out' })
      return undefined
    }
    const value: unknown = documents[0] ?? null
    const lineOf = createLineFinder(yaml, events, text)
    const cycle = findCycle(value)
    if (cycle !== undefined) {
      problems.push({ input, line: lineOf(cycle), text: 'an alias is inside the value that it refers to' })
      return undefined
    }
    return { value, toText: () => construct(yaml.FAILSAFE_SCHEMA)[0], lineOf }
  } catch (error) {
    const { reason, mark } = error as Partial<InstanceType<typeof yaml.YAMLException>>
    const lines = text.trimEnd().split('\n')
    if (mark !== undefined && mark.line >= lines.length) {
      const why = 'is not YAML: it ends within a quote or a bracket that is not closed'
      problems.push({ input, line: lines.length, text: why })
      return undefined
    }
    const line = mark === undefined ? undefined : mark.line + 1
    const tab = /^ *\t/.test(lines[(line ?? 0) - 1] ?? '') ? '; indent with spaces, not with tabs' : ''
    problems.push({ input, line, text: `is not YAML: ${reason ?? (error as Error).message}${tab}` })
    return undefined
  }
}

/** Finds an alias inside the value that it refers to: such a value has no end. */
function findCycle(value: unknown, above: readonly unknown[] = [], path: Path = []): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (above.includes(value)) return path
  for (const [key, inner] of Object.entries(value)) {
    const found = findCycle(inner, [...above, value], [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}

/** The keys and indices that lead to a place in parsed YAML. */
export type Path = readonly (string | number)[]

/** A collection that the walk has entered. */
interface Open {
  readonly place: string
  readonly kind: 'document' | 'list' | 'map'
  index: number
  /** In a map, the key whose value comes next. */
  key: string | undefined
}

/**
 * Finds the line, from 1, of a map's key or a list's item, or of the nearest place above it. The parser gives offsets with its events
 * only, so this walks them when the first message needs a line.
 */
function createLineFinder(
  yaml: typeof import('./yaml-parser.ts'),
  events: readonly Event[],
  text: string,
): (path: Path) => number | undefined {
  let offsets: ReadonlyMap<string, number> | undefined
  let starts: readonly number[] = []
  return (path) => {
    if (offsets === undefined) {
      offsets = findOffsets(yaml, events, text)
      starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
    }
    for (let length = path.length; length > 0; length--) {
      const offset = offsets.get(toPlace(path.slice(0, length)))
      if (offset !== undefined) return countLines(starts, offset)
    }
    return undefined
  }
}

/** Counts the lines that start at or before an offset, by binary search. */
function countLines(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function toPlace(path: Path): string {
  return path.map((part) => `/${part}`).join('')
}

function findOffsets(
  { EVENT_ID, getScalarValue }: typeof import('./yaml-parser.ts'),
  events: readonly Event[],
  text: string,
): Map<string, number> {
  const offsets = new Map<string, number>()
  const stack: Open[] = []
  for (const event of events) {
    const parent = stack.at(-1)
    if (event.type === EVENT_ID.DOCUMENT) {
      stack.push({ place: '', kind: 'document', index: 0, key: undefined })
    } else if (event.type === EVENT_ID.POP) {
      stack.pop()
    } else if (parent?.kind === 'map' && parent.key === undefined) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : ''
      offsets.set(`${parent.place}/${parent.key}`, toOffset(event))
    } else if (parent !== undefined) {
      const place = toChildPlace(parent)
      // An empty item has no place: the line above counts.
      if (parent.kind === 'list' && toOffset(event) >= 0) offsets.set(place, toOffset(event))
      parent.key = undefined
      parent.index++
      if (event.type === EVENT_ID.SEQUENCE) stack.push({ place, kind: 'list', index: 0, key: undefined })
      if (event.type === EVENT_ID.MAPPING) stack.push({ place, kind: 'map', index: 0, key: undefined })
    }
  }
  return offsets
}

function toChildPlace({ place, kind, index, key }: Open): string {
  if (kind === 'document') return place
  return `${place}/${kind === 'map' ? key : index}`
}

function toOffset(event: Event): number {
  if ('valueStart' in event) return event.valueStart
  if ('start' in event) return event.start
  return 'anchorStart' in event ? event.anchorStart : 0
}
