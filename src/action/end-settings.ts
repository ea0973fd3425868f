import type { JsonObject } from '../build/json.ts'
import type { ReadInput } from '../runner/input-names.ts'
import type { Runner } from '../runner/runner.ts'
import { readFailOnError, readMistakesWarn } from '../settings/early-inputs.ts'
import { SettingsError } from '../settings/problem.ts'
import { toRunFacts } from '../settings/run-facts.ts'
import { parseSettings, type Settings } from '../settings/settings.ts'
import { toFallbackPath } from '../settings/targets.ts'
import { reconcileStorages } from './reconcile-storages.ts'
import type { State } from './state.ts'

/** Reads the settings of the post phase; where they are invalid, reports it and returns undefined. */
export async function readEndSettings(
  state: State | undefined,
  read: ReadInput,
  runner: Runner,
  event: JsonObject,
): Promise<Settings | undefined> {
  try {
    return await parseEndSettings(state, read, runner, event)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const text = `No statistics of this job were written. ${error.message}`
    if (readMistakesWarn(read)) runner.log.warning(text)
    else if (readFailOnError(read)) runner.log.fail(text)
    else runner.log.error(text)
    return undefined
  }
}

/** The settings of post, with the storages that main decided on. */
async function parseEndSettings(
  state: State | undefined,
  read: ReadInput,
  runner: Runner,
  event: JsonObject,
): Promise<Settings> {
  const { redact } = runner.log
  const run = toRunFacts(runner, 'post', event)
  const settings = await parseSettings(read, run)
  if (state?.storages === undefined || settings.storages.length === 0) return settings
  const { storages, warnings } = reconcileStorages(settings.storages, state.storages, toFallbackPath(run), redact)
  // Notices about a fallback file are wrong once the storages of main apply.
  const silenced = warnings.length > 0 ? { notices: [], missingSecrets: [] } : {}
  return { ...settings, ...silenced, storages, warnings: [...settings.warnings, ...warnings] }
}
