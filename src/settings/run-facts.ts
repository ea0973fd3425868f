import { cutDeep } from '../build/depth.ts'
import type { JsonObject } from '../build/json.ts'
import { toSecretHint } from '../github/context.ts'
import { readText } from '../runner/open-regular.ts'
import type { Runner } from '../runner/runner.ts'
import { tmpdir } from '../runner/system.ts'
import type { Redact } from '../secrets/redact.ts'

/** Facts about the run that are not inputs. */
export interface RunFacts {
  readonly runnerTemp: string
  readonly workspace: string
  /** Why a secret may be empty in this run. */
  readonly secretHint: string
  /** `replay` and `collect` need a server: a fallback file would be lost with the job. */
  readonly phase: 'main' | 'post' | 'replay' | 'collect'
  readonly env: Readonly<Record<string, string | undefined>>
  /** The text of a file; undefined if there is none. */
  readFile(path: string): string | undefined
  /** Masks secrets that are not inputs. */
  addSecrets(secrets: readonly string[]): void
  /** Removes the known secrets from a text. */
  readonly redact?: Redact
  /** Whether a text is untrusted, such as a title or the name of a branch. */
  isForeign?(text: string): boolean
  /** Whether the run has no secrets: a pull request from a fork, or a run of Dependabot. */
  readonly hasNoSecrets: boolean
}

/** Collects the facts about the run that settings depend on. */
export function toRunFacts({ env, log }: Runner, phase: RunFacts['phase'], event: JsonObject): RunFacts {
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

/** Whether any text in the data contains this one. */
function hasText(data: unknown, text: string): boolean {
  if (typeof data === 'string') return data.includes(text)
  return typeof data === 'object' && data !== null && Object.values(data).some((inner) => hasText(inner, text))
}
