import { cutText } from '../build/cut-text.ts'
import type { DataRecord, FieldValue } from '../build/data.ts'
import { toFields } from '../build/fields.ts'
import { isObject, type Json, type JsonObject } from '../build/json.ts'
import { toFieldValue, ValueError } from '../build/value.ts'
import type { Captured, Captures } from './capture.ts'
import type { CapturedData } from './data.ts'
import { toPropertyValue } from './find-properties.ts'
import type { Miss } from './miss.ts'

/** A callback and its bindings, as a JSON object. */
export interface CallbackCall {
  readonly callback: string
  readonly input: JsonObject
  /** Its binding `props`: one object for many calls, which is sent once. */
  readonly props?: JsonObject
}

/** A regular expression of JavaScript, and a name to match at its start. The answer is a boolean. */
export interface MatchCall {
  readonly javascript: string
  readonly name: string
}

/** The result of a callback: a value (absent for nothing), or why it returned none. */
export type CallbackAnswer =
  | {
      readonly value?: Json
      /** Keys of numbers that are not finite, which are null in the value. */
      readonly notFinite?: readonly string[]
    }
  | { readonly failure: string }

/** Runs callbacks and matches in another process, each with a time limit. Answers are in the order of the calls. */
export type Run<Call> = (calls: readonly Call[]) => Promise<readonly CallbackAnswer[]>
export type RunCallbacks = Run<CallbackCall>
export type RunMatches = Run<MatchCall>
export type RunCalls = Run<CallbackCall | MatchCall>

/** Replaces the captured values by the results of their callbacks. */
export async function applyCallbacks(captures: Captures, run: RunCallbacks): Promise<Captures> {
  const calls = captures.captured.flatMap(toCall)
  if (calls.length === 0) return captures
  const answers = (await run(calls)).values()
  const captured: Captured[] = []
  const misses: Miss[] = [...captures.misses]
  for (const one of captures.captured) {
    const [call] = toCall(one)
    if (call === undefined) {
      captured.push(one)
      continue
    }
    try {
      const value = readAnswer(call, answers.next().value)
      captured.push({ ...one, value: toTypedValue(value, one.rule, call) })
    } catch (error) {
      if (!(error instanceof ValueError)) throw error
      misses.push({
        rule: one.rule,
        reason: one.missing === undefined ? error.message : `${one.missing}; ${error.message}`,
        ...toCause(error),
        level: one.rule.kind === 'property' ? one.rule.onMissing : 'warn',
      })
    }
  }
  return { ...captures, captured, misses }
}

/**
 * The same for data: a callback returns the whole field set, or a list of field sets.
 * @param toBase removes from a record what its rule takes out of it; the callback returns the rest
 */
export async function applyDataCallbacks(
  records: readonly (readonly CapturedData[])[],
  run: RunCallbacks,
  toBase: (found: CapturedData) => DataRecord = ({ record }) => record,
): Promise<{ captured: (readonly CapturedData[])[]; misses: Miss[] }> {
  const calls = records
    .flat()
    .flatMap(({ rule, record }): CallbackCall[] =>
      rule.callback === undefined ? [] : [{ callback: rule.callback, input: record.json ?? toInput(record) }],
    )
  if (calls.length === 0) return { captured: [...records], misses: [] }
  const answers = (await run(calls)).values()
  const remaining = calls.values()
  const misses: Miss[] = []
  const captured = records.flatMap((found) => {
    const plain = found.filter(({ rule }) => rule.callback === undefined)
    const made = found.flatMap((one): CapturedData[][] => {
      const { rule } = one
      if (rule.callback === undefined) return []
      const call = remaining.next().value as CallbackCall
      const answer = answers.next().value
      const miss = (error: ValueError) =>
        void misses.push({ rule, reason: error.message, ...toCause(error), level: 'warn' })
      try {
        const value = readAnswer(call, answer)
        for (const key of listNotFinite(answer)) miss(explainNotFinite(call, key))
        const base = toBase(one)
        const sets = Array.isArray(value) ? value : [value]
        return sets.map((set, index) => [{ rule, record: { ...later(base, index), ...toFieldSet(set, call) } }])
      } catch (error) {
        if (!(error instanceof ValueError)) throw error
        miss(error)
        return []
      }
    })
    return plain.length > 0 ? [plain, ...made] : made
  })
  return { captured, misses }
}

function listNotFinite(answer: CallbackAnswer | undefined): readonly string[] {
  return answer === undefined || 'failure' in answer ? [] : (answer.notFinite ?? [])
}

function explainNotFinite(call: CallbackCall, key: string): ValueError {
  const why = `returned a number that is not finite${key === '' ? '' : ` for ${JSON.stringify(key)}`}`
  return new ValueError(`${quoteCall(call)} ${why}`, { cause: why })
}

/** What went wrong, without the values that the callback received. */
function toCause({ cause }: ValueError): { cause?: string } {
  return typeof cause === 'string' ? { cause } : {}
}

function toCall(captured: Captured): CallbackCall[] {
  const { rule, input, props } = captured
  if (rule.callback === undefined || input === undefined) return []
  return [{ callback: rule.callback, input, ...(props === undefined ? {} : { props }) }]
}

function readAnswer(call: CallbackCall, answer: CallbackAnswer | undefined): Json {
  const fail = (why: string) => new ValueError(`${quoteCall(call)} ${why}`, { cause: why })
  if (answer === undefined) throw fail('was not run')
  if ('failure' in answer) throw fail(`failed: ${shorten(answer.failure)}`)
  if (answer.value === null && answer.notFinite?.length === 1) throw explainNotFinite(call, '')
  if (answer.value === undefined || answer.value === null) throw fail('returned nothing')
  return answer.value
}

function toTypedValue(value: Json, rule: Captured['rule'], call: CallbackCall): FieldValue {
  try {
    return rule.kind === 'property' ? toPropertyValue(rule, value) : toFieldValue(value, rule.type)
  } catch (error) {
    if (error instanceof ValueError) throw new ValueError(`${quoteCall(call)} returned a value that ${error.message}`)
    throw error
  }
}

function toFieldSet(value: Json, call: CallbackCall): Pick<DataRecord, 'fields'> {
  const { fields } = isObject(value) ? toFields(value) : { fields: [] }
  if (fields.length > 0) return { fields }
  const why = isObject(value)
    ? 'returned a map without values'
    : `returned ${nameKind(value)}: it must return a map, or a list of maps`
  throw new ValueError(`${quoteCall(call)} ${why}`, { cause: why })
}

function nameKind(value: Json): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  return typeof value === 'string' ? 'text' : `a ${typeof value}`
}

/** Records that a callback makes from one record have its tags and its time, each a nanosecond later: otherwise they would overwrite each other. */
function later({ json: _, written: __, ...record }: DataRecord, index: number): DataRecord {
  return record.timeNs === undefined ? record : { ...record, timeNs: record.timeNs + BigInt(index) }
}

/** The input of a data callback: the record's own values and tags; 64-bit integers as numbers. */
function toInput({ fields, tags }: DataRecord): JsonObject {
  const values = fields.map(([key, value]) => [key, toJson(value)] as const)
  return Object.fromEntries([...tags, ...values])
}

function toJson(value: FieldValue): Json {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'object' ? Number(value.value) : value
}

/** `callback "value * 2" on {"value":"x",...}`: the expression and its input, without `props`. */
function quoteCall({ callback, input }: CallbackCall): string {
  return `callback ${JSON.stringify(shorten(callback))} on ${shorten(JSON.stringify(input))}`
}

function shorten(text: string): string {
  return cutText(text, 200)
}
