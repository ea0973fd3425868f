/** A text without quotes that YAML reads as a string in every context: it begins with a letter, and no character of it has a meaning. */
const plain = '[A-Za-z_](?:[\\w./*-]*[\\w/*])?'
const scalar = `(?:${plain}|'[^'\\n]*')`
const pair = `${plain}: +${scalar}`
/** The longest first. */
const item = `(?:${plain}: +\\{ *${pair}(?:, *${pair})* *\\}|${pair}|${plain})`
const blockItem = new RegExp(`^( *)- +(${item}) *$`)
const flowList = new RegExp(`^ *\\[ *${item}(?:, *${item})* *\\] *$`)
const blockEntry = new RegExp(`^( *)(${pair}) *$`)

/** What most inputs hold. */
export interface SimpleYaml {
  readonly value: unknown
  /** The line, from 1, of each key, or of each index as text. */
  readonly lines: ReadonlyMap<string, number>
}

/**
 * Parses the YAML that most inputs hold: a list of words and short maps, or a map of words. All values in it are strings.
 * Loading the parser for it would take a twentieth of the time of main.
 * @returns undefined for anything else, even if it is YAML
 */
export function parseSimpleYaml(text: string): SimpleYaml | undefined {
  const lines = text.split('\n').flatMap((line, index) => (line === '' ? [] : [{ line, number: index + 1 }]))
  const [first] = lines
  if (first === undefined) return undefined
  try {
    if (lines.length === 1 && flowList.test(first.line)) {
      const items = first.line.match(new RegExp(item, 'g')) ?? []
      return toList(items.map((one) => ({ text: one, number: first.number })))
    }
    const found = lines.map(({ line, number }) => ({ match: blockItem.exec(line), number }))
    const indent = found[0]?.match?.[1]
    if (indent !== undefined) {
      return found.every(({ match }) => match?.[1] === indent)
        ? toList(found.map(({ match, number }) => ({ text: match?.[2] ?? '', number })))
        : undefined
    }
    const entries = lines.map(({ line, number }) => ({ match: blockEntry.exec(line), number }))
    if (!entries.every(({ match }) => match !== null && match[1] === entries[0]?.match?.[1])) return undefined
    const value = toMap(entries.map(({ match }) => match?.[2] ?? ''))
    return { value, lines: new Map(Object.keys(value).map((key, index) => [key, entries[index]?.number ?? 1])) }
  } catch (error) {
    if (error instanceof NotSimple) return undefined
    throw error
  }
}

class NotSimple extends Error {}

function toList(items: readonly { text: string; number: number }[]): SimpleYaml {
  return {
    value: items.map(({ text }) => toItem(text)),
    lines: new Map(items.map(({ number }, index) => [`${index}`, number])),
  }
}

function toItem(text: string): unknown {
  const [, key = '', pairs] = /^([^:]+): +\{ *(.*?) *\}$/.exec(text) ?? []
  if (pairs !== undefined) return { [toScalar(key)]: toMap(pairs.match(new RegExp(pair, 'g')) ?? []) }
  return new RegExp(`^${pair}$`).test(text) ? toMap([text]) : toScalar(text)
}

function toMap(pairs: readonly string[]): Record<string, string> {
  const map = new Map(
    pairs.map((text): [string, string] => {
      const end = text.indexOf(':')
      return [toScalar(text.slice(0, end)), toScalar(text.slice(end + 1).trimStart())]
    }),
  )
  // A key that stands twice is an error of YAML.
  if (map.size < pairs.length || map.has('__proto__')) throw new NotSimple()
  return Object.fromEntries(map)
}

function toScalar(text: string): string {
  if (text.startsWith("'")) return text.slice(1, -1)
  // These are not text in YAML.
  if (/^(?:true|false|null)$/i.test(text)) throw new NotSimple()
  return text
}
