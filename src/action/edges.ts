import { createHttpClient, type HttpClient } from '../http/client.ts'
import { readProxySecrets } from '../http/proxy-secrets.ts'
import type { Point } from '../point/point.ts'
import { openRunner, type Runner } from '../runner/runner.ts'
import { openDryRun } from '../storage/dry-run.ts'
import { openFile } from '../storage/file.ts'
import { nameTarget, openInfluxDB } from '../storage/influxdb.ts'
import { openRedacted } from '../storage/redacted.ts'
import type { Storage, Written } from '../storage/storage.ts'
import type { Target } from '../storage/target.ts'
import { readSecrets } from './inputs.ts'
import type { Settings } from './settings.ts'
import type { StorageSettings } from './storage-settings.ts'

/** The outside world of one phase: the runner, and the way to the servers. */
export interface Edges {
  readonly runner: Runner
  readonly http: HttpClient
}

export function openEdges(env: NodeJS.ProcessEnv): Edges {
  const runner = openRunner(env, (read) => [...readSecrets(read), ...readProxySecrets(env)])
  return { runner, http: createHttpClient(env) }
}

/** The storage of a target: one row a kind. A dry run stands in for any of them. */
export function openStorage({ name, target }: StorageSettings, settings: Settings, edges: Edges): Storage {
  const storage = openRedacted(openBare(target, settings, edges), edges.runner.log.redact)
  return name === undefined ? storage : { ...storage, name: `${name}: ${storage.name}` }
}

function openBare(target: Target, { dryRun }: Settings, { runner, http }: Edges): Storage {
  switch (target.kind) {
    case 'influxdb':
      if (dryRun) return openDryRun(nameTarget(target), target.api === 'v1' ? 'i' : 'u', runner.log.print)
      return openInfluxDB(target, http)
    case 'file':
      return dryRun ? openDryRun(`file ${target.name}`, 'u', runner.log.print) : openFile(target)
  }
}

/** What a storage of that name took. */
export interface WrittenTo extends Written {
  readonly name: string
}

/** Writes to a storage; a defect in it is a problem of its own, and the other storages go on. */
export async function writeTo(
  storage: Storage,
  batches: AsyncIterable<readonly Point[]>,
  count: number,
  signal: AbortSignal,
): Promise<WrittenTo> {
  try {
    return { name: storage.name, ...(await storage.write(batches, signal)) }
  } catch (error) {
    return { name: storage.name, written: 0, lost: count, gaveUp: true, problems: [(error as Error).message] }
  }
}

/**
 * Runs a phase and ends the process: with what the phase says, not with what is left open. A name that never resolves
 * cannot be cancelled and would hold the process for its own time.
 */
export async function runPhase(phase: (edges: Edges) => Promise<void>): Promise<void> {
  const edges = openEdges(process.env)
  try {
    await phase(edges)
  } catch (error) {
    // Whatever it is, it is ours and not the build's; but whoever asked for failures gets this one too.
    const { log, readInput } = edges.runner
    const text = `Statistics of this job may be missing, by a defect of Build Stats: ${(error as Error)?.message ?? error}`
    if (/^true$/i.test(readInput('fail-on-error'))) log.fail(text)
    else log.warning(text)
    log.debug((error as Error)?.stack ?? '')
  }
  edges.http.close()
  process.stdout.write('', () => process.exit())
}
