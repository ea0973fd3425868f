// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type GitHubApiOptions, startGitHubApi } from '../support/github-api.ts'
import { createJob, type Job, type JobOptions, type RunResult } from '../support/job-runner.ts'
import { type ParsedLine, parseLine, splitLines } from '../support/line-protocol.ts'
import type { Loopback } from '../support/loopback.ts'
import type { Annotation } from '../support/workflow-commands.ts'
import { closing } from './closing.ts'

/** The repository itself: its action.yml, and the bundles that it names. */
export const action = join(import.meta.dirname, '..', '..')

export interface ScenarioOptions extends Omit<JobOptions, 'action'> {
  /** A copy of the action. */
  readonly action?: string
  /** What the loopback API answers; `none`: nothing listens. */
  readonly api?: GitHubApiOptions | 'none'
}

/** A job whose points go to a file, unless its inputs say otherwise, and whose API is on loopback. */
export interface Scenario {
  readonly job: Job
  readonly api: Loopback
  /** Main, the job's own steps, post. Nothing may be on stderr: it would be Node's, in every user's log. */
  run(steps?: () => unknown): Promise<Finished>
}

export interface Finished {
  readonly main: RunResult
  readonly post: RunResult
  /** What the log shows of both. */
  readonly log: string
  readonly warnings: readonly string[]
  readonly points: readonly ParsedLine[]
  /** The only point of a measurement. */
  point(measurement?: string): ParsedLine
}

export async function openScenario({ api: apiOptions = {}, ...options }: ScenarioOptions = {}): Promise<Scenario> {
  const api = closing(await startGitHubApi(apiOptions === 'none' ? {} : apiOptions))
  const url = api.url + (apiOptions === 'none' ? '' : (apiOptions.prefix ?? ''))
  const job = await createJob({
    action,
    ...options,
    with: { file: '${{ runner.temp }}/points.lp', steps: '${{ toJSON(steps) }}', ...options.with },
    env: { ...(apiOptions === 'none' ? {} : { GITHUB_API_URL: url }), ...options.env },
  })
  closing({ close: () => job.remove() })
  return {
    job,
    api,
    async run(steps) {
      const main = await job.main()
      await steps?.()
      const post = await job.post()
      expect(main.stderr + post.stderr).toBe('')
      const points = readPoints(join(job.temp, 'points.lp'))
      return {
        main,
        post,
        log: `${main.log}\n${post.log}`,
        warnings: textsOf(job.annotations, 'warning'),
        points,
        point: (measurement = 'build') => findPoint(points, measurement),
      }
    },
  }
}

/** The usual case: a job in one go. */
export async function runScenario(
  options?: ScenarioOptions,
  steps?: (job: Job) => unknown,
): Promise<Finished & Scenario> {
  const scenario = await openScenario(options)
  return { ...scenario, ...(await scenario.run(steps && (() => steps(scenario.job)))) }
}

/** The points in a file of line protocol, read more strictly than any server does. */
export function readPoints(path: string): ParsedLine[] {
  return existsSync(path) ? splitLines(readFileSync(path, 'utf8')).map(parseLine) : []
}

export function findPoint(points: readonly ParsedLine[], measurement: string): ParsedLine {
  const found = points.filter((point) => point.measurement === measurement)
  const [point] = found
  if (point === undefined || found.length > 1) throw new Error(`There are ${found.length} points of ${measurement}`)
  return point
}

export function textsOf(annotations: readonly Annotation[], level: Annotation['level']): string[] {
  return annotations.filter((annotation) => annotation.level === level).map(({ message }) => message)
}

/** The second in which a time so long ago lies, as the API tells it. */
export function secondsAgo(seconds: number): string {
  return new Date(Date.now() - seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z')
}
