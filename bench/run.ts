import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

export interface Run {
  readonly ms: number
  readonly output: string
}

/**
 * Runs node to its end. Synchronously: nothing else happens in this process while the time is taken, and the servers are
 * in another one. Throws when the script fails, or when Node has warned: users would find that in their logs.
 */
export function runNode(args: readonly string[], env: Readonly<Record<string, string>>): Run {
  const start = process.hrtime.bigint()
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, args, {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
    encoding: 'utf8',
    timeout: 900_000,
    maxBuffer: 1 << 28,
  })
  const ms = Number(process.hrtime.bigint() - start) / 1e6
  const output = stdout + stderr
  if (status !== 0) throw new Error(`node ${args.join(' ')} ended with ${status ?? signal}:\n${output}`)
  if (/^\(node:\d+\)/m.test(stderr)) throw new Error(`node ${args.join(' ')} printed a warning:\n${stderr}`)
  return { ms, output }
}

/** Preloads what reports peak memory and loaded files. */
export const withExitReport = (args: readonly string[]) => [
  `--import=${join(import.meta.dirname, 'exit-report.mjs')}`,
  ...args,
]
