import { openUpload, type Upload } from '../artifact/upload.ts'
import { createHttpClient, type HttpClient } from '../http/client.ts'
import { openRunner, type Runner } from '../runner/runner.ts'
import { readProxySecrets } from '../secrets/proxy-secrets.ts'
import { readFailOnError, readSecrets } from '../settings/early-inputs.ts'

/** The outside world of one phase: the runner, HTTP and uploads. */
export interface Outside {
  readonly runner: Runner
  readonly http: HttpClient
  /** Uploads files of a folder as an artifact; undefined if the runner has no artifacts. */
  readonly upload: Upload | undefined
  /** Aborted when the runner asks this process to end: the job was cancelled. */
  readonly cancel: AbortSignal
}

export function openOutside(env: NodeJS.ProcessEnv, cancel: AbortSignal): Outside {
  const runner = openRunner(env, (read) => [...readSecrets(read), ...readProxySecrets(env)])
  const http = createHttpClient(env)
  return { runner, http, upload: openUpload(env, http), cancel }
}

/** The first version whose node:http honours proxies; older ones also lack Map.groupBy or URL.parse. */
const oldestNode = 24

/**
 * Runs a phase and ends the process when the phase has ended, even if something is still open. A DNS query that never resolves
 * cannot be cancelled, and would keep the process alive.
 */
export async function runPhase(phase: (outside: Outside) => Promise<void>): Promise<void> {
  const { node } = process.versions
  if (Number.parseInt(node, 10) < oldestNode) {
    // GitHub's runner provides the version that action.yml names; act and Gitea use the Node of the container.
    const failsJob = readFailOnError((name) => process.env[`INPUT_${name.toUpperCase()}`] ?? '')
    const text = `Build Stats needs Node ${oldestNode} and runs on Node ${node}: no statistics are written. Update the runner, or use a container with Node ${oldestNode}.`
    process.stdout.write(`::${failsJob ? 'error' : 'warning'}::${text}\n`)
    process.exitCode = failsJob ? 1 : 0
    return
  }
  // Runners send SIGINT first, and SIGKILL seconds later: time to write or keep the points.
  const cancel = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => cancel.abort())
  const outside = openOutside(process.env, cancel.signal)
  try {
    await phase(outside)
  } catch (error) {
    // An unexpected error is a defect of this action and does not fail the build, unless `fail-on-error` is set.
    const { log, readInput } = outside.runner
    const text = `Statistics of this job may be missing, because of a defect in Build Stats: ${(error as Error)?.message ?? error}`
    if (readFailOnError(readInput)) log.fail(text)
    else log.warning(text)
    log.debug((error as Error)?.stack ?? '')
  }
  process.stdout.write('', () => process.exit())
}
