import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { actPath, runAct } from '../support/act.ts'
import { exampleRun } from '../support/example-run.ts'
import { exampleJob, startGitHubApi } from '../support/github-api.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'
import type { Loopback } from '../support/loopback.ts'
import { readRows } from './rows.ts'
import { startWriter, token, toValues, type Writer } from './writer.ts'

const readmePath = join(import.meta.dirname, '../../README.md')

/** The first code block of a language that has such a line. */
function findBlock(markdown: string, language: string, line: RegExp): string {
  const blocks = markdown.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))
  const block = Array.from(blocks, ([, text = '']) => text).find((text) => line.test(text))
  if (block === undefined) throw new Error(`no ${language} with ${line}`)
  return block
}

/** The names in each cell of the table's row that begins with this name. */
function readRow(markdown: string, name: string): string[][] {
  const row = new RegExp(`^\\| \`${name}\` \\|.*$`, 'm').exec(markdown)?.[0] ?? ''
  const cells = row.split('|').slice(1, -1)
  return cells.map((cell) => Array.from(cell.matchAll(/`(\w+)`/g), ([, word = '']) => word))
}

describe.skipIf(!actPath || !influxdPath || !existsSync(readmePath))('the first screen of the README', () => {
  let influxd: Influxd
  let server: Writer
  let api: Loopback

  beforeAll(async () => {
    influxd = await startInfluxd()
    server = await startWriter(influxd)
    const started_at = `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`
    api = await startGitHubApi({ token: exampleRun.token, job: exampleJob({ created_at: started_at, started_at }) })
  })
  afterAll(async () => {
    await Promise.all([server?.close(), api?.close(), influxd?.stop()])
  })

  test('works as it stands and yields what it says', async () => {
    const readme = readFileSync(readmePath, 'utf8')
    const workflow = findBlock(readme, 'yaml', /^jobs:/m)
    const act = await runAct({
      workflow,
      secrets: { ...toValues(workflow, 'secrets', server.url), GITHUB_TOKEN: exampleRun.token },
      vars: toValues(workflow, 'vars', server.url),
      env: { GITHUB_API_URL: api.url, GITHUB_RUN_ID: String(exampleRun.runId) },
    })
    expect(act.exitCode, act.output).toBe(0)
    expect(act.annotations.filter(({ level }) => level !== 'debug')).toEqual([])
    expect(act.output).not.toContain(token)
    expect(act.output).not.toContain(exampleRun.token)

    expect(server.databases.size, act.output).toBe(1)
    const [database = ''] = server.databases
    const [, buildTags = []] = readRow(readme, 'build')
    for (const measurement of ['build', 'build_start', 'tests']) {
      const [, tags = [], listed = []] = readRow(readme, measurement)
      // act has no images with versions, and does not say which file defines a job.
      const fields = listed.filter((field) => field !== 'runner_image_version' && field !== 'workflow_ref')
      const rows = await readRows(influxd, database, measurement)
      expect(rows, act.output).toHaveLength(1)
      const [row] = rows
      expect(Object.keys(row?.fields ?? {})).toEqual(expect.arrayContaining(fields))
      expect(fields).not.toEqual([])
      // "the same" and "the same but `result`" stand in the table's cells for the build's tags.
      const expected = measurement === 'build' ? tags : buildTags.filter((tag) => !tags.includes(tag))
      expect(Object.keys(row?.tags ?? {}).sort()).toEqual(expected.toSorted())
    }

    const [series] = await influxd.query(database, findBlock(readme, 'influxql', /^SELECT/m))
    const values = series?.rows.map(([, value]) => value).filter((value) => value !== null)
    expect(values).toEqual([expect.closeTo(60, -1)])
  })
})
