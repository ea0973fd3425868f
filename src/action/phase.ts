import { openUpload, type Upload } from '../artifact/upload.ts'
import { createHttpClient, type HttpClient } from '../http/client.ts'
import { openRunner, type Runner } from '../runner/runner.ts'
import { readProxySecrets } from '../secrets/proxy-secrets.ts'
import { readFailOnError, readSecrets } from '../settings/early-inputs.ts'

/** The outside world of one phase: the runner, HTTP and uploads. */
export interface Outside {
  readonly runner: Runner
  readonly http: HttpClient
  /** Uploads files of a folder as an artifact; undefined where the runner knows none. */
  readonly upload: Upload | undefined
  /** Aborted when the runner asks this process to end: the job was cancelled. */
  readonly cancel: AbortSignal
}

export function openOutside(env: NodeJS.ProcessEnv, cancel: AbortSignal): Outside {
  const runner = openRunner(env, (read) => [...readSecrets(read), ...readProxySecrets(env)])
  const http = createHttpClient(env)
  return { runner, http, upload: openUpload(env, http), cancel }
}

/** The first version whose node:http honours proxies; older ones lack Map.groupBy or URL.parse, too. */
const oldestNode = 24

/**
 * Runs a phase and ends the process: with what the phase says, not with what is left open. A name that never resolves
 * cannot be cancelled and would hold the process for its own time.
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
  // Runners send SIGINT first, and SIGKILL within seconds: time to write or to keep what is there.
  const cancel = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => cancel.abort())
  const outside = openOutside(process.env, cancel.signal)
  try {
    await phase(outside)
  } catch (error) {
    // Whatever it is, it is ours and not the build's; but whoever asked for failures gets this one too.
    const { log, readInput } = outside.runner
    const text = `Statistics of this job may be missing, because of a defect in Build Stats: ${(error as Error)?.message ?? error}`
    if (readFailOnError(readInput)) log.fail(text)
    else log.warning(text)
    log.debug((error as Error)?.stack ?? '')
  }
  process.stdout.write('', () => process.exit())
}
