import type { Problem } from './problem.ts'

export type Path = readonly (string | number)[]

/** Parsed YAML: its value as plain data, and the line of every place in it. */
export interface Yaml {
  readonly value: unknown
  lineOf(path: Path): number | undefined
}

/** A megabyte of settings is a mistake; the runner's own limit for a file of workflow is half of that. */
const maxLength = 1_000_000

/**
 * Parses YAML, or JSON, which is YAML too. The parser is loaded only where an input holds something.
 * @returns undefined where it cannot be read; `problems` then has what is wrong, with its lines: syntax errors, duplicate
 *   keys, aliases without end.
 */
export async function parseYaml(input: string, text: string, problems: Problem[]): Promise<Yaml | undefined> {
  if (text.length > maxLength) {
    problems.push({ input, text: `is ${text.length} characters long; at most ${maxLength} are read` })
    return undefined
  }
  const { isCollection, isNode, LineCounter, parseDocument } = await import('yaml')
  const lineCounter = new LineCounter()
  const document = parseDocument(text, { lineCounter, prettyErrors: false })
  if (document.errors.length > 0) {
    for (const { pos, message } of document.errors) {
      problems.push({ input, line: lineCounter.linePos(pos[0]).line, text: message })
    }
    return undefined
  }
  try {
    return {
      value: document.toJS({ maxAliasCount: 100 }),
      lineOf(path) {
        // The nearest place that exists: a missing key is missing from somewhere.
        for (let length = path.length; length > 0; length--) {
          const start = findStart(document, path.slice(0, length))
          if (start !== undefined) return lineCounter.linePos(start).line
        }
        return undefined
      },
    }
  } catch (error) {
    problems.push({ input, text: `cannot be read as YAML: ${(error as Error).message}` })
    return undefined
  }

  function findStart(root: { getIn(path: Path, keepScalar: true): unknown }, path: Path): number | undefined {
    const parent = path.length > 1 ? root.getIn(path.slice(0, -1), true) : document.contents
    if (isCollection(parent)) {
      const key = path.at(-1)
      for (const item of parent.items) {
        if (typeof item === 'object' && item !== null && 'key' in item) {
          const node = item.key
          if (isNode(node) && String(node) === String(key)) return node.range?.[0]
        }
      }
    }
    const node = root.getIn(path, true)
    return isNode(node) ? node.range?.[0] : undefined
  }
}
