import type { ChildProcess } from 'node:child_process'
import type { JsonObject } from '../build/json.ts'
import type { CallbackAnswer, CallbackCall, MatchCall, RunCalls } from '../capture/callback.ts'
import { readClockMs } from '../clock.ts'
import {
  callbackBatchCharacters,
  callbackHeapMb,
  callbackIdleMs,
  callbackMs,
  callbackStartMs,
  callbackWaits,
  matchMs,
} from '../limits.ts'
import { readCpuMs } from './cpu-time.ts'

/** The shortest time between two reads of a process's CPU time. */
const cpuEveryMs = 50

export interface CallbackTime {
  /** Aborted when writing ends. */
  readonly signal?: AbortSignal
  /** The time limit of all calls together, in ms; without it, there is none. */
  readonly budgetMs?: number
}

/**
 * Runs callbacks in another process, one after the other. A call that exceeds its time limit, or the memory of
 * the process, ends with that process; further calls run in a new one, except for calls of the same callback.
 * @param script the process's script, beside the bundles
 */
export function createCallbackRunner(script: URL, { signal, budgetMs }: CallbackTime = {}): RunCalls {
  const workers = createWorkers(script)
  const stopped = new Set<string>()
  let spentMs = 0
  return async (calls) => {
    const answers: CallbackAnswer[] = []
    const startMs = readClockMs()
    const over = budgetMs === undefined ? undefined : AbortSignal.timeout(Math.max(0, Math.floor(budgetMs - spentMs)))
    const signals = [signal, over].filter((one) => one !== undefined)
    const end = signals.length > 0 ? AbortSignal.any(signals) : undefined
    const why = () =>
      signal?.aborted ? 'the timeout had passed' : `callbacks had used up their ${formatSeconds(budgetMs)}`
    while (answers.length < calls.length) {
      if (end?.aborted || (budgetMs !== undefined && spentMs >= budgetMs)) {
        const failure = `it was not run: ${why()}`
        while (answers.length < calls.length) answers.push({ failure })
        break
      }
      const next = calls[answers.length]
      if (next !== undefined && stopped.has(toKey(next))) {
        answers.push({ failure: 'it was not run again because it did not end the first time' })
        continue
      }
      const from = answers.length
      let to = from
      while (to < calls.length && !stopped.has(toKey(calls[to] as Call))) to++
      const worker = await workers.take()
      const { got, failure } = await collect(worker, calls.slice(from, to), end)
      for (const answer of got) answers.push(answer)
      if (got.length === to - from) workers.keep(worker)
      const culprit = calls[answers.length]
      if (answers.length < to && culprit !== undefined) {
        if (end?.aborted) answers.push({ failure: `it had not ended when ${why()}` })
        else {
          stopped.add(toKey(culprit))
          answers.push({ failure: failure ?? 'its process ended' })
        }
      }
    }
    spentMs += readClockMs() - startMs
    return answers
  }
}

type Call = CallbackCall | MatchCall

/** A message to the process: calls, and before them the properties that they share. */
export type Message =
  | { readonly props: JsonObject | null }
  | { readonly calls: (Omit<CallbackCall, 'props'> | MatchCall)[] }

function toKey(call: Call): string {
  return 'callback' in call ? call.callback : `regex ${call.javascript}`
}

function formatSeconds(ms = 0): string {
  return `${ms / 1000} s of the timeout`
}

/** A process that can run more calls, and the properties that it has received. */
interface Worker {
  readonly child: ChildProcess
  isReady: boolean
  props?: JsonObject
}

/** Starts processes, and keeps an idle one for further calls. */
function createWorkers(script: URL): { take(): Promise<Worker>; keep(worker: Worker): void } {
  const idle = new Set<Worker>()
  const stop = (worker: Worker) => {
    idle.delete(worker)
    worker.child.removeAllListeners()
    worker.child.on('error', () => {})
    worker.child.kill('SIGKILL')
  }
  return {
    async take() {
      const { fork } = await import('node:child_process')
      const [worker] = idle
      if (worker !== undefined) {
        idle.delete(worker)
        worker.child.removeAllListeners()
        return worker
      }
      const child = fork(script, [`${process.pid}`], {
        env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
        execArgv: [`--max-old-space-size=${callbackHeapMb}`],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      return { child, isReady: false }
    },
    keep(worker) {
      idle.add(worker)
      worker.child.on('exit', () => idle.delete(worker))
      // An idle process must not keep this one alive.
      worker.child.unref()
      worker.child.channel?.unref()
      setTimeout(() => idle.has(worker) && stop(worker), callbackIdleMs).unref()
    },
  }
}

/** Sends the calls and collects answers until all have arrived, or one fails; then returns why. Never rejects. */
function collect(
  worker: Worker,
  calls: readonly Call[],
  signal: AbortSignal | undefined,
): Promise<{ got: CallbackAnswer[]; failure?: string }> {
  const { child } = worker
  return new Promise((resolve) => {
    const got: CallbackAnswer[] = []
    let sent = 0
    const expectStart = () =>
      setTimeout(() => end(`its process did not start it within ${callbackStartMs / 1000} s`), callbackStartMs)
    let timer = expectStart()
    const end = (failure?: string) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stopLate)
      child.removeAllListeners()
      child.on('error', () => {})
      if (got.length < calls.length) child.kill('SIGKILL')
      resolve(failure === undefined ? { got } : { got, failure })
    }
    const stopLate = () => end()
    signal?.addEventListener('abort', stopLate)
    const send = (message: object) => {
      child.send(message, (error) => error && end(error.message))
    }
    // Sent in batches: all calls together may exceed the size of a message or the memory of the process.
    const sendNext = () => {
      clearTimeout(timer)
      timer = expectStart()
      try {
        const batch: (Omit<CallbackCall, 'props'> | MatchCall)[] = []
        const { props } = calls[sent] as CallbackCall
        for (let length = 0; length < callbackBatchCharacters && sent < calls.length; sent++) {
          const { props: given, ...call } = calls[sent] as CallbackCall
          if (given !== props) break
          batch.push(call)
          length += JSON.stringify(call).length
        }
        if (props !== worker.props) send({ props: props ?? null })
        if (props === undefined) delete worker.props
        else worker.props = props
        send({ calls: batch })
      } catch (error) {
        end((error as Error).message)
      }
    }
    let known = { atMs: Number.NEGATIVE_INFINITY, cpuMs: undefined as number | undefined }
    const expectAnswer = () => {
      clearTimeout(timer)
      const fromMs = readClockMs()
      if (fromMs - known.atMs > cpuEveryMs) known = { atMs: fromMs, cpuMs: readCpuMs(child.pid) }
      const { cpuMs } = known
      const isMatch = 'javascript' in (calls[got.length] as Call)
      const limitMs = isMatch ? matchMs : callbackMs
      // On a busy machine, the process may not have run at all in that time.
      const check = () => {
        const now = readCpuMs(child.pid)
        const ranMs = now === undefined || cpuMs === undefined ? limitMs : now - cpuMs
        if (ranMs < limitMs && readClockMs() - fromMs < callbackWaits * limitMs) {
          timer = setTimeout(check, Math.max(50, limitMs - ranMs))
        } else end(isMatch ? 'it ran longer than half a second' : 'it ran longer than a second')
      }
      timer = setTimeout(check, limitMs)
    }
    child.on('message', (message: 'ready' | 'begun' | CallbackAnswer) => {
      if (message === 'ready') {
        worker.isReady = true
        sendNext()
      } else if (message === 'begun') expectAnswer()
      else {
        got.push(message)
        if (got.length === calls.length || signal?.aborted) end()
        else if (got.length === sent) sendNext()
        else expectAnswer()
      }
    })
    child.on('error', (error) => end(error.message))
    child.on('exit', () => end(`it took more than ${callbackHeapMb} MB of memory, or ended its process`))
    if (worker.isReady) sendNext()
  })
}
