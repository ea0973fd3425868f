import type { Problem } from './problem.ts'
import { findLine, type Path } from './yaml-line.ts'

/** Parsed YAML: its value as plain data, and the line of every place in it. */
export interface Yaml {
  readonly value: unknown
  /** The line, from 1, of a key or item; of the nearest place above where there is none. */
  lineOf(path: Path): number | undefined
}

/** A megabyte of settings is a mistake; GitHub takes workflow files of half of that. */
const maxLength = 1_000_000
/** What so few references can unfold to is some thousand values; unbounded, a few lines fill all memory. */
const maxAliases = 20

/**
 * Parses YAML, or JSON, which is YAML too. The parser is loaded only where an input holds something.
 * @returns undefined where it cannot be read; `problems` then has what is wrong, with its line: syntax errors, duplicate
 *   keys, too many aliases.
 */
export async function parseYaml(input: string, text: string, problems: Problem[]): Promise<Yaml | undefined> {
  if (text.length > maxLength) {
    problems.push({ input, text: `is ${text.length} characters long; at most ${maxLength} are read` })
    return undefined
  }
  const yaml = await import('./yaml-parser.ts')
  try {
    const events = yaml.parseEvents(text, {})
    const documents = yaml.constructFromEvents(events, { source: text, maxAliases })
    if (documents.length > 1) {
      problems.push({ input, text: 'holds several YAML documents; leave the line "---" out' })
      return undefined
    }
    return {
      value: documents[0] ?? null,
      lineOf: (path) => findLine(yaml, events, text, path),
    }
  } catch (error) {
    const { reason, mark } = error as Partial<InstanceType<typeof yaml.YAMLException>>
    const line = mark === undefined ? undefined : mark.line + 1
    const tab = /^ *\t/.test(text.split('\n')[(line ?? 0) - 1] ?? '') ? '; indent with spaces, not with tabs' : ''
    problems.push({ input, line, text: `is not YAML: ${reason ?? (error as Error).message}${tab}` })
    return undefined
  }
}
