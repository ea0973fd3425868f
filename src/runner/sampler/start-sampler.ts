import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostedSamplerMs, ownSamplerMs, samplerHeapMb } from '../../limits.ts'
import { readStartTicks } from '../process-start.ts'
import { tmpdir } from '../system.ts'
import { makeTempFolder } from '../temp-folder.ts'

/** What main saves for post about the sampling process. */
export interface Sampler {
  readonly pid: number
  /** The start of the process in ticks, if the system reports it; it distinguishes processes with the same number. */
  readonly startTicks?: string
  /** The file of samples, in a folder of its own. */
  readonly file: string
  /** The file that the process creates when memory runs short. */
  readonly alarm: string
}

/** The arguments of the process. Every user who can list processes can read them. */
export interface SamplerOrders extends Pick<Sampler, 'file' | 'alarm'> {
  readonly everyMs: number
  /** A path on the disk to measure. */
  readonly disk: string
  readonly forMs: number
  /** The name of the build, for the alarm. */
  readonly build: string
}

/** A folder that outlives the job, if there is one. */
export function findAlarmFolder(spool: string | undefined): string {
  return spool !== undefined && existsSync(spool) ? spool : tmpdir()
}

/**
 * Starts the sampling process, which outlives this process.
 * @throws Error if no file or process can be created
 */
export async function startSampler(
  script: URL,
  env: NodeJS.ProcessEnv,
  { everyMs, build, folder }: { readonly everyMs: number; readonly build: string; readonly folder: string },
): Promise<Sampler> {
  const file = join(makeTempFolder(env, 'build-stats-resources-'), 'samples.jsonl')
  // RUNNER_TEMP is emptied when the next job starts at the latest; the alarm's path identifies the process.
  const alarm = join(folder, `${dirname(file).split(/[\\/]/).at(-1)}-memory.json`)
  try {
    closeSync(openSync(file, 'wx', 0o600))
    const orders: SamplerOrders = {
      ...{ file, alarm, everyMs, build },
      disk: env.GITHUB_WORKSPACE || dirname(file),
      forMs: env.RUNNER_ENVIRONMENT === 'self-hosted' ? ownSamplerMs : hostedSamplerMs,
    }
    const child = spawn(
      process.execPath,
      [
        `--max-old-space-size=${samplerHeapMb}`,
        '--max-semi-space-size=1',
        fileURLToPath(script),
        JSON.stringify(orders),
      ],
      {
        detached: true,
        stdio: 'ignore',
        windowsHide: true,
        // Its working directory must not prevent the removal of a folder.
        cwd: dirname(process.execPath),
        // Main's credentials must not stay in the environment of a process for the whole job. The runner uses RUNNER_TRACKING_ID to find
        // and end processes that a job leaves behind.
        env: pick(env, ['RUNNER_TRACKING_ID', 'SystemRoot']),
      },
    )
    child.unref()
    const { pid } = child
    if (pid === undefined) throw await new Promise((resolve) => child.once('error', resolve))
    child.on('error', () => {})
    const startTicks = readStartTicks(pid)
    return { ...{ pid, file, alarm }, ...(startTicks !== undefined && { startTicks }) }
  } catch (error) {
    rmSync(dirname(file), { recursive: true, force: true })
    throw error
  }
}

function pick(env: NodeJS.ProcessEnv, names: readonly string[]): NodeJS.ProcessEnv {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
}
