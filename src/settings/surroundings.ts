import { cutDeep } from '../build/depth.ts'
import type { JsonObject } from '../build/json.ts'
import { toSecretHint } from '../github/context.ts'
import { readText } from '../runner/read-text.ts'
import type { Runner } from '../runner/runner.ts'
import { tmpdir } from '../runner/system.ts'
import type { Surroundings } from './targets.ts'

/** What the settings need to know of the runner. */
export function toSurroundings({ env, log }: Runner, phase: Surroundings['phase'], event: JsonObject): Surroundings {
  return {
    phase,
    env,
    runnerTemp: env.RUNNER_TEMP || tmpdir(),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    addSecrets: log.addSecrets,
    redact: log.redact,
    readFile: readText,
    isForeign: (text) => text !== '' && hasText([cutDeep(event).value, env.GITHUB_HEAD_REF, env.GITHUB_REF_NAME], text),
    ...toSecretHint(env, event),
  }
}

/** Whether any text in data holds this one. */
function hasText(data: unknown, text: string): boolean {
  if (typeof data === 'string') return data.includes(text)
  return typeof data === 'object' && data !== null && Object.values(data).some((inner) => hasText(inner, text))
}
