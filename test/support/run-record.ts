import { createRandom, type Random } from '../dashboards/random.ts'

/** What really happened, in whole seconds since 1970: the API tells it in its own words. */
export interface TrueStep {
  readonly name: string
  readonly number: number
  readonly conclusion: string
  readonly start: number
  readonly end: number
}

export interface TrueJob {
  readonly id: number
  readonly name: string
  readonly conclusion: string
  readonly created: number
  readonly start: number
  readonly end: number
  /** Undefined where it never had one. */
  readonly runner: string | undefined
  readonly labels: readonly string[]
  readonly steps: readonly TrueStep[]
}

export interface TrueAttempt {
  readonly start: number
  readonly conclusion: string
  /** Those that it ran itself. */
  readonly jobs: readonly TrueJob[]
  /** Those of the attempt before it that are listed with it once more, under other ids. */
  readonly carried: readonly TrueJob[]
}

export interface TrueRun {
  readonly repository: string
  readonly id: number
  readonly number: number
  readonly workflow: string
  readonly path: string
  readonly event: string
  readonly branch: string
  readonly title: string
  readonly attempts: readonly TrueAttempt[]
  readonly pullRequest?: number
  readonly isRunning?: boolean
}

export interface RecordOptions {
  readonly repositories: number
  readonly runs: number
  /** Seconds since 1970 in which runs are created. */
  readonly from: number
  readonly to: number
  readonly seed?: number
}

const workflows = [
  { workflow: 'CI', path: '.github/workflows/ci.yml', event: 'push' },
  { workflow: 'CI', path: '.github/workflows/ci.yml', event: 'pull_request' },
  { workflow: 'Nightly', path: '.github/workflows/nightly.yml', event: 'schedule' },
  { workflow: '.github/workflows/deploy.yml', path: '.github/workflows/deploy.yml', event: 'workflow_dispatch' },
]
const names = [
  'lint',
  'build',
  'test (ubuntu-latest, 20)',
  'test (windows-latest, 22)',
  'web / build (1)',
  'docs',
  'e2e',
]
const labels = [['ubuntu-latest'], ['windows-2025'], ['macos-15'], ['self-hosted', 'linux', 'x64'], ['gpu']]

/** Runs of an organisation: re-runs, jobs that were skipped, cancelled in the queue, or ran into their limit, and a large matrix. */
export function createRecord({ repositories, runs, from, to, seed = 1 }: RecordOptions): TrueRun[] {
  const random = createRandom(seed)
  let id = 20_000_000_000
  const counts = new Map<string, number>()
  return Array.from({ length: runs }, (_, index) => {
    const repository = `acme/app-${index % repositories}`
    const number = (counts.get(repository) ?? 0) + 1
    counts.set(repository, number)
    const created = from + Math.floor(((to - from) * index) / runs)
    const size = index % 400 === 0 ? 130 : 1 + random.below(7)
    const toId = () => (id += 1 + random.below(3))
    const runId = toId()
    const { workflow, path, event } = random.pick(workflows)
    const attempts = createAttempts(random, created, size, random.chance(0.05) ? 2 + random.below(2) : 1, toId)
    const own = { repository, id: runId, number, workflow, path, event, title: `Change ${index}`, attempts }
    if (event !== 'pull_request') return { ...own, branch: random.pick(['main', 'main', 'fix/cart']) }
    return { ...own, branch: 'feature', pullRequest: 1000 + index }
  })
}

function createAttempts(
  random: Random,
  created: number,
  size: number,
  count: number,
  toId: () => number,
): TrueAttempt[] {
  const attempts: TrueAttempt[] = []
  let start = created
  for (let number = 1; number <= count; number++) {
    const last = attempts.at(-1)
    const before = last === undefined ? [] : [...last.jobs, ...last.carried]
    const again = before.filter(({ conclusion }) => !['success', 'skipped'].includes(conclusion))
    const toRun =
      last === undefined ? Array.from({ length: size }, (_, at) => toName(at, size)) : again.map(({ name }) => name)
    const isLast = number === count
    const jobs = toRun.map((name, at) => createJob(random, name, start, toId(), isLast ? undefined : at === 0))
    attempts.push({
      start,
      conclusion: jobs.some(({ conclusion }) => /failure|timed_out/.test(conclusion)) ? 'failure' : 'success',
      jobs,
      carried: before.filter((job) => !again.includes(job)).map((job) => ({ ...job, id: toId() })),
    })
    start = Math.max(...jobs.map(({ end }) => end)) + 60 + random.below(600)
  }
  return attempts
}

function toName(at: number, size: number): string {
  return size > names.length ? `test (${at})` : (names[at] ?? 'job')
}

/** @param fails undefined: as it comes */
function createJob(random: Random, name: string, from: number, id: number, fails: boolean | undefined): TrueJob {
  const created = from + random.below(3)
  const start = created + random.below(40)
  const end = start + random.below(900)
  const label = random.pick(labels)
  const job = { id, name, created, start, end, runner: `runner-${random.below(50)}`, labels: label }
  if (fails === true) return { ...job, conclusion: 'failure', steps: createSteps(job, 'failure') }
  const kind = random.below(100)
  if (kind < 6) return { ...job, conclusion: 'skipped', start: created, end: created, runner: undefined, steps: [] }
  if (kind < 9)
    return { ...job, conclusion: 'cancelled', start: created + 30, end: created + 10, runner: undefined, steps: [] }
  if (kind < 12) return { ...job, conclusion: 'cancelled', steps: createSteps(job, 'cancelled') }
  if (kind < 14) return { ...job, conclusion: 'timed_out', steps: createSteps(job, 'cancelled') }
  if (kind < 20) return { ...job, conclusion: 'failure', steps: createSteps(job, 'failure') }
  return { ...job, conclusion: 'success', steps: createSteps(job, 'success') }
}

function createSteps({ start, end }: Pick<TrueJob, 'start' | 'end'>, conclusion: string): TrueStep[] {
  const middle = start + Math.floor((end - start) / 3)
  return [
    { name: 'Set up job', number: 1, conclusion: 'success', start, end: middle },
    { name: 'Run npm test', number: 2, conclusion, start: middle, end },
  ]
}
