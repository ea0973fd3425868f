import type { CallbackAnswer, CallbackCall, RunCallbacks } from '../../src/capture/callback.ts'

interface Waiting {
  readonly calls: readonly CallbackCall[]
  resolve(answers: readonly CallbackAnswer[]): void
  reject(error: unknown): void
}

/** Hands calls that are made at one time to the runner together: it starts a process for each list that it gets. */
export function batchCallbacks(run: RunCallbacks): RunCallbacks {
  let waiting: Waiting[] = []

  async function flush(): Promise<void> {
    const batch = waiting
    waiting = []
    try {
      const answers = await run(batch.flatMap(({ calls }) => calls))
      let at = 0
      for (const { calls, resolve } of batch) {
        resolve(answers.slice(at, at + calls.length))
        at += calls.length
      }
    } catch (error) {
      for (const { reject } of batch) reject(error)
    }
  }

  return (calls) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(() => void flush())
      waiting.push({ calls, resolve, reject })
    })
}
