import jsonata from 'jsonata'
import type { CallbackAnswer, CallbackCall } from './capture/callback.ts'

/**
 * The process in which callbacks run: it has no environment, a bound to its memory, and is ended from outside when a call
 * takes too long. A process and not a thread, since a thread that runs out of memory takes its process with it. JSONata
 * itself reaches nothing but its input.
 */

/** A field holds 64 kB; more than this is no statistic. */
const maxLength = 1_000_000

const compiled = new Map<string, jsonata.Expression>()

async function run({ callback, input }: CallbackCall): Promise<CallbackAnswer> {
  try {
    let expression = compiled.get(callback)
    if (expression === undefined) {
      expression = jsonata(callback)
      compiled.set(callback, expression)
    }
    const text = JSON.stringify(await expression.evaluate(input))
    if (text === undefined) return {}
    return text.length > maxLength ? { failure: `it gave ${text.length} characters` } : { value: JSON.parse(text) }
  } catch (error) {
    return { failure: (error as { message?: string }).message ?? String(error) }
  }
}

async function answerAll(calls: readonly CallbackCall[]): Promise<void> {
  for (const call of calls) process.send?.(await run(call))
}

process.on('message', (calls: readonly CallbackCall[]) => void answerAll(calls))
