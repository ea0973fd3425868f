import { Worker } from 'node:worker_threads'
import jsonata from 'jsonata'
import type { CallbackAnswer, CallbackCall } from './capture/callback.ts'

/**
 * The process in which callbacks run: it has no environment, a bound to its memory, and is ended from outside when a call
 * takes too long. A process and not a thread, since a thread that runs out of memory takes its process with it. JSONata
 * itself reaches nothing but its input.
 */

/** A field holds 64 kB; more than this is no statistic. */
const maxLength = 1_000_000

const maxFailureLength = 300

const compiled = new Map<string, jsonata.Expression>()

async function run({ callback, input }: CallbackCall): Promise<CallbackAnswer> {
  try {
    let expression = compiled.get(callback)
    if (expression === undefined) {
      expression = jsonata(callback)
      compiled.set(callback, expression)
    }
    const text = JSON.stringify(await expression.evaluate(input), (_, value) => (isFunction(value) ? undefined : value))
    if (text === undefined) return {}
    return text.length > maxLength ? { failure: `it gave ${text.length} characters` } : { value: JSON.parse(text) }
  } catch (error) {
    const failure = (error as { message?: string }).message ?? String(error)
    return { failure: failure.length > maxFailureLength ? `${failure.slice(0, maxFailureLength)}…` : failure }
  }
}

/** JSONata's functions are objects, which no field holds. */
function isFunction(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('_jsonata_function' in value || '_jsonata_lambda' in value)
}

/**
 * A callback that never ends leaves this thread no time to see that its parent has gone: another one looks. The parent says
 * who it is, since it may be gone before this process asks.
 */
const watch = `setInterval(() => process.ppid === ${Number(process.argv[2])} || process.kill(process.pid, 'SIGKILL'), 500)`
new Worker(watch, { eval: true }).unref()

process.on('message', async (call: CallbackCall) => process.send?.(await run(call)))
process.send?.('ready')
