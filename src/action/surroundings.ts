import { tmpdir } from 'node:os'
import type { JsonObject } from '../build/json.ts'
import { toSecretHint } from '../github/context.ts'
import type { Surroundings } from './targets.ts'

/** What the settings need to know of the runner. */
export function toSurroundings(env: NodeJS.ProcessEnv, event: JsonObject): Surroundings {
  return {
    runnerTemp: env.RUNNER_TEMP || tmpdir(),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    ...toSecretHint(env, event),
  }
}
