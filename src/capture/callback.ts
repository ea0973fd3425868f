import type { FieldValue } from '../build/data.ts'
import { isObject, type Json, type JsonObject } from '../build/json.ts'
import type { Captured, Captures, Miss } from './capture.ts'
import { type CapturedData, toFields } from './data.ts'
import type { Rule } from './rules.ts'
import { toFieldValue, ValueError } from './value.ts'

/** A callback and what it is given: its bindings, as a JSON object. */
export interface CallbackCall {
  readonly callback: string
  readonly input: JsonObject
}

/** What a callback gave: a value (absent: nothing), or why it gave none. */
export type CallbackAnswer = { readonly value?: Json } | { readonly failure: string }

/** Runs callbacks, out of reach of this process, each for a second at most. The answers are in the order of the calls. */
export type RunCallbacks = (calls: readonly CallbackCall[]) => Promise<readonly CallbackAnswer[]>

/** Replaces what the rules found by what their callbacks make of it. */
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
      const type = one.rule.kind === 'property' && one.rule.tag === undefined ? one.rule.type : undefined
      captured.push({ ...one, value: toFieldValue(readAnswer(call, answers.next().value), type) })
    } catch (error) {
      if (!(error instanceof ValueError)) throw error
      misses.push({
        rule: one.rule,
        reason: error.message,
        level: one.rule.kind === 'property' ? one.rule.onMissing : 'warn',
      })
    }
  }
  return { ...captures, captured, misses }
}

/** The same for data: a callback gives the whole field set, or a list of them. */
export async function applyDataCallbacks(
  records: readonly (readonly CapturedData[])[],
  run: RunCallbacks,
): Promise<{ captured: (readonly CapturedData[])[]; misses: Miss[] }> {
  const calls = records
    .flat()
    .flatMap(({ rule, record }): CallbackCall[] =>
      rule.callback === undefined ? [] : [{ callback: rule.callback, input: toInput(record.fields, record.tags) }],
    )
  if (calls.length === 0) return { captured: [...records], misses: [] }
  const answers = (await run(calls)).values()
  const remaining = calls.values()
  const misses: Miss[] = []
  const captured = records.flatMap((found) => {
    const plain = found.filter(({ rule }) => rule.callback === undefined)
    const made = found.flatMap(({ rule, record }): CapturedData[][] => {
      if (rule.callback === undefined) return []
      const call = remaining.next().value as CallbackCall
      try {
        const value = readAnswer(call, answers.next().value)
        const sets = Array.isArray(value) ? value : [value]
        return sets.map((set) => [{ rule, record: { ...record, fields: toFieldSet(set, call) } }])
      } catch (error) {
        if (!(error instanceof ValueError)) throw error
        misses.push({ rule, reason: error.message, level: 'warn' })
        return []
      }
    })
    return plain.length > 0 ? [plain, ...made] : made
  })
  return { captured, misses }
}

function toCall(captured: Captured): CallbackCall[] {
  const { callback } = captured.rule
  if (callback === undefined || captured.input === undefined) return []
  return [{ callback, input: captured.input }]
}

function readAnswer(call: CallbackCall, answer: CallbackAnswer | undefined): Json {
  if (answer === undefined) throw new ValueError(`${quoteCall(call)} was not run`)
  if ('failure' in answer) throw new ValueError(`${quoteCall(call)} failed: ${answer.failure}`)
  if (answer.value === undefined || answer.value === null) throw new ValueError(`${quoteCall(call)} gave nothing`)
  return answer.value
}

function toFieldSet(value: Json, call: CallbackCall) {
  const fields = isObject(value) ? toFields(value) : []
  if (fields.length === 0)
    throw new ValueError(`${quoteCall(call)} gave no fields: it must give a map, or a list of maps`)
  return fields
}

/** What a data callback sees: the record's own values, tags included; 64-bit integers as numbers. */
function toInput(fields: CapturedData['record']['fields'], tags: CapturedData['record']['tags']): JsonObject {
  const values = fields.map(([key, value]) => [key, toJson(value)] as const)
  return Object.fromEntries([...tags, ...values])
}

function toJson(value: FieldValue): Json {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'object' ? Number(value.value) : value
}

/** `callback "value * 2" on {"value":"x",...}`: the expression, and what it was given. */
function quoteCall({ callback, input }: CallbackCall): string {
  const { props: _, ...shown } = input
  return `callback ${JSON.stringify(shorten(callback))} on ${shorten(JSON.stringify(shown))}`
}

function shorten(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text
}

/** Whether a rule needs the runner of callbacks at all. */
export function hasCallback(rules: readonly Rule[]): boolean {
  return rules.some(({ callback }) => callback !== undefined)
}
