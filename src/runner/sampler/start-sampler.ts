import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { hostedSamplerMs, ownSamplerMs, samplerHeapMb } from '../../limits.ts'
import { readStartTicks } from '../process-start.ts'
import { tmpdir } from '../system.ts'
import { makeTempFolder } from '../temp-folder.ts'

/** What main leaves to post of the process that takes samples. */
export interface Sampler {
  readonly pid: number
  /** Of the process, where the system tells it: another one of that number has another. */
  readonly startTicks?: string
  /** In a folder of its own. */
  readonly file: string
  /** A file that is there where memory ran short. */
  readonly alarm: string
}

/** What the process is given. Whoever may list processes can read it. */
export interface SamplerOrders extends Pick<Sampler, 'file' | 'alarm'> {
  readonly everyMs: number
  /** A path on the disk that counts. */
  readonly disk: string
  readonly forMs: number
  /** For the alarm. */
  readonly build: string
}

/** A folder that outlives the job, as far as there is one. */
export function findAlarmFolder(spool: string | undefined): string {
  return spool !== undefined && existsSync(spool) ? spool : tmpdir()
}

/**
 * Starts the process, which outlives this one.
 * @throws Error where no file, or no process, can be made
 */
export async function startSampler(
  script: URL,
  env: NodeJS.ProcessEnv,
  { everyMs, build, folder }: { readonly everyMs: number; readonly build: string; readonly folder: string },
): Promise<Sampler> {
  const file = join(makeTempFolder(env, 'build-stats-resources-'), 'samples.jsonl')
  // RUNNER_TEMP is emptied when the next job starts, if not before; the name of the folder says whose alarm it is.
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
        // Not a folder that somebody wants to remove.
        cwd: dirname(process.execPath),
        // Credentials of main do not stay in the environment of a process for as long as the job runs. By its number the runner finds
        // and ends what a job leaves behind.
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
