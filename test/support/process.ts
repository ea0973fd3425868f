import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'

export interface ProcessResult {
  /** Null when a signal ended the process, or it never started. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** From the start of the process to its end, whatever its pipes do after that. */
  readonly durationMs: number
  readonly timedOut: boolean
  /** The peak of the resident memory as last seen, within milliseconds of the end; absent unless asked for, and off Linux. */
  readonly maxRssKb?: number
  /** Why the process could not be started at all: an argument list too long, a missing program. */
  readonly startError?: string
}

export interface ProcessOptions {
  readonly cwd: string
  /** The whole environment; nothing is inherited. */
  readonly env: Readonly<Record<string, string>>
  /** After this the process and all it started are killed. */
  readonly timeoutMs: number
  readonly memory?: boolean | undefined
  /** The user and group that it runs as: this process's own unless given. */
  readonly user?: number | undefined
  readonly onOutput?: ((text: string, stream: 'stdout' | 'stderr') => void) | undefined
  /** Takes the means to signal the process and all it started while it runs. */
  readonly onStart?: ((signal: (name: NodeJS.Signals) => void) => void) | undefined
}

/** How long the pipes of an ended process may stay open in processes that it left behind. */
const PIPES_GRACE_MS = 1000
const MEMORY_SAMPLE_MS = 5

const running = new Set<number>()
process.on('exit', () => running.forEach((pid) => void signalGroup(pid, 'SIGKILL')))

/** Runs a program to its end, without a shell, so that environment names with dashes reach it. Never rejects. */
export async function runProcess(
  file: string,
  args: readonly string[],
  options: ProcessOptions,
): Promise<ProcessResult> {
  const started = performance.now()
  const output = { stdout: '', stderr: '' }
  const notStarted = (error: unknown): ProcessResult => ({
    exitCode: null,
    signal: null,
    ...output,
    durationMs: performance.now() - started,
    timedOut: false,
    startError: `An error occurred trying to start process '${file}': ${error instanceof Error ? error.message : error}`,
  })

  let child: ReturnType<typeof start>
  try {
    child = start(file, args, options)
  } catch (error) {
    return notStarted(error)
  }
  const { pid } = child
  if (pid === undefined) return new Promise((resolve) => child.once('error', (error) => resolve(notStarted(error))))

  running.add(pid)
  let maxRssKb = 0
  const sample = () => {
    maxRssKb = Math.max(maxRssKb, readPeakMemory(pid) ?? 0)
  }
  for (const stream of ['stdout', 'stderr'] as const) {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text
      options.onOutput?.(text, stream)
      if (options.memory) sample()
    })
  }
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    signalGroup(pid, 'SIGKILL')
  }, options.timeoutMs)
  const sampler = options.memory ? setInterval(sample, MEMORY_SAMPLE_MS) : undefined
  options.onStart?.((name) => signalGroup(pid, name))

  return new Promise((resolve) => {
    let durationMs = 0
    let pipes: NodeJS.Timeout | undefined
    child.once('exit', () => {
      durationMs = performance.now() - started
      clearTimeout(timer)
      clearInterval(sampler)
      pipes = setTimeout(() => {
        child.stdout.destroy()
        child.stderr.destroy()
      }, PIPES_GRACE_MS)
    })
    child.once('close', (exitCode, signal) => {
      clearTimeout(pipes)
      running.delete(pid)
      const memory = maxRssKb > 0 ? { maxRssKb } : {}
      resolve({ exitCode, signal, ...output, durationMs, timedOut, ...memory })
    })
  })
}

/** In a process group of its own, so that what a script started ends with it. */
function start(file: string, args: readonly string[], { cwd, env, user }: ProcessOptions) {
  const as = user === undefined ? {} : { uid: user, gid: user }
  return spawn(file, args, { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'], ...as })
}

function signalGroup(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(-pid, name)
  } catch {
    // It has ended by itself.
  }
}

function readPeakMemory(pid: number): number | undefined {
  try {
    const peak = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return peak === undefined ? undefined : Number(peak)
  } catch {
    return undefined
  }
}
