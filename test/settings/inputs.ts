import type { ReadInput } from '../../src/runner/input-names.ts'
import type { RunFacts } from '../../src/settings/run-facts.ts'

/** Inputs as the runner gives them: those that are not named are empty. */
export function readFrom(inputs: Readonly<Record<string, string>>): ReadInput {
  return (name) => inputs[name] ?? ''
}

export const runFacts: RunFacts = {
  phase: 'main',
  env: {},
  readFile: () => undefined,
  addSecrets() {},
  runnerTemp: '/runner/temp',
  workspace: '/runner/work',
  secretHint: 'A hint about secrets.',
  hasNoSecrets: false,
}
