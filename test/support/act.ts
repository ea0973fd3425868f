import { execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { type Annotation, type LogEntry, parseLog, toAnnotations } from './act-log.ts'
import { exampleRun } from './example-run.ts'
import { findExecutable } from './server-process.ts'

/** nektos/act on PATH: a runner of GitHub Actions on this machine; tests skip visibly without it. */
export const actPath: string | undefined = findExecutable('act')

const root = resolve(import.meta.dirname, '../..')
/** What a release of the action consists of, as far as a job needs it. */
const actionFiles = ['action.yml', 'package.json', 'dist', 'yield', 'replay']
const { actor, repository, runnerName } = exampleRun

export interface ActOptions {
  /** The text of a workflow, or the path of one. Its `uses: <owner>/build-stats[/path]@<ref>` is the action of this tree. */
  readonly workflow: string
  /** Further files of the repository that the workflow belongs to, by path. */
  readonly files?: Readonly<Record<string, string>>
  /** Further actions, as `uses:` names them, such as `acme/ci@v1`, each with its files by path. */
  readonly actions?: Readonly<Record<string, Readonly<Record<string, string>>>>
  readonly event?: string
  /** Laid over a payload that has `repository` (default branch: main) and `sender`, and for a push `ref` and `after`. */
  readonly eventPayload?: object
  /** The environment of every step; `GITHUB_RUN_ID`, `GITHUB_API_URL` and the like decide what act says of the run. They go before a job's own `env:`. */
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly secrets?: Readonly<Record<string, string>>
  readonly vars?: Readonly<Record<string, string>>
  /** One job, and those it needs; otherwise all of the event. */
  readonly job?: string
  /** The folder of another action to take instead. */
  readonly action?: string
  /** The run is cancelled, as by a user, once a step prints this line. */
  readonly cancelOn?: string
  /** The folder where a server of act's keeps artifacts, as `<run id>/<name>/<name>.zip`; without one, jobs can make none. */
  readonly artifacts?: string
  readonly timeoutMs?: number
}

export interface ActRun {
  readonly exitCode: number | null
  /** The log as text, nothing masked: a secret in it is one that the action printed. */
  readonly output: string
  readonly log: readonly LogEntry[]
  readonly annotations: readonly Annotation[]
  /** Job summaries in the order they were written. */
  readonly summaries: readonly string[]
  /** When act was started and when it had ended. */
  readonly startMs: number
  readonly endMs: number
  readonly repository: string
  readonly sha: string
}

/** Runs a workflow's jobs on this machine, in a folder of their own that is gone afterwards. */
export async function runAct(options: ActOptions): Promise<ActRun> {
  if (actPath === undefined) throw new Error('act is not on PATH')
  const folder = await mkdtemp(join(tmpdir(), 'build-stats-act-'))
  try {
    const workflow = options.workflow.includes('\n') ? options.workflow : await readFile(options.workflow, 'utf8')
    const sha = await createRepository(join(folder, 'repository'), `https://github.com/${repository}`, {
      ...options.files,
      '.github/workflows/workflow.yml': workflow,
    })
    const cache = join(folder, 'cache')
    const actions = Object.entries(options.actions ?? {})
    const texts = [workflow, ...actions.flatMap(([, files]) => Object.values(files))]
    await cacheAction(cache, texts.join('\n'), options.action ?? root)
    for (const [use, files] of actions) await cacheFiles(cache, use, files)
    const args = await writeArguments(folder, sha, options)
    const startMs = Date.now()
    const { exitCode, output } = await launch(actPath, args, folder, options)
    const endMs = Date.now()
    const log = parseLog(output)
    return {
      exitCode,
      output: log.map(({ job, msg }) => (job ? `[${job.trim()}] ${msg}` : msg)).join('\n'),
      log,
      annotations: toAnnotations(log),
      summaries: log.flatMap(({ command, content }) => (command === 'summary' ? (content ?? []) : [])),
      startMs,
      endMs,
      repository,
      sha,
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Offline, act takes a remote action from the clone that an earlier run left in its cache. That is the way a user's
 * `uses: owner/action@v1` goes. (`--local-repository` is another one; its cache is not safe for jobs side by side.)
 */
async function cacheAction(cache: string, workflow: string, source: string): Promise<void> {
  const uses = workflow.matchAll(/\buses:\s*['"]?(([\w.-]+\/build-stats)(?:\/[\w./-]+)?@([\w.-]+))/g)
  if (source === root && !existsSync(join(root, 'dist/main.js'))) throw new Error('dist/ is empty: npm run build')
  const clones = new Map(Array.from(uses, ([, use = '', slug = '', ref = '']) => [use, { slug, ref }]))
  await mkdir(cache, { recursive: true })
  for (const [use, { slug, ref }] of clones) {
    const clone = join(cache, use.replaceAll('/', '-'))
    for (const file of source === root ? actionFiles : ['.']) {
      if (existsSync(join(source, file))) await cp(join(source, file), join(clone, file), { recursive: true })
    }
    await createRepository(clone, `https://github.com/${slug}`, {})
    await git(clone, 'tag', ref)
  }
}

/** The same for an action of files; one of a name that is cached already replaces it. */
async function cacheFiles(cache: string, use: string, files: Readonly<Record<string, string>>): Promise<void> {
  const [slug = '', ref = ''] = use.split('@')
  const clone = join(cache, use.replaceAll('/', '-'))
  await rm(clone, { recursive: true, force: true })
  await createRepository(clone, `https://github.com/${slug}`, files)
  await git(clone, 'tag', ref)
}

/** Writes files into a folder and makes it a git repository with one commit on `main`; returns the commit. */
async function createRepository(folder: string, origin: string, files: Record<string, string>): Promise<string> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), text)
  }
  await git(folder, 'init', '--quiet', '--initial-branch=main')
  await git(folder, 'add', '--all', '--force')
  await git(folder, '-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message=Test')
  await git(folder, 'remote', 'add', 'origin', origin)
  return git(folder, 'rev-parse', 'HEAD')
}

async function git(folder: string, ...args: string[]): Promise<string> {
  const env = { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' }
  const { stdout } = await promisify(execFile)('git', ['-C', folder, ...args], { env })
  return stdout.trim()
}

async function writeArguments(folder: string, sha: string, options: ActOptions): Promise<string[]> {
  const event = options.event ?? 'push'
  // JSON is YAML, which act reads from a file of that name without the quoting rules of .env files.
  const write = async (name: string, content: object) => {
    await writeFile(join(folder, name), JSON.stringify(content))
    return join(folder, name)
  }
  const payload = { ...toPayload(event, sha), ...options.eventPayload }
  // RUNNER_NAME: every runner of GitHub sets it, act does not. The API: nothing listens there, so that no test leaves
  // this machine.
  const env = { GITHUB_API_URL: 'http://127.0.0.1:9', RUNNER_NAME: runnerName, ...options.env }
  return [
    event,
    ...(options.job === undefined ? [] : ['--job', options.job]),
    ...['--directory', join(folder, 'repository')],
    ...['--eventpath', await write('event.json', payload)],
    ...['--env-file', await write('env.yml', env)],
    ...['--secret-file', await write('secrets.yml', options.secrets ?? {})],
    ...['--var-file', await write('vars.yml', options.vars ?? {})],
    ...['--platform', 'ubuntu-latest=-self-hosted', '--actor', actor, '--json', '--insecure-secrets'],
    ...(options.artifacts === undefined ? [] : await toServerArguments(options.artifacts)),
    ...['--action-cache-path', join(folder, 'cache'), '--action-offline-mode', '--pull=false', '--no-cache-server'],
  ]
}

async function toServerArguments(folder: string): Promise<string[]> {
  // act takes no port 0 here.
  const server = createServer()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  await new Promise((done) => server.close(done))
  const address = ['--artifact-server-addr', '127.0.0.1', '--artifact-server-port', String(port)]
  return ['--artifact-server-path', folder, ...address]
}

function toPayload(event: string, sha: string): object {
  const [login, name] = repository.split('/')
  const common = {
    repository: { full_name: repository, name, owner: { login }, default_branch: 'main' },
    sender: { login: actor },
  }
  return event === 'push' ? { ref: 'refs/heads/main', after: sha, deleted: false, ...common } : common
}

/** Ends as act does; an act that takes too long is ended, its steps with it, and the promise is rejected. */
async function launch(path: string, args: string[], folder: string, { cancelOn, timeoutMs = 60_000 }: ActOptions) {
  // Steps inherit all of act's environment, so nothing of ours may be in it.
  const env = {
    PATH: [join(root, 'node_modules/node/bin'), process.env.PATH].join(delimiter),
    LANG: 'C.UTF-8',
    ...{ HOME: folder, XDG_CACHE_HOME: join(folder, 'cache'), XDG_CONFIG_HOME: folder, TMPDIR: folder },
    ACT_DISABLE_VERSION_CHECK: '1',
  }
  const child = spawn(path, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] })
  const kill = () => void child.kill('SIGKILL')
  process.once('exit', kill)
  const timers = [setTimeout(() => child.kill('SIGTERM'), timeoutMs), setTimeout(kill, timeoutMs + 5_000)]
  let output = ''
  const cancelMark = cancelOn === undefined ? undefined : `"msg":${JSON.stringify(`${cancelOn}\n`)}`
  let isCancelled = false
  const collect = (chunk: string) => {
    output += chunk
    if (isCancelled || cancelMark === undefined || !output.includes(cancelMark)) return
    isCancelled = true
    child.kill('SIGINT')
  }
  child.stdout.setEncoding('utf8').on('data', collect)
  child.stderr.setEncoding('utf8').on('data', collect)
  try {
    const started = Date.now()
    const exitCode = await new Promise<number | null>((done, fail) => child.once('error', fail).once('close', done))
    if (Date.now() - started >= timeoutMs)
      throw new Error(`act did not end in ${timeoutMs} ms: ${output.slice(-4_000)}`)
    return { exitCode, output }
  } finally {
    timers.forEach(clearTimeout)
    process.off('exit', kill)
  }
}
