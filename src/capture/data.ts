import type { DataRecord, Fields, FieldValue, Tags } from '../build/data.ts'
import { isDeep } from '../build/depth.ts'
import { toFields } from '../build/fields.ts'
import { isObject, type Json, type JsonObject } from '../build/json.ts'
import type { Properties } from '../build/properties.ts'
import { maxDepth } from '../limits.ts'
import { explainClash, type Miss } from './capture.ts'
import { appliesTo, type KnownMatches, matchesName } from './matching.ts'
import type { DataRule, ReportRule, Rule } from './rules.ts'

/** A record that a rule captured: the rule's tags are taken out of its fields. */
export interface CapturedData {
  readonly rule: DataRule | ReportRule
  readonly record: DataRecord
}

/** Captures what steps yielded through $BUILD_STATS, record by record. Rules are matched once a name. */
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
    return matching.map((rule) => ({ rule, record: moveTags(record, rule.tags) }))
  }
}

/** What the rules made of the records that step outputs hold. */
export interface CapturedOutputs {
  /** For each record, one entry a rule that names its output. */
  readonly captured: readonly (readonly CapturedData[])[]
  readonly misses: readonly Miss[]
  readonly warnings: readonly string[]
}

/** Captures step outputs that hold JSON records. An output is data only for a rule that names it. */
export function captureOutputs(builder: string, rules: readonly Rule[], properties: Properties): CapturedOutputs {
  const captured: CapturedData[][] = []
  const misses: Miss[] = []
  const warnings: string[] = []
  const byName = Map.groupBy(dataRules(builder, rules), ({ match }) => ('name' in match ? match.name : undefined))
  for (const [name, naming] of byName) {
    const property = name === undefined ? undefined : properties.find(name)
    if (name === undefined || property === undefined || property.value === '' || property.value === null) continue
    const clash = explainClash(properties, name)
    if (clash !== undefined) warnings.push(clash)
    const { records, problem } = parseRecords(name, property.value)
    if (problem !== undefined) misses.push(...naming.map((rule) => ({ rule, reason: problem, level: 'warn' as const })))
    captured.push(...records.map((record) => naming.map((rule) => ({ rule, record: toCaptured(record, rule) }))))
  }
  return { captured, misses, warnings }
}

/** A callback sees the record as it was yielded; else the rule's tags are taken out of its fields. */
function toCaptured({ json, ...record }: DataRecord, rule: DataRule | ReportRule): DataRecord {
  const moved = moveTags(record, rule.tags)
  return rule.callback === undefined || json === undefined ? moved : { ...moved, json }
}

/** A record of a report, which no rule for data sees. One that is JSON has no fields yet; what is wrong with it is a clause. */
export function captureReport(rule: ReportRule, record: DataRecord): CapturedData | string {
  const fields = record.json === undefined ? record.fields : toFieldsOrProblem(record.json)
  return typeof fields === 'string' ? fields : { rule, record: toCaptured({ ...record, fields }, rule) }
}

export function dataRules(builder: string, rules: readonly Rule[]): DataRule[] {
  return rules.filter((rule) => rule.kind === 'data').filter((rule) => appliesTo(rule, builder))
}

/** The records of an output, and what is wrong with the first that is none: it costs itself alone. */
function parseRecords(name: string, value: Json): { records: DataRecord[]; problem: string | undefined } {
  let json = value
  if (typeof value === 'string') {
    try {
      json = JSON.parse(value)
    } catch (error) {
      const problem = `the value of "${name}" is no JSON object or list of objects: ${(error as Error).message}`
      return { records: [], problem }
    }
  }
  if (!Array.isArray(json) && !isObject(json)) {
    return { records: [], problem: `the value of "${name}" is no JSON object or list of objects` }
  }
  const list: readonly Json[] = Array.isArray(json) ? json : [json]
  const records: DataRecord[] = []
  const wrong: string[] = []
  for (const [index, item] of list.entries()) {
    const fields = toFieldsOrProblem(item)
    if (typeof fields === 'string') wrong.push(`record ${index + 1} of "${name}" ${fields}`)
    else records.push({ name, tags: [], fields, json: item as JsonObject })
  }
  const more = wrong.length > 1 ? ` (and ${wrong.length - 1} more of ${list.length})` : ''
  return { records, problem: wrong[0] === undefined ? undefined : `${wrong[0]}${more}` }
}

function toFieldsOrProblem(item: Json): Fields | string {
  if (!isObject(item)) return 'is no JSON object'
  if (isDeep(item)) return `is nested deeper than ${maxDepth} levels`
  try {
    const { fields } = toFields(item)
    const lost = fields.find(([, value]) => typeof value === 'number' && !Number.isFinite(value))
    if (lost !== undefined) return 'holds a number beyond 64-bit floats'
    return fields.length === 0 ? 'has no values' : fields
  } catch (error) {
    return (error as Error).message
  }
}

function moveTags(record: DataRecord, keys: readonly string[]): DataRecord {
  if (keys.length === 0) return record
  const moved: Tags = record.fields.filter(([key]) => keys.includes(key)).map(([key, value]) => [key, toTag(value)])
  const fields = record.fields.filter(([key]) => !keys.includes(key))
  return { ...record, tags: [...record.tags, ...moved], fields }
}

function toTag(value: FieldValue): string {
  return typeof value === 'object' ? String(value.value) : String(value)
}
