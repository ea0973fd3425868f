import { maxYamlAliases, maxYamlCharacters } from '../limits.ts'
import type { Problem } from './problem.ts'
import { createLineFinder, type Path } from './yaml-line.ts'

/** Parsed YAML: its value as plain data, and the line of every place in it. */
export interface Yaml {
  readonly value: unknown
  /** The same with every scalar as it is written: `1.20` and `true` are text. */
  toText(): unknown
  /** The line, from 1, of a key or item; of the nearest place above where there is none. */
  lineOf(path: Path): number | undefined
}

/**
 * How scalars are read: `typed` as YAML has them; `text` as they are written, `1.20` and `true` included; `plain` the same, but those that
 * are not quoted are a PlainText, which says that it may be a number.
 */
export type Scalars = 'typed' | 'text' | 'plain'

/**
 * Parses YAML, or JSON, which is YAML too. The parser is loaded only where an input holds something.
 * @returns undefined where it cannot be read; `problems` then has what is wrong, with its line: syntax errors, duplicate
 *   keys, too many aliases.
 */
export async function parseYaml(
  input: string,
  text: string,
  problems: Problem[],
  scalars: Scalars = 'typed',
): Promise<Yaml | undefined> {
  if (text.length > maxYamlCharacters) {
    problems.push({ input, text: `is ${text.length} characters long; at most ${maxYamlCharacters} are read` })
    return undefined
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
      problems.push({ input, line: lineOf(cycle), text: 'an alias stands within the value that it stands for' })
      return undefined
    }
    return { value, toText: () => construct(yaml.FAILSAFE_SCHEMA)[0], lineOf }
  } catch (error) {
    const { reason, mark } = error as Partial<InstanceType<typeof yaml.YAMLException>>
    const lines = text.trimEnd().split('\n')
    if (mark !== undefined && mark.line >= lines.length) {
      const why = 'is not YAML: it ends within a quote or a bracket, which is to be closed'
      problems.push({ input, line: lines.length, text: why })
      return undefined
    }
    const line = mark === undefined ? undefined : mark.line + 1
    const tab = /^ *\t/.test(lines[(line ?? 0) - 1] ?? '') ? '; indent with spaces, not with tabs' : ''
    problems.push({ input, line, text: `is not YAML: ${reason ?? (error as Error).message}${tab}` })
    return undefined
  }
}

/** Where an alias stands within what it stands for: such a value has no end. */
function findCycle(value: unknown, above: readonly unknown[] = [], path: Path = []): Path | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (above.includes(value)) return path
  for (const [key, inner] of Object.entries(value)) {
    const found = findCycle(inner, [...above, value], [...path, key])
    if (found !== undefined) return found
  }
  return undefined
}
