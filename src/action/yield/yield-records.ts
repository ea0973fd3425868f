import type { FieldValue, Tags } from '../../build/data.ts'
import { isDeep } from '../../build/depth.ts'
import { toFields } from '../../build/fields.ts'
import { isObject, type Json, type JsonObject } from '../../build/json.ts'
import { type JsonLine, type JsonProblem, parseJsonLines } from '../../build/json-text.ts'
import { showValue } from '../../build/show-value.ts'
import { maxDepth, maxFieldBytes, maxLineCharacters } from '../../limits.ts'
import { toLine } from '../../line-protocol/writer.ts'
import { cleanKey, cleanName, cleanTag, cleanText } from '../../point/clean.ts'
import { JsonFileError, readJsonFile } from '../../runner/json-file.ts'
import { toPlainData } from '../../settings/plain-data.ts'
import type { SettingProblem } from '../../settings/problem.ts'
import { parseYaml } from '../../settings/yaml.ts'

/** Nothing is cut before the end of the job, when all secrets are known: a cut could leave a part of one. */
const uncut = Number.POSITIVE_INFINITY

/** A record as it was given, and its name and the names of its keys in messages. */
export interface GivenRecord {
  readonly value: Json
  readonly input: 'data' | 'file'
  /** `record 2 ` if there are several. */
  readonly label: string
  lineOf(key?: string): number | undefined
}

/** The records of `data`: YAML, JSON, or one JSON value per line. */
export async function parseData(text: string, problems: SettingProblem[]): Promise<GivenRecord[]> {
  // Output of tools is read as JSON: YAML has other escapes, and refuses a map with a duplicate key.
  if (/^\uFEFF?\s*[{[]/.test(text)) {
    try {
      const { values, problems: wrong } = parseJsonLines(text)
      return [...values, ...wrong].flatMap((one) => toRecords(one, 'data', problems))
    } catch {
      // It may still be YAML in flow style.
    }
  }
  const yaml = await parseYaml('data', text, problems, 'plain')
  if (yaml === undefined) return []
  const value = toPlainData(yaml.value)
  const at = (...path: (string | number | undefined)[]) => yaml.lineOf(path.filter((part) => part !== undefined))
  if (!isList(value)) return [{ value, input: 'data', label: '', lineOf: (key) => at(key) }]
  return value.map((one, index) => {
    return { value: one, input: 'data', label: `record ${index + 1} `, lineOf: (key) => at(index, key) }
  })
}

/** The records of a file, one after the other. */
export function* readFileRecords(path: string, problems: SettingProblem[]): Generator<GivenRecord> {
  try {
    for (const one of readJsonFile(path)) yield* toRecords(one, 'file', problems)
  } catch (error) {
    if (!(error instanceof JsonFileError)) throw error
    problems.push({ input: 'file', text: `${path} ${error.message}` })
  }
}

function toRecords(
  one: JsonLine | JsonProblem,
  input: GivenRecord['input'],
  problems: SettingProblem[],
): GivenRecord[] {
  const { line } = one
  const lineOf = () => line
  if ('reason' in one) {
    problems.push({ input, line, text: `is not JSON: ${one.reason}` })
    return []
  }
  const { value } = one
  if (!isList(value)) return [{ value, input, label: '', lineOf }]
  return value.map((item, index) => ({ value: item, input, label: `record ${index + 1} `, lineOf }))
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

/**
 * A record as a line of $BUILD_STATS, without a time, sanitised for line protocol; undefined if there is nothing
 * to store. Invalid values are left out.
 */
export function toYieldLine(
  name: string,
  tags: Tags,
  { value, input, label, lineOf }: GivenRecord,
  problems: SettingProblem[],
): string | undefined {
  const problem = (text: string, key?: string) =>
    void problems.push({ input, line: lineOf(key), text: `${label}${text}` })
  if (!isObject(value)) {
    problem(`must be a map of values${label === '' ? ', or a list of such maps' : ''}, but is ${showValue(value)}`)
    return undefined
  }
  if (isDeep(value)) {
    problem(`cannot be stored: it is nested deeper than ${maxDepth} levels`)
    return undefined
  }
  const read = toFields(value as JsonObject)
  const fields = new Map<string, FieldValue>()
  const written = new Map<string, string>()
  for (const [key, field] of read.fields) {
    const clean = key === 'time' ? key : cleanKey(key, uncut)
    const text = read.written?.get(key)
    if (tags.some(([tag]) => tag === clean))
      problem(`contains "${key}", which is also in tags: only the tag is stored`, key)
    else if (typeof field === 'number' && !Number.isFinite(field)) {
      problem(`contains "${key}", which is ${text ?? field}, not a finite 64-bit number: it is left out`, key)
    } else {
      fields.set(clean, typeof field === 'string' ? cleanText(field) : field)
      if (text === undefined) written.delete(clean)
      else written.set(clean, text)
    }
  }
  if (read.fields.length === 0) problem('has no values other than null')
  const point = { measurement: cleanName(name, uncut), tags }
  const line = toLine({ ...point, fields: [...fields] }, 'u', written)
  if (line.length <= maxLineCharacters) return line === '' ? undefined : line
  for (const [key, field] of fields) {
    if (typeof field !== 'string' || field.length <= maxFieldBytes) continue
    const remedy = 'if it is a list of records, yield the list itself'
    problem(`contains "${key}", which has ${field.length} characters: it is left out; ${remedy}`, key)
    fields.delete(key)
  }
  const rest = toLine({ ...point, fields: [...fields] }, 'u', written)
  if (rest.length <= maxLineCharacters) return rest === '' ? undefined : rest
  problem(`is too long: its line may have at most ${maxLineCharacters} characters`)
  return undefined
}

/** The tags of all records, sanitised for line protocol. */
export function cleanTags(given: Tags): Tags {
  const tags = given.map(([key, value]) => [cleanKey(key, uncut), cleanTag(value, uncut)] as const)
  return [...new Map(tags.filter(([, value]) => value !== ''))]
}
