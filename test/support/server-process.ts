import { type ChildProcess, spawn } from 'node:child_process'
import { accessSync, constants, rmSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

/** A database server as a child process: it keeps its folder and its ports from one start to the next. */
export interface ServerProcess {
  /** Of the process that runs now, or of the last one. */
  readonly pid: number
  readonly ports: readonly number[]
  readonly folder: string
  kill(signal: NodeJS.Signals): void
  /** Ends the process if it still runs, and starts it again in the same folder, on the same ports. */
  restart(): Promise<void>
  /** Ends the process and removes its folder. May be called twice. */
  stop(): Promise<void>
}

export interface ServerCommand {
  readonly path: string
  readonly portCount: number
  /** Called once, before the first start: writes what the server needs into its folder, and returns its arguments. */
  arguments(folder: string, ports: readonly number[]): Promise<readonly string[]>
  /** Tells whether the server that was started answers. */
  isReady(ports: readonly number[]): Promise<boolean>
}

const startMs = 30_000
const answerMs = 2_000
const stopMs = 5_000

/** The first executable of that name on PATH. */
export function findExecutable(name: string): string | undefined {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {}
  }
  return undefined
}

/** Starts a server on free loopback ports, in a temporary folder; resolves when it is ready. */
export async function startServer(command: ServerCommand): Promise<ServerProcess> {
  // Between the moment a port is found free and the moment the server takes it, somebody else may have it.
  for (let attempt = 1; ; attempt++) {
    try {
      return await startOnce(command)
    } catch (error) {
      if (attempt === 3) throw error
    }
  }
}

async function startOnce(command: ServerCommand): Promise<ServerProcess> {
  const folder = await mkdtemp(join(tmpdir(), 'build-stats-server-'))
  const ports = await findFreePorts(command.portCount)
  const args = await command.arguments(folder, ports)
  const launch = () => launchUntilReady(command, args, folder, ports)
  let child: ChildProcess
  try {
    child = await launch()
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw error
  }
  return {
    get pid() {
      return child.pid ?? -1
    },
    ports,
    folder,
    kill: (signal) => void child.kill(signal),
    restart: async () => {
      await end(child)
      child = await launch()
    },
    stop: async () => {
      await end(child)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function launchUntilReady(
  command: ServerCommand,
  args: readonly string[],
  folder: string,
  ports: readonly number[],
): Promise<ChildProcess> {
  // A bare environment: both servers take settings from variables too.
  const child = spawn(command.path, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { HOME: folder } })
  // For a test run that ends before it came to `stop`.
  const cleanUp = () => {
    child.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  process.once('exit', cleanUp)
  child.once('exit', () => process.off('exit', cleanUp))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output = (output + chunk).slice(-4_000)
    })
  }
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
  })
  const deadline = Date.now() + startMs
  while (failure === undefined && isRunning(child) && Date.now() < deadline) {
    // A server that listens before it answers would be waited for without an end.
    const isReady = command.isReady(ports).catch(() => false)
    if (await Promise.race([isReady, delay(answerMs, false, { ref: false })])) return child
    await delay(25)
  }
  await end(child)
  throw new Error(`${command.path} did not start: ${failure?.message ?? output}`)
}

const isRunning = (child: ChildProcess) =>
  child.pid !== undefined && child.exitCode === null && child.signalCode === null

async function end(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return
  const exited = new Promise((resolve) => child.once('exit', resolve))
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs)
  child.kill('SIGTERM')
  // A test may have left it stopped, and then it would not hear the first signal.
  child.kill('SIGCONT')
  await exited
  clearTimeout(timer)
}

async function findFreePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer()
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject)
        server.listen(0, '127.0.0.1', resolve)
      })
      return server
    }),
  )
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address()
      await new Promise((resolve) => server.close(resolve))
      if (address === null || typeof address === 'string') throw new Error('a server without a port')
      return address.port
    }),
  )
}
