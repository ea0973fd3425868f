import type { Log } from '../../src/runner/log.ts'
import type { Runner } from '../../src/runner/runner.ts'
import { readFrom } from '../settings/inputs.ts'

/** A runner that keeps what it is told, in its order: `saveState: ...`, `warning: ...`. */
export function fakeRunner(
  inputs: Readonly<Record<string, string>>,
  env: NodeJS.ProcessEnv,
  now: () => number,
): { runner: Runner; told: string[] } {
  const told: string[] = []
  const tell = (what: string) => (text: string) => void told.push(`${what}: ${text}`)
  const log: Log = {
    debug: tell('debug'),
    info: tell('info'),
    notice: tell('notice'),
    warning: tell('warning'),
    error: tell('error'),
    fail: tell('fail'),
    print: (lines) => tell('print')(lines.join('\n')),
    printGroup: (title, text) => tell('printGroup')(`${title}\n${text}`),
    addSecrets() {},
    redact: (text) => text,
  }
  const runner: Runner = {
    env,
    log,
    now,
    readInput: readFrom(inputs),
    setOutput() {},
    exportVariable() {},
    saveState: (_, value) => tell('saveState')(value),
    readState: () => '',
    writeSummary() {},
  }
  return { runner, told }
}
