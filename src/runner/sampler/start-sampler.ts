import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostedSamplerMs, ownSamplerMs, samplerHeapMb } from '../../limits.ts'
import { readStartTicks } from '../process-start.ts'
import { tmpdir } from '../system.ts'
import { makeTempFolder } from '../temp-folder.ts'

/** What post needs to know about the process that takes samples. Main saves it in the state. */
export interface Sampler {
  readonly pid: number
  /** The start time of the process, if the system reports it. Another process with the same number has another one. */
  readonly startTicks?: string
  /** The file of samples, in a folder of its own. */
  readonly file: string
  /** A file that exists only if memory ran short. */
  readonly alarm: string
}

/** The argument of the process. Everyone who can list processes can read it. */
export interface SamplerOrders extends Pick<Sampler, 'file' | 'alarm'> {
  readonly everyMs: number
  /** A path on the disk whose free space is measured. */
  readonly disk: string
  readonly forMs: number
  /** The name of the build, for the alarm. */
  readonly build: string
}

/** A folder that outlives the job, if the runner itself does. */
export function findAlarmFolder(spool: string | undefined): string {
  return spool !== undefined && existsSync(spool) ? spool : tmpdir()
}

/**
 * Starts the process, which outlives this one.
 * @throws Error if its file or the process cannot be created
 */
export async function startSampler(
  script: URL,
  env: NodeJS.ProcessEnv,
  { everyMs, build, folder }: { readonly everyMs: number; readonly build: string; readonly folder: string },
): Promise<Sampler> {
  const file = join(makeTempFolder(env, 'build-stats-resources-'), 'samples.jsonl')
  // Not in RUNNER_TEMP, which is emptied when the next job starts, if not before. The folder's name makes the file name unique.
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
        // A folder that no step wants to remove.
        cwd: dirname(process.execPath),
        // Main's environment contains credentials, which must not stay in a process for as long as the job runs. By
        // RUNNER_TRACKING_ID the runner finds and ends the processes that a job leaves behind.
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
