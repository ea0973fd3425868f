import { Worker } from 'node:worker_threads'
import jsonata from 'jsonata'
import { cutText } from './build/cut-text.ts'
import type { JsonObject } from './build/json.ts'
import type { CallbackAnswer, CallbackCall, MatchCall } from './capture/callback.ts'
import { callbackAnswerCharacters, callbackFailureCharacters, maxAlike } from './limits.ts'
import type { Message } from './runner/callbacks.ts'

/**
 * The process in which callbacks run, and regular expressions that may take for ever: it has no environment, a bound to its
 * memory, and is ended from outside when a call takes too long. A process and not a thread, since a thread that runs out of
 * memory takes its process with it. JSONata itself reaches nothing but its input.
 */

/** The same as in regex/to-javascript.ts, which this process does not otherwise need. */
const javascriptFlags = 'uy'

const compiled = new Map<string, jsonata.Expression>()
const expressions = new Map<string, RegExp>()
let props: JsonObject | null = null

async function run(call: CallbackCall | MatchCall): Promise<CallbackAnswer> {
  try {
    if ('javascript' in call) return { value: match(call) }
    const input = props === null ? call.input : { ...call.input, props }
    const expression = find(compiled, call.callback, jsonata)
    const notFinite = new Set<string>()
    const text = JSON.stringify(await expression.evaluate(input), (key, value) => {
      if (typeof value === 'number' && !Number.isFinite(value) && notFinite.size < maxAlike) notFinite.add(key)
      return isFunction(value) ? undefined : value
    })
    if (text === undefined) return {}
    if (text.length > callbackAnswerCharacters) return { failure: `it gave ${text.length} characters` }
    return { value: JSON.parse(text), ...(notFinite.size === 0 ? {} : { notFinite: [...notFinite] }) }
  } catch (error) {
    const failure = (error as { message?: string }).message ?? String(error)
    return {
      failure: cutText(failure, callbackFailureCharacters),
    }
  }
}

function match({ javascript, name }: MatchCall): boolean {
  const expression = find(expressions, javascript, (source) => new RegExp(source, javascriptFlags))
  expression.lastIndex = 0
  return expression.test(name)
}

function find<T>(known: Map<string, T>, source: string, compile: (source: string) => T): T {
  const found = known.get(source) ?? compile(source)
  known.set(source, found)
  return found
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

/** Until it is on its way: a callback that never ends leaves no time to say anything. */
const say = (message: 'begun' | CallbackAnswer) =>
  new Promise<void>((resolve) => process.send?.(message, undefined, undefined, () => resolve()))

process.on('message', async (message: Message) => {
  if ('props' in message) {
    props = message.props
    return
  }
  await say('begun')
  for (const call of message.calls) await say(await run(call))
})
process.send?.('ready')
