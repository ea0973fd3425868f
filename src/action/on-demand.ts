import type { RunCalls } from '../capture/callback.ts'
import type { Spooled } from '../presentation/spool-report.ts'
import type { createCallbackRunner } from '../runner/callbacks.ts'
import type { keepUnsent } from '../unsent/keep-unsent.ts'
import type { compareBuild } from './compare/compare-build.ts'
import type { askEarly, EarlyQuestion } from './compare/early-question.ts'
import type { sendSpooled } from './send-spooled.ts'

// Parts of the post phase that few jobs need: each is loaded only for a job that needs it.

/** Sends what earlier jobs left in the spool. */
export async function sendEarlier(...parameters: Parameters<typeof sendSpooled>): Promise<Spooled> {
  const [, { spool, dryRun }] = parameters
  if (spool === undefined || dryRun) return { sent: 0, problems: [], losses: [] }
  const { sendSpooled } = await import('./send-spooled.ts')
  return await sendSpooled(...parameters)
}

/** Runs callbacks, and the regular expressions that need a process of their own. */
export function openCallbacks(...parameters: Parameters<typeof createCallbackRunner>): RunCalls {
  let run: Promise<RunCalls> | undefined
  const open = async () => (await import('../runner/callbacks.ts')).createCallbackRunner(...parameters)
  return async (calls) => {
    run ??= open()
    return await (await run)(calls)
  }
}

/** Asks for earlier builds while GitHub is being asked. If it fails, `compare` asks later. */
export async function askEarlier(...parameters: Parameters<typeof askEarly>): Promise<EarlyQuestion | undefined> {
  try {
    const { askEarly } = await import('./compare/early-question.ts')
    return askEarly(...parameters)
  } catch {
    return undefined
  }
}

/** Compares the build with earlier ones. Whatever goes wrong here, the result of writing is still reported. */
export async function compare(...parameters: Parameters<typeof compareBuild>) {
  try {
    const { compareBuild } = await import('./compare/compare-build.ts')
    return await compareBuild(...parameters)
  } catch (error) {
    const [, , , , , { runner }] = parameters
    const why = `because of a defect in Build Stats: ${(error as Error).message}`
    runner.log.warning(`This build was not compared with earlier ones, ${why}`)
    return undefined
  } finally {
    const [, , , late] = parameters
    late.settle([])
  }
}

/** Keeps what no storage took, as a file or an artifact. */
export async function keep(...given: Parameters<typeof keepUnsent>): ReturnType<typeof keepUnsent> {
  if (given[0].every(({ lines, failure }) => lines === 0 && failure === undefined)) return new Map()
  const { keepUnsent } = await import('../unsent/keep-unsent.ts')
  return await keepUnsent(...given)
}
