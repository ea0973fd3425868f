import type { DataRecord } from '../build/data.ts'
import { isDeep } from '../build/depth.ts'
import { type RawFields, toFields } from '../build/fields.ts'
import { isObject, type Json, type JsonObject } from '../build/json.ts'
import { explainJson, type JsonLine, parseJsonLines } from '../build/json-text.ts'
import type { Properties } from '../build/properties.ts'
import { maxDepth } from '../limits.ts'
import { explainClash } from './find-properties.ts'
import type { DataRule } from './kinds/data.ts'
import type { ReportRule } from './kinds/report.ts'
import { appliesTo, type KnownMatches, matchesName } from './matching.ts'
import type { Miss } from './miss.ts'
import type { Rule } from './rules.ts'

/** A record that a rule captured, as it was yielded; shape.ts applies the rule's keys. */
export interface CapturedData {
  readonly rule: DataRule | ReportRule
  readonly record: DataRecord
}

/** Captures what steps yielded through $BUILD_STATS, record by record. Rules are matched once for each name. */
export function createDataCapture(
  builder: string,
  rules: readonly Rule[],
  known?: KnownMatches,
): (record: DataRecord) => CapturedData[] {
  const applying = dataRules(builder, rules)
  const byName = new Map<string, readonly DataRule[]>()
  return (record) => {
    let matching = byName.get(record.name)
    if (matching === undefined) {
      matching = applying.filter(({ match }) => matchesName(match, record.name, known))
      byName.set(record.name, matching)
    }
    return matching.map((rule) => ({ rule, record }))
  }
}

/** The captured records of step outputs. */
export interface CapturedOutputs {
  /** For each record, one entry for each rule that names its output. */
  readonly captured: readonly (readonly CapturedData[])[]
  readonly misses: readonly Miss[]
  readonly warnings: readonly string[]
  /** For each name that rules ask for but whose output was not a record, a clause that says what it was; empty if a miss reports it. */
  readonly empty: ReadonlyMap<string, string>
}

/** Captures step outputs that hold JSON records. An output is data only for a rule that names it. */
export function captureOutputs(builder: string, rules: readonly Rule[], properties: Properties): CapturedOutputs {
  const captured: CapturedData[][] = []
  const misses: Miss[] = []
  const warnings: string[] = []
  const empty = new Map<string, string>()
  const byName = Map.groupBy(dataRules(builder, rules), ({ match }) => ('name' in match ? match.name : undefined))
  for (const [name, naming] of byName) {
    const property = name === undefined ? undefined : properties.find(name)
    if (name === undefined || property === undefined) continue
    const clash = explainClash(properties, name)
    if (clash !== undefined) warnings.push(clash)
    const { records, problem } = parseRecords(name, property.value)
    if (problem !== undefined) misses.push(...naming.map((rule) => ({ rule, reason: problem, level: 'warn' as const })))
    if (records.length === 0)
      empty.set(name, problem === undefined ? `${property.path} ${explainNone(property.value)}` : '')
    captured.push(...records.map((record) => naming.map((rule) => toCaptured(rule, record))))
  }
  return { captured, misses, warnings, empty }
}

/**
 * Step outputs that hold JSON records, where no rules are given: the default captures all other data, so its user may expect these,
 * too. A matrix for later jobs (`include`) is not data.
 */
export function findUncapturedOutputs(rules: readonly Rule[], properties: Properties): string[] {
  // Only rules of the default have no line.
  if (rules.length === 0 || rules.some(({ line }) => line !== undefined)) return []
  return properties.listed.flatMap(({ path, shortName, value }) => {
    const looksRight = typeof value === 'string' && /^\s*(\{|\[\s*\{)/.test(value) && value.length < maxHintCharacters
    if (!looksRight || shortName === undefined || !path.startsWith('steps.')) return []
    const { records, problem } = parseRecords(shortName, value)
    const isMatrix = records.some(({ json }) => isObject(json) && isList(json.include))
    return records.length === 0 || problem !== undefined || isMatrix ? [] : [shortName]
  })
}

/** A longer output is not parsed for a hint. */
const maxHintCharacters = 10_000

function explainNone(value: Json): string {
  return typeof value === 'string' && value.trim() !== '' ? `is ${value.trim()}: an empty list` : 'is empty'
}

/** The record before it was flattened, which only callbacks need. */
function toCaptured(rule: DataRule | ReportRule, { json, ...record }: DataRecord): CapturedData {
  return { rule, record: rule.callback === undefined || json === undefined ? record : { ...record, json } }
}

/** Captures a record of a report, which rules for data do not match. A JSON record has no fields yet; a problem with it is a clause. */
export function captureReport(rule: ReportRule, record: DataRecord): CapturedData | string {
  const read = record.json === undefined ? record : toRawFields(record.json)
  return typeof read === 'string' ? read : toCaptured(rule, { ...record, ...read })
}

export function dataRules(builder: string, rules: readonly Rule[]): DataRule[] {
  return rules.filter((rule) => rule.kind === 'data').filter((rule) => appliesTo(rule, builder))
}

/** The records of an output, and the problem of the first invalid one. Invalid records do not affect the others. */
function parseRecords(name: string, value: Json): { records: DataRecord[]; problem: string | undefined } {
  if (value === null || (typeof value === 'string' && value.trim() === '')) return { records: [], problem: undefined }
  const what = `the value of "${name}" is not a JSON object, a list of objects, or one object per line`
  const { values, wrong } = readValues(value)
  if (values === undefined) return { records: [], problem: `${what}: ${wrong[0]}` }
  const [only] = values
  if (values.length === 1 && only?.line === undefined && !isList(only?.value) && !isObject(only?.value)) {
    return { records: [], problem: what }
  }
  const items = values.flatMap(({ value, line }) => {
    if (line !== undefined) return (isList(value) ? value : [value]).map((item) => ({ item, where: `line ${line}` }))
    return (isList(value) ? value : [value]).map((item, index) => ({ item, where: `record ${index + 1}` }))
  })
  const records: DataRecord[] = []
  for (const { item, where } of items) {
    const read = toRawFields(item)
    if (typeof read === 'string') wrong.push(`${where} of "${name}" ${read}`)
    else records.push({ name, tags: [], ...read, json: item as JsonObject })
  }
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more of ${items.length})` : ''
  return { records, problem: wrong[0] === undefined ? undefined : `${wrong[0]}${more}` }
}

/** The records in a value, and the numbers of its lines that are not JSON. */
function readValues(value: Json): { values?: JsonLine[]; wrong: string[] } {
  if (typeof value !== 'string') return { values: [{ value }], wrong: [] }
  try {
    const { values, problems } = parseJsonLines(value)
    return { values, wrong: problems.map(({ line, reason }) => `line ${line} is not JSON: ${reason}`) }
  } catch (error) {
    return { wrong: [explainJson(error as Error)] }
  }
}

function isList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

function toRawFields(item: Json): RawFields | string {
  if (!isObject(item)) return 'is not a JSON object'
  if (isDeep(item)) return `is nested deeper than ${maxDepth} levels`
  const read = toFields(item)
  return read.fields.length === 0 ? 'has no values' : read
}
