import { type CollectSettings, parseCollectSettings } from '../../src/settings/collect.ts'
import { parseReplaySettings, type ReplaySettings } from '../../src/settings/replay.ts'
import type { RunFacts } from '../../src/settings/run-facts.ts'
import { parseSettings, type Settings } from '../../src/settings/settings.ts'
import { readActionFile } from '../support/action-file.ts'
import { root } from './pages.ts'
import type { StepExample } from './yaml-example.ts'

export const workspace = '/runner/work'
/** The action that sends what others left. */
export const replay = `${root}/replay`
/** The action that asks GitHub for whole runs. */
export const collect = `${root}/collect`

/** The folder of the action that a step uses, by the name that the docs give it; undefined for other actions. */
export function findAction({ uses = '' }: StepExample): string | undefined {
  const path = /^build-stats\/build-stats(\/yield|\/replay|\/collect)?@v1$/.exec(uses)
  return path === null ? undefined : `${root}${path[1] ?? ''}`
}

/** The settings of inputs, as the post phase reads them; `files` are those of the workspace. */
export async function parseExampleSettings(
  given: NonNullable<StepExample['with']>,
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>> = {},
): Promise<Settings> {
  return await parseSettings(toReadInput(root, given), toExampleSurroundings('post', env, files))
}

/** The settings of inputs of the replay action. */
export async function parseExampleReplay(
  given: NonNullable<StepExample['with']>,
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Promise<ReplaySettings> {
  return await parseReplaySettings(toReadInput(replay, given), toExampleSurroundings('replay', env, files))
}

/** The settings of inputs of the collect action. */
export async function parseExampleCollect(given: NonNullable<StepExample['with']>): Promise<CollectSettings> {
  const around = toExampleSurroundings('collect', { GITHUB_REPOSITORY: 'acme/shop' }, {})
  return await parseCollectSettings(toReadInput(collect, given), around, Date.now())
}

function toReadInput(folder: string, given: NonNullable<StepExample['with']>): (name: string) => string {
  const inputs = new Map(readActionFile(folder).inputs.map((input) => [input.name, evaluate(input.default)]))
  for (const [name, value] of Object.entries(given)) inputs.set(name, evaluate(String(value)))
  return (name) => inputs.get(name) ?? ''
}

function toExampleSurroundings(
  phase: RunFacts['phase'],
  env: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): RunFacts {
  return {
    runnerTemp: '/runner/temp',
    workspace,
    secretHint: '',
    hasNoSecrets: false,
    phase,
    env: Object.fromEntries(Object.entries(env).map(([name, value]) => [name, evaluate(value)])),
    readFile: (path) => files[path],
    addSecrets: () => {},
  }
}

/** A value for each expression, by what it speaks of. */
function evaluate(text: string): string {
  return text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => {
    if (/toJSON\(\w+\)/.test(expression)) return '{}'
    if (expression.includes('toJSON')) return '"a-value-of-the-user"'
    if (expression.includes('==')) return 'false'
    if (expression.trim() === 'inputs.since') return '90d'
    return /URL/.test(expression) ? 'https://influx.example.com' : 'a-value-of-the-user'
  })
}
