import { join } from 'node:path'
import { runAct } from '../../test/support/act.ts'
import { exampleRun } from '../../test/support/example-run.ts'
import { type ApiJob, exampleJob, startGitHubApi } from '../../test/support/github-api.ts'
import { startInfluxd } from '../../test/support/influxd.ts'
import { json } from '../../test/support/loopback.ts'
import { toPastLines } from '../../test/support/past-builds.ts'

/** The workflow of a picture, and the steps of its job as GitHub lists them: seconds each. */
const kinds = {
  summary: [
    ['Set up job', 3],
    ['Check out', 5],
    ['Install packages', 41],
    ['Lint', 28],
    ['Type check', 22],
    ['Test', 276],
    ['Build', 49],
    ['Upload bundles', 8],
  ],
  // What the steps of the workflow take.
  resources: [
    ['Set up job', 1],
    ['Install packages', 8],
    ['Build', 14],
    ['Test', 12],
    ['Upload bundles', 4],
  ],
} as const
export type JobKind = keyof typeof kinds

function toJob(steps: (typeof kinds)[JobKind]): ApiJob {
  const total = steps.reduce((sum, [, seconds]) => sum + seconds, 0)
  let left: number = total
  const at = (secondsLeft: number) => new Date(Date.now() - secondsLeft * 1000).toISOString().replace(/\.\d+/, '')
  const made = steps.map(([name, seconds], index) => {
    const step = { name, number: index + 1, status: 'completed' as const, conclusion: 'success' }
    const times = { started_at: at(left), completed_at: at(left - seconds) }
    left -= seconds
    return { ...step, ...times }
  })
  return exampleJob({ created_at: at(total + 9), started_at: at(total), steps: made })
}

/** Earlier builds of it, a few of them slower than others. */
function toPast(): string {
  return toPastLines(
    Array.from({ length: exampleRun.runNumber - 1 }, (_, index) => {
      const slower = 14 * Math.sin(index * 1.7) + 9 * Math.cos(index * 4.1) + (index % 11 === 7 ? 52 : 0)
      const duration = Math.round((303 + slower) * 10) / 10
      const fields = { coverage: `${83.5 + (index % 4) * 0.1}`, bundle_kb: `${480 + index * 0.4}` }
      return { duration, fields, steps: { Test: duration - 153, Build: 47 + (index % 5), 'Install packages': 40 } }
    }),
  )
}

/** Runs a job in act, with InfluxDB and a GitHub API on loopback, and gives back its summary. */
export async function runJob(kind: JobKind): Promise<string> {
  const influxd = await startInfluxd()
  const api = await startGitHubApi({
    respond({ path }) {
      const [, id] = /\/jobs(\/\d+)?(?:\?|$)/.exec(path) ?? ['', 'none']
      const job = toJob(kinds[kind])
      if (id === 'none') return undefined
      return json(id === undefined ? { total_count: 1, jobs: [job] } : job)
    },
  })
  try {
    await influxd.createDatabase('ci')
    await influxd.write('ci', toPast())
    const act = await runAct({
      workflow: join(import.meta.dirname, `${kind}.yml`),
      vars: { INFLUX_URL: influxd.url },
      secrets: { GITHUB_TOKEN: exampleRun.token },
      env: {
        GITHUB_API_URL: api.url,
        GITHUB_RUN_ID: String(exampleRun.runId),
        GITHUB_RUN_NUMBER: String(exampleRun.runNumber),
        RUNNER_OS: 'Linux',
      },
    })
    if (act.exitCode !== 0) throw new Error(`act failed:\n${act.output}`)
    // Addresses that this run alone has.
    return act.summaries.join('').replaceAll(/127\.0\.0\.1:\d+/g, 'influx.example.com:8086')
  } finally {
    await api.close()
    await influxd.stop()
  }
}
