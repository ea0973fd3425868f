import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { closing } from '../scenario/closing.ts'
import { type Finished, runScenario, type Scenario, type ScenarioOptions } from '../scenario/scenario.ts'
import { type Forward, startForward } from '../support/forward.ts'
import type { Job } from '../support/job-runner.ts'
import type { RunningServer, StoredRow } from '../support/running-server.ts'

/** A server and a new database in it, for jobs that write through an address which counts what they ask. */
export interface Trial<Running extends RunningServer = RunningServer> {
  /** The server's name and version. */
  readonly name: string
  readonly server: Running
  readonly database: string
  readonly forward: Forward
  /** The action's inputs for the database, through the address that counts. */
  readonly inputs: Readonly<Record<string, string>>
  /** Main, the job's steps, post, without a start point; `lines` are appended to the data file. */
  run(given?: ScenarioOptions & { readonly lines?: string }, steps?: (job: Job) => unknown): Promise<Ran>
  /** The rows of a measurement, when the server has dealt with all that it was sent of it. */
  readRows(measurement: string): Promise<StoredRow[]>
  /** What jobs left in the spool, file by file. */
  readSpool(): string[]
  /** Changes what they left. */
  editSpool(edit: (text: string) => string): void
}

export type Ran = Finished & Scenario & { readonly requests: number }

let count = 0

export async function openTrial<Running extends RunningServer>(
  name: string,
  server: Running,
  { database = `ci${++count}`, retentionHours }: { database?: string; retentionHours?: number } = {},
): Promise<Trial<Running>> {
  await server.createDatabase(database, retentionHours)
  const forward = closing(await startForward(server.url))
  const spool = mkdtempSync(join(tmpdir(), 'build-stats-spool-'))
  closing({ close: async () => rmSync(spool, { recursive: true, force: true }) })
  const inputs = { ...server.inputs(database), url: forward.url }
  const listSpool = () => readdirSync(spool).map((name) => join(spool, name))

  return {
    name,
    server,
    database,
    forward,
    inputs,
    async run({ lines, ...given } = {}, steps) {
      forward.takeWrites()
      const common = { file: '', spool, 'start-point': false, summary: false, timeout: '20' }
      const ran = await runScenario({ ...given, with: { ...inputs, ...common, ...given.with } }, async (job) => {
        if (lines !== undefined) writeFileSync(job.exportedEnv.BUILD_STATS ?? '', lines)
        await steps?.(job)
      })
      return { ...ran, requests: forward.takeWrites() }
    },
    async readRows(measurement) {
      // Servers take in a measurement's points in their order, some of them after their answer: what came before is there
      // when this one is.
      const canary = `c${++count}`
      const { status, body } = await server.write(database, `${measurement},canary=${canary} alive=1`)
      if (status !== 204) throw new Error(`${status} ${body}`)
      for (let tries = 0; tries < 600; tries++) {
        const rows = await server.readRows(database, measurement)
        if (rows.some((row) => row.canary === canary)) return rows.filter((row) => row.canary === undefined)
        await delay(50)
      }
      throw new Error(`${measurement} does not show what was written`)
    },
    readSpool: () => listSpool().map((path) => readFileSync(path, 'utf8')),
    editSpool: (edit) => {
      for (const path of listSpool()) writeFileSync(path, edit(readFileSync(path, 'utf8')))
    },
  }
}
