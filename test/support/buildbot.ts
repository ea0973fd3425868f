import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { runProcess } from './process.ts'

const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'build-stats', 'buildbot-4.3.0')

/** Buildbot as script/buildbot installs it; tests skip visibly without it. */
export const buildbotPath: string | undefined = existsSync(join(folder, '.complete'))
  ? join(folder, 'bin', 'buildbot')
  : undefined

/** A master with a worker of its own, which builds at once and then every hour. */
const before = `from buildbot.plugins import schedulers, steps, util, worker
c = BuildmasterConfig = {
    "services": [],
    "protocols": {"null": {}},
    "workers": [worker.LocalWorker("local")],
    "title": "Test",
    "buildbotURL": "http://127.0.0.1/",
    "buildbotNetUsageData": None,
    "db": {"db_url": "sqlite:///state.sqlite"},
}
`

/**
 * Runs a master until something is the case, in a folder of its own.
 * @param configuration of captures, storages, builders and schedulers
 * @param isDone asked again and again, with the master's log for messages
 * @returns the master's log
 */
export async function runMaster(
  configuration: string,
  env: Readonly<Record<string, string>>,
  isDone: () => Promise<boolean>,
): Promise<string> {
  if (buildbotPath === undefined) throw new Error('Buildbot is not installed')
  const basedir = await mkdtemp(join(tmpdir(), 'build-stats-master-'))
  const environment = { PATH: process.env.PATH ?? '', HOME: basedir, LANG: 'C.UTF-8', ...env }
  const run = (args: readonly string[], onStart?: (signal: (name: NodeJS.Signals) => void) => void) =>
    runProcess(buildbotPath, args, { cwd: basedir, env: environment, timeoutMs: 120_000, onStart })
  try {
    const created = await run(['create-master', '--relocatable', basedir])
    if (created.exitCode !== 0) throw new Error(`No master could be made: ${created.stdout}${created.stderr}`)
    await writeFile(join(basedir, 'master.cfg'), before + configuration)
    let end = () => {}
    let isOver = false
    const running = run(['start', '--nodaemon', basedir], (signal) => {
      end = () => signal('SIGTERM')
    }).finally(() => {
      isOver = true
    })
    const deadline = Date.now() + 90_000
    let done = false
    while (!done && !isOver && Date.now() < deadline) {
      await delay(200)
      done = await isDone()
    }
    end()
    const { stdout, stderr } = await running
    if (!done) throw new Error(`The master did not get that far: ${(stdout + stderr).slice(-8000)}`)
    return stdout
  } finally {
    await rm(basedir, { recursive: true, force: true })
  }
}
