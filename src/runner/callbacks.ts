import type { ChildProcess } from 'node:child_process'
import type { CallbackAnswer, CallbackCall, RunCallbacks } from '../capture/callback.ts'

/** Longer than this no callback runs. */
const maxMs = 1000
/** What its process may take to be ready, which is none of the callback's time: a tenth of a second, where nothing else runs. */
const maxStartMs = 5000
/** Enough for any record, too little to hurt a runner. */
const maxHeapMb = 64

/**
 * Runs callbacks in a process of their own, one after the other. A call that takes longer than a second, or more memory than
 * the process has, ends with the process; the calls behind it go on in another, but for those of the same callback.
 * @param script the process's script, beside the bundles
 */
export function createCallbackRunner(script: URL, signal?: AbortSignal): RunCallbacks {
  const stopped = new Set<string>()
  return async (calls) => {
    const { fork } = await import('node:child_process')
    const answers: CallbackAnswer[] = []
    while (answers.length < calls.length) {
      const rest = calls.slice(answers.length)
      if (signal?.aborted) {
        answers.push(...rest.map(() => ({ failure: 'it was not run: the timeout had passed' })))
        break
      }
      if (rest[0] !== undefined && stopped.has(rest[0].callback)) {
        answers.push({ failure: 'it is not run again, since it did not end before' })
        continue
      }
      const end = rest.findIndex(({ callback }) => stopped.has(callback))
      const batch = end < 0 ? rest : rest.slice(0, end)
      const child = fork(script, [`${process.pid}`], {
        env: process.platform === 'win32' ? { SystemRoot: process.env.SystemRoot } : {},
        execArgv: [`--max-old-space-size=${maxHeapMb}`],
        stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
      })
      const { got, failure } = await collect(child, batch, signal)
      answers.push(...got)
      const culprit = batch[got.length]
      if (culprit !== undefined && !signal?.aborted) {
        stopped.add(culprit.callback)
        answers.push({ failure: failure ?? 'its process ended' })
      }
    }
    return answers
  }
}

/** Sends the calls and takes answers until all are there, or one does not come; then why. Never rejects. */
function collect(
  child: ChildProcess,
  calls: readonly CallbackCall[],
  signal: AbortSignal | undefined,
): Promise<{ got: CallbackAnswer[]; failure?: string }> {
  return new Promise((resolve) => {
    const got: CallbackAnswer[] = []
    let timer = setTimeout(() => end(`its process did not start within ${maxStartMs / 1000} s`), maxStartMs)
    const end = (failure?: string) => {
      clearTimeout(timer)
      signal?.removeEventListener('abort', stopLate)
      child.removeAllListeners()
      child.on('error', () => {})
      child.kill('SIGKILL')
      resolve(failure === undefined ? { got } : { got, failure })
    }
    const stopLate = () => end('it was not done when the timeout had passed')
    signal?.addEventListener('abort', stopLate)
    // One at a time: all together may be more than a message, or the process, holds.
    const sendNext = () => {
      clearTimeout(timer)
      timer = setTimeout(() => end('it ran longer than a second'), maxMs)
      try {
        child.send(calls[got.length] as CallbackCall, (error) => error && end(error.message))
      } catch (error) {
        end((error as Error).message)
      }
    }
    child.once('message', () => {
      child.on('message', (answer: CallbackAnswer) => {
        got.push(answer)
        if (got.length === calls.length || signal?.aborted) end()
        else sendNext()
      })
      sendNext()
    })
    child.on('error', (error) => end(error.message))
    child.on('exit', () => end(`it took more than ${maxHeapMb} MB of memory, or ended its process`))
  })
}
