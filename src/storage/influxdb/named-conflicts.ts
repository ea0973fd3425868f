import type { Answer } from './answer.ts'
import { unquoteGo } from './go-quote.ts'

/** A field that an answer names. */
export interface NamedConflict {
  /** Undefined if the answer does not name it. */
  readonly measurement: string | undefined
  readonly field: string
  /** Types as InfluxDB names them; empty if the answer does not name them. */
  readonly given: string
  readonly existing: string
}

/** The form of a message about a conflict: the texts between its parts, and the meaning of the parts. */
interface Sentence {
  readonly texts: readonly string[]
  readonly parts: readonly (keyof NamedConflict)[]
}

/** 1.x and 2.x; QuestDB. */
const sentences: readonly Sentence[] = [
  {
    texts: ['input field "', '" on measurement "', '" is type ', ', already exists as type '],
    parts: ['field', 'measurement', 'given', 'existing'],
  },
  {
    texts: ['table: ', ', column: ', '; cast error from protocol type: ', ' to column type: '],
    parts: ['measurement', 'field', 'given', 'existing'],
  },
]

/** 3.x calls a field a column, and names its line. */
const ofLine: Sentence = {
  texts: ["column type for column '", "', expected iox::column_type::", ', got iox::column_type::'],
  parts: ['field', 'existing', 'given'],
}
const ofCutLine: Sentence = { texts: ofLine.texts.slice(0, 2), parts: ['field', 'existing'] }

/** The number of messages that are read is limited, so that any answer takes linear time. */
const maxSentences = 200
const maxReadings = 4
const maxLength = 8000

/**
 * Reads the conflicts that an answer names. A quote in a name cannot be told from the closing quote, and newer servers quote names as
 * Go does, so every possible reading is returned. The caller compares them with the lines that were sent.
 * @param measurementOf the measurement of a line of the request, from 1
 */
export function readConflicts(
  { text, rejected }: Answer,
  measurementOf: (line: number) => string | undefined,
): NamedConflict[] {
  const unquoted = unquoteGo(text)
  const texts = unquoted === text ? [text] : [text, unquoted]
  const listed = rejected.flatMap(({ line, reason }) =>
    readLine(reason).map((one) => ({ ...one, measurement: measurementOf(line) })),
  )
  const alone = rejected.length === 0 ? readLine(text) : []
  return [
    ...texts.flatMap((one) => sentences.flatMap((sentence) => readSentences(one, sentence))),
    ...[...listed, ...alone],
  ]
}

function readLine(text: string): NamedConflict[] {
  const whole = readSentences(text, ofLine)
  return whole.length > 0 ? whole : readSentences(text, ofCutLine)
}

function readSentences(text: string, { texts, parts }: Sentence): NamedConflict[] {
  const found: NamedConflict[] = []
  const [first = '', ...others] = texts
  let at = text.indexOf(first)
  for (let count = 0; at >= 0 && count < maxSentences; count++) {
    const from = at + first.length
    for (const values of readParts(text.slice(from, from + maxLength), others)) {
      const said = Object.fromEntries(parts.map((part, index) => [part, values[index] ?? '']))
      const { measurement, field = '', given = '', existing = '' } = said
      found.push({ measurement, field, given: toType(given), existing: toType(existing) })
    }
    at = text.indexOf(first, from)
  }
  return found
}

/** All ways to split a text at these separators; the last part is a single word. */
function readParts(text: string, [next, ...others]: readonly string[]): string[][] {
  if (next === undefined) return [[/^[\w:]+/.exec(text)?.[0] ?? '']]
  const readings: string[][] = []
  let at = text.indexOf(next)
  for (let count = 0; at >= 0 && count < maxReadings; count++) {
    const part = text.slice(0, at)
    for (const rest of readParts(text.slice(at + next.length), others)) readings.push([part, ...rest])
    at = text.indexOf(next, at + 1)
  }
  return readings
}

const types: Readonly<Record<string, string>> = {
  uinteger: 'unsigned',
  // The types of QuestDB.
  double: 'float',
  long: 'integer',
  int: 'integer',
  varchar: 'string',
  symbol: 'string',
}

function toType(name: string): string {
  const short = name.replace(/^field::/, '').toLowerCase()
  return types[short] ?? short
}
