import { cutText } from '../build/cut-text.ts'
import type { DataRecord, FieldValue, Tags } from '../build/data.ts'
import { parseInstant } from '../build/instant.ts'
import { explainUntyped, toFieldValue, ValueError } from '../build/value.ts'
import type { ValueType } from '../build/value-types.ts'
import type { CapturedData } from './data.ts'
import type { Miss } from './miss.ts'
import { nameRule, type RecordKeys } from './rules.ts'

type DataRule = CapturedData['rule']

/** Applies the keys of rules to their records: tags and times are taken out of the fields, and values get their types. */
export interface DataShaper {
  /**
   * A record without what the rule takes out of it, for a callback to fill.
   * @throws ValueError where its time is not one
   */
  toBase(found: CapturedData): DataRecord
  /** The record to store; undefined if nothing is left of it. */
  shape(found: CapturedData): CapturedData | undefined
  /** The misses of the records since the last call. */
  takeMisses(): Miss[]
  /** Notes about stored values: sentences. */
  readonly notes: ReadonlySet<string>
  /** Sentences about keys that rules name but no record had. */
  findUnused(): string[]
}

/** One shaper for all records of a build: it reports each key once. */
export function createDataShaper(): DataShaper {
  const uses = new Map<DataRule, Use>()
  const notes = new Set<string>()
  let misses: Miss[] = []

  function useOf(rule: DataRule): Use {
    const known = uses.get(rule)
    if (known !== undefined) return known
    const { tags, types, time } = rule
    const unused = new Set([...tags, ...types.keys(), ...(time === undefined ? [] : [time])])
    const use = { unused, noted: new Set<string>(), isEmpty: unused.size === 0 }
    uses.set(rule, use)
    return use
  }

  function note(rule: DataRule, key: string, text: string): void {
    useOf(rule).noted.add(key)
    notes.add(`${nameRule(rule)}: ${text}`)
  }

  return {
    toBase: ({ rule, record }) => takeOut(record, rule, useOf(rule).unused),
    shape({ rule, record }) {
      const use = useOf(rule)
      let base = record
      try {
        if (!use.isEmpty) base = takeOut(record, rule, use.unused)
      } catch (error) {
        misses.push({ rule, ...explain(error), level: 'warn' })
        return undefined
      }
      const { written, json: _, ...rest } = base
      const fields: [string, FieldValue][] = []
      for (const [key, value] of base.fields) {
        const type = rule.types.get(key)
        if (type !== undefined) use.unused.delete(key)
        try {
          const typed = readValue(value, type, written?.get(key))
          fields.push([key, typed])
          if (type !== undefined || use.noted.has(key)) continue
          const text = explainUntyped(typed, written?.get(key) ?? toText(typed), (type) => `"types: {${key}: ${type}}"`)
          if (text !== undefined) note(rule, key, `${JSON.stringify(key)} ${text}`)
        } catch (error) {
          const { reason } = explain(error)
          const cause = `${key} ${type ?? ''}`
          const text = `${JSON.stringify(key)} of "${record.name}" ${reason}`
          misses.push({ rule, reason: text, cause, level: 'warn', isPart: true })
        }
      }
      if (fields.length === 0 && base.fields.length > 0) return undefined
      for (const [key, value] of base.tags) {
        if (!/^".*"$/s.test(value) || use.noted.has(key)) continue
        note(
          rule,
          key,
          `the quotes around the value of the tag ${JSON.stringify(key)} are stored with it: write the value of a tag without quotes`,
        )
      }
      return { rule, record: { ...rest, fields } }
    },
    takeMisses() {
      const taken = misses
      misses = []
      return taken
    },
    notes,
    findUnused: () =>
      [...uses].flatMap(([rule, { unused }]) =>
        unused.size === 0 ? [] : [`${nameRule(rule)}: no record had ${listKeys(rule, unused)}.`],
      ),
  }
}

interface Use {
  /** Keys that the rule names but no record has had so far. */
  readonly unused: Set<string>
  readonly noted: Set<string>
  /** The rule names no keys at all. */
  readonly isEmpty: boolean
}

/** The record without the keys that become tags or its time. */
function takeOut(record: DataRecord, { tags, time }: RecordKeys, unused: Set<string>): DataRecord {
  const moved: [string, string][] = []
  const fields: [string, FieldValue][] = []
  let { timeNs } = record
  for (const [key] of record.tags) if (tags.includes(key)) unused.delete(key)
  for (const [key, value] of record.fields) {
    const text = record.written?.get(key)
    if (key === time) {
      unused.delete(key)
      timeNs = readTime(key, value, text)
    } else if (tags.includes(key)) {
      unused.delete(key)
      moved.push([key, text ?? toText(value)])
    } else fields.push([key, value])
  }
  const own = moved.length === 0 ? record.tags : joinTags(record.tags, moved)
  return { ...record, tags: own, fields, ...(timeNs === undefined ? {} : { timeNs }) }
}

/** If two tags have the same name, the last one counts. */
function joinTags(first: Tags, second: Tags): Tags {
  return [...new Map([...first, ...second])]
}

function readTime(key: string, value: FieldValue, written: string | undefined): bigint {
  const text = written ?? toText(value)
  const time = parseInstant(text)
  if (time !== undefined) return time
  const what = 'not a time: ISO 8601, or seconds, milliseconds, microseconds or nanoseconds since 1970'
  throw new ValueError(`${JSON.stringify(key)} is ${JSON.stringify(cutText(text, 60))}, ${what}`, { cause: key })
}

function readValue(value: FieldValue, type: ValueType | undefined, written: string | undefined): FieldValue {
  if (type !== undefined) return toFieldValue(isInteger(value) ? toText(value) : value, type, written)
  if (typeof value !== 'number' || Number.isFinite(value)) return value
  throw new ValueError(`is ${written ?? value}, not a finite 64-bit number`)
}

function isInteger(value: FieldValue): value is Exclude<FieldValue, number | string | boolean> {
  return typeof value === 'bigint' || typeof value === 'object'
}

function toText(value: FieldValue): string {
  return typeof value === 'object' ? String(value.value) : String(value)
}

function explain(error: unknown): { reason: string; cause?: string } {
  if (!(error instanceof ValueError)) throw error
  return typeof error.cause === 'string' ? { reason: error.message, cause: error.cause } : { reason: error.message }
}

/** `the key "name" of its tags`. */
function listKeys({ tags, types, time }: RecordKeys, keys: ReadonlySet<string>): string {
  const named = [...keys].map((key) => {
    const where = key === time ? 'time' : tags.includes(key) ? 'tags' : types.has(key) ? 'types' : ''
    return `the key ${JSON.stringify(key)}, which "${where}" names`
  })
  return named.join('; ')
}
