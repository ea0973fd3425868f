import type { SettingProblem } from './problem.ts'
import { parseYaml, type Scalars, type Yaml } from './yaml.ts'

type Parts = Pick<Yaml, 'value' | 'lineOf'>

/** The remedy for untrusted text. */
// biome-ignore lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
const remedy = 'pass untrusted text as ${{ toJSON(…) }}, so that it is one value'

/** Messages of the parser for a value that is not closed. Usually its author forgot the quote or bracket. */
const unclosed = /ends within|end of the stream within/

/**
 * Parses YAML. If the text as a whole is not YAML, usually because it contains untrusted text, it parses each entry or item separately,
 * and an invalid one is left out.
 * @param lost problems of entries that are not YAML
 * @param isForeign whether a text is untrusted
 * @returns undefined if the text is not YAML and has no entries in block style
 */
export async function parseYamlParts(
  input: string,
  text: string,
  problems: SettingProblem[],
  lost: SettingProblem[],
  scalars: Scalars = 'typed',
  isForeign: (text: string) => boolean = () => false,
): Promise<Parts | undefined> {
  const found: SettingProblem[] = []
  const yaml = await parseYaml(input, text, found, scalars)
  if (yaml !== undefined) return yaml
  const parts = splitParts(text)
  if (parts.length === 0 || !found.every((one) => one.text.startsWith('is not YAML'))) {
    // A map in flow style is left out as a whole.
    if (/^\s*\{[^}]*:/.test(text)) lost.push(...found.map(addRemedy))
    else problems.push(...found)
    return undefined
  }
  const read: { line: number; yaml: Yaml }[] = []
  for (const { line, text: part } of parts) {
    const wrong: SettingProblem[] = []
    const parsed = await parseYaml(input, part, wrong, scalars)
    for (const one of wrong) {
      const told = addRemedy({ ...one, line: line + (one.line ?? 1) - 1 })
      const isMistake = unclosed.test(one.text) && !isForeign(part.replace(/^.*?: /s, '').trim())
      ;(isMistake ? problems : lost).push(told)
    }
    if (parsed !== undefined) read.push({ line, yaml: parsed })
  }
  return parts.every(({ isItem }) => isItem) ? joinItems(read) : joinEntries(read, input, problems)
}

function addRemedy(problem: SettingProblem): SettingProblem {
  return { ...problem, text: `${problem.text}; ${remedy}` }
}

interface Part {
  readonly line: number
  readonly text: string
  readonly isItem: boolean
}

/** A quoted or plain key, and a colon with a space or nothing after it. */
const entry = /^(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#{}[\],&*!|>%@`:-][^:#]*):(?: |$)/
const item = /^-(?: |$)/

/** Splits a map or list in block style into entries or items, each with all lines up to the next one. */
function splitParts(text: string): Part[] {
  const lines = text.split(/\r\n|\r|\n/)
  const first = lines.find((line) => /^ *[^\s#]/.test(line)) ?? ''
  const indent = /^ */.exec(first)?.[0] ?? ''
  const isItem = item.test(first.slice(indent.length))
  const isStart = (line: string) => line.startsWith(indent) && (isItem ? item : entry).test(line.slice(indent.length))
  const starts = lines.flatMap((line, index) => (isStart(line) ? [index] : []))
  return starts.map((start, index) => {
    return { line: start + 1, text: lines.slice(start, starts[index + 1]).join('\n'), isItem }
  })
}

function joinItems(read: readonly { line: number; yaml: Yaml }[]): Parts {
  return {
    value: read.map(({ yaml }) => (yaml.value as unknown[])[0]),
    lineOf([index, ...rest]) {
      const part = read[Number(index)]
      return part && part.line + (part.yaml.lineOf([0, ...rest]) ?? 1) - 1
    },
  }
}

/** The first of two entries with one name counts: the second may be part of untrusted text before it. */
function joinEntries(read: readonly { line: number; yaml: Yaml }[], input: string, problems: SettingProblem[]): Parts {
  const entries = new Map<string, { line: number; yaml: Yaml; value: unknown }>()
  for (const { line, yaml } of read) {
    for (const [key, value] of Object.entries(yaml.value ?? {})) {
      if (!entries.has(key)) entries.set(key, { line, yaml, value })
      else problems.push({ input, line, text: 'is not YAML: duplicated mapping key' })
    }
  }
  return {
    value: Object.fromEntries([...entries].map(([key, { value }]) => [key, value])),
    lineOf(path) {
      const part = entries.get(String(path[0]))
      return part && part.line + (part.yaml.lineOf(path) ?? 1) - 1
    },
  }
}
