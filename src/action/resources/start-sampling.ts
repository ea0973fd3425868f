import type { Identity } from '../../build/build.ts'
import type { Runner } from '../../runner/runner.ts'
import { findAlarmFolder, startSampler } from '../../runner/sampler/start-sampler.ts'
import { type Alarm, takeAlarms } from '../../runner/sampler/take-alarms.ts'
import type { ResourceSettings } from '../../settings/resources.ts'
import type { State } from '../state.ts'

/** Starts the sampling process, and reports earlier jobs of this runner that ran out of memory and did not end. */
export async function startSampling(
  script: URL,
  { everyMs, series }: ResourceSettings,
  spool: string | undefined,
  { builder, number }: Identity,
  { env, log }: Runner,
): Promise<State['sampler']> {
  const folder = findAlarmFolder(spool)
  for (const alarm of takeAlarms(folder)) log.warning(explainAlarm(alarm))
  try {
    const build = number === undefined ? builder : `${builder} #${number}`
    return { ...(await startSampler(script, env, { everyMs, build, folder })), series }
  } catch (error) {
    log.warning(`CPU, memory, disk and network are not measured (input resources): ${(error as Error).message}.`)
    return undefined
  }
}

function explainAlarm({ build, time, used, total }: Alarm): string {
  const share = `${Math.round((100 * used) / total)} % of ${(total / 2 ** 30).toFixed(1)} GiB`
  return `An earlier job on this runner, ${build}, did not end: its memory had reached ${share} at ${time}.`
}
