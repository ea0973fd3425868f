import { exampleRun } from './example-run.ts'

/** Earlier builds of the job runner's own job, as this action writes them. */
export interface PastBuild {
  readonly duration: number
  /** Seconds by the step's name. */
  readonly steps?: Readonly<Record<string, number>>
  /** Further fields of the row, as line protocol has them. */
  readonly fields?: Readonly<Record<string, string>>
  readonly result?: string
  /** The number and id of its run. */
  readonly run?: number
  /** A record of `tests` that it has yielded: its duration. */
  readonly tests?: number
  readonly branch?: string
  readonly isDefault?: boolean
  /** Further tags, and other values of those that there are. */
  readonly tags?: Readonly<Record<string, string>>
}

const tag = (text: string) => text.replace(/[,= ]/g, '\\$&')

/** Line protocol of builds of which one ended each hour, the last one an hour ago. Their runs count from 1. */
export function toPastLines(builds: readonly PastBuild[], measurement = 'build'): string {
  const lines = builds.flatMap((build, index) => {
    const endMs = Date.now() - (builds.length - index) * 3_600_000
    const { result = 'success', branch = 'main', isDefault = branch === 'main', steps = {}, fields = {} } = build
    const { run = index + 1, tests } = build
    const tags = {
      ...{ repository: exampleRun.repository, workflow: exampleRun.workflow, job: exampleRun.job, event: 'push' },
      ...{ result, default_branch: `${isDefault}`, runner_os: 'Linux', runner_arch: 'X64', ...build.tags },
    }
    const series = Object.entries(tags).map(([key, value]) => `,${tag(key)}=${tag(value)}`)
    const ids = `attempt=1i,run_id=${run}i`
    const more = Object.entries(fields).map(([key, value]) => `,${tag(key)}=${value}`)
    const quoted = `"${branch.replace(/["\\]/g, '\\$&')}"`
    const ofSteps = Object.entries(steps).map(([name, duration], at) => {
      const key = `${measurement}_step${series.join('')},step=${tag(name)},conclusion=success`
      return `${key} duration=${duration},number=${at + 1}i,build_number=${run}i,${ids} ${endMs}00000${at}`
    })
    const row = `${measurement}${series.join('')} duration=${build.duration},number=${run}i,branch=${quoted},${ids}`
    const ofData = tests === undefined ? [] : [`tests${series.join('')} duration=${tests},${ids} ${endMs}000000`]
    return [`${row}${more.join('')} ${endMs}000000`, ...ofSteps, ...ofData]
  })
  return lines.join('\n')
}

/** As many builds, whose durations lie around 303 s, which is their median; one of them got stuck. */
export function toUsualBuilds(count = 30): PastBuild[] {
  return Array.from({ length: count }, (_, index) => {
    const duration = index === count - 3 ? 20_000 : 303 + ((index % 5) - 2) * 4
    return { duration, steps: { 'Set up job': 3, 'Run npm test': duration - 83, Lint: 80 } }
  })
}
