import { SettingsError } from '../../src/settings/problem.ts'
import type { RunFacts } from '../../src/settings/run-facts.ts'
import { parseSettings } from '../../src/settings/settings.ts'
import type { BadConfig } from './bad-configs.ts'

const path = '.github/build-stats.yml'

/** What main would tell of a config; undefined where it has nothing to say. */
export async function tellProblems({ config, inputs, env = {} }: BadConfig): Promise<string | undefined> {
  const given: Record<string, string> = { config: path, ...inputs }
  const run: RunFacts = {
    phase: 'main',
    env,
    runnerTemp: '/runner/temp',
    workspace: '/runner/work',
    secretHint: 'A hint about secrets.',
    hasNoSecrets: false,
    addSecrets: () => {},
    readFile: () => config,
  }
  try {
    await parseSettings((name) => given[name] ?? '', run)
    return undefined
  } catch (error) {
    if (error instanceof SettingsError) return error.message
    throw error
  }
}
