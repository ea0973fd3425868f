import { createHttpClient, type HttpClient } from '../http/client.ts'
import { readProxySecrets } from '../http/proxy-secrets.ts'
import { openRunner, type Runner } from '../runner/runner.ts'
import { openDryRun } from '../storage/dry-run.ts'
import { openFile } from '../storage/file.ts'
import { nameTarget, openInfluxDB } from '../storage/influxdb.ts'
import { openRedacted } from '../storage/redacted.ts'
import type { Storage } from '../storage/storage.ts'
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
  if (dryRun) return openDryRun(target.kind === 'file' ? target.name : nameTarget(target), runner.log.print)
  switch (target.kind) {
    case 'influxdb':
      return openInfluxDB(target, http)
    case 'file':
      return openFile(target)
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
    // Whatever it is, it is ours and not the build's.
    const { log } = edges.runner
    log.warning(
      `Statistics of this job may be missing, by a defect of Build Stats: ${(error as Error)?.message ?? error}`,
    )
    log.debug((error as Error)?.stack ?? '')
  }
  edges.http.close()
  process.stdout.write('', () => process.exit())
}
