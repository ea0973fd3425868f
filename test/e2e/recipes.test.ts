// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import { findPage, findSection, type Page, pages, readBlocks } from '../docs/pages.ts'
import { recipeFiles } from '../docs/steps-example.ts'
import { type StepExample, toExample, type WorkflowExample } from '../docs/yaml-example.ts'
import { type ActRun, actPath, runAct } from '../support/act.ts'
import { exampleRun } from '../support/example-run.ts'
import { exampleJob, startGitHubApi } from '../support/github-api.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'
import type { Loopback } from '../support/loopback.ts'
import { type Row, readRows } from './rows.ts'
import { startWriter, token, toValues, type Writer } from './writer.ts'

const action = 'build-stats/build-stats@v1'
type Job = WorkflowExample['jobs'][string]

/** Recipes that other tests run: one needs a caller, one legs, one a file. */
const elsewhere = new Set(['Reusable workflow', 'Matrix', 'Several storages'])

/** The jobs of other pages that begin with Build Stats and need no container, and the config that a page shows for them. */
function readOtherJobs(): { id: string; job: Job; config: string | undefined }[] {
  return pages
    .filter(({ path }) => !['README.md', 'docs/recipes.md'].includes(path))
    .flatMap((page) => {
      const found = readBlocks(page)
        .filter(({ language }) => language === 'yaml')
        .map(toExample)
      const config = found.find(({ kind }) => kind === 'config')?.text
      return found.flatMap(({ kind, value }) =>
        kind !== 'workflow'
          ? []
          : Object.values(value.jobs)
              .filter((job) => !('container' in job) && job.steps?.[0]?.uses === action)
              .map((job, index) => ({ id: `${basename(page.path, '.md')}-page-${index + 1}`, job, config })),
      )
    })
}

/** The jobs of a recipe: those that it shows, or one around the steps and rules that it shows. */
function toJobs(page: Page, heading: string): Job[] {
  const examples = readBlocks({ path: page.path, text: findSection(page, heading) })
    .filter(({ language }) => language === 'yaml')
    .map(toExample)
  const workflows = examples.flatMap(({ kind, value }) => (kind === 'workflow' ? Object.values(value.jobs) : []))
  if (workflows.length > 0) return workflows
  const rules = examples.flatMap(({ kind, value }) => (kind === 'rules' ? (value as object[]) : []))
  const steps = examples.flatMap(({ kind, value }) => (kind === 'steps' ? value : []))
  const ours = {
    uses: action,
    with: {
      ...{ url: 'https://influx.example.com', database: 'ci', steps: '${{ toJSON(steps) }}' },
      captures: JSON.stringify(rules.length > 0 ? rules : ['duration', { data: { regex: '.*' } }]),
    },
  }
  // Reports that git tracks, or that are older than the job, are not this build's.
  const prepare = { run: 'rm -rf .git; find . -type f -exec touch {} +' }
  return [{ steps: [ours, { uses: 'actions/checkout@v7' }, prepare, ...steps] }]
}

/** A server of the docs. */
const address = /https?:\/\/(?:(?:influx|metrics|victoria|telegraf)\.[\w.]+|10\.0\.0\.5)(?::\d+)?/g

/** A job as it runs here, on this machine and without a network. */
function toLocal(job: Job, url: string, folder: string): object {
  const local = JSON.parse(JSON.stringify(job).replaceAll(address, url).replaceAll('/var/lib/build-stats', folder))
  const steps: StepExample[] = local.steps.map((step: StepExample) =>
    step.uses?.startsWith('actions/cache@') ? { id: step.id, run: 'echo cache-hit=true >> "$GITHUB_OUTPUT"' } : step,
  )
  return { ...local, 'runs-on': 'ubuntu-latest', steps }
}

describe.skipIf(!actPath || !influxdPath)('the recipes of the docs, as jobs of one workflow', () => {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-recipes-'))
  const jobs = new Map<string, object>()
  let influxd: Influxd
  let writer: Writer
  let api: Loopback
  let act: ActRun

  beforeAll(async () => {
    influxd = await startInfluxd()
    writer = await startWriter(influxd)
    const started_at = `${new Date(Date.now() - 60_000).toISOString().slice(0, 19)}Z`
    api = await startGitHubApi({ job: exampleJob({ created_at: started_at, started_at }) })
    const page = findPage('docs/recipes.md')
    for (const [, heading = ''] of page.text.matchAll(/^## (.*)$/gm)) {
      if (elsewhere.has(heading)) continue
      const id = heading.toLowerCase().replaceAll(' ', '-')
      for (const [index, job] of toJobs(page, heading).entries())
        jobs.set(index === 0 ? id : `${id}-${index + 1}`, toLocal(job, writer.url, folder))
    }
    const configs: Record<string, string> = {}
    for (const { id, job, config } of readOtherJobs()) {
      // Pages call their files alike.
      const path = `.github/${id}.yml`
      const text = JSON.stringify(job).replace('.github/build-stats.yml', path)
      jobs.set(id, toLocal(JSON.parse(text), writer.url, folder))
      if (config !== undefined) configs[path] = config.replaceAll(address, writer.url)
    }
    const workflow = stringify({ name: 'Recipes', on: 'push', jobs: Object.fromEntries(jobs) })
    act = await runAct({
      workflow,
      files: {
        ...configs,
        ...Object.fromEntries(
          globSync('**/*', { cwd: recipeFiles })
            .filter((path) => statSync(join(recipeFiles, path)).isFile())
            .map((path) => [path, readFileSync(join(recipeFiles, path), 'utf8')]),
        ),
      },
      secrets: { ...toValues(workflow, 'secrets', writer.url), GITHUB_TOKEN: exampleRun.token },
      vars: toValues(workflow, 'vars', writer.url),
      env: { GITHUB_API_URL: api.url, GITHUB_RUN_ID: String(exampleRun.runId) },
      timeoutMs: 180_000,
    })
  }, 200_000)
  afterAll(async () => {
    rmSync(folder, { recursive: true })
    await Promise.all([writer?.close(), api?.close(), influxd?.stop()])
  })

  const rowsOf = async (measurement: string, job: string): Promise<Row[]> =>
    (await readRows(influxd, 'ci', measurement)).filter(({ tags }) => tags.job === job)

  test('are green, warn of nothing and write a row each', async () => {
    expect(act.exitCode, act.output).toBe(0)
    expect(act.annotations.filter(({ level }) => level !== 'debug')).toEqual([])
    expect(act.output).not.toContain(token)
    expect(jobs.size).toBeGreaterThan(10)
    const builds = await readRows(influxd, 'ci', 'build')
    const written = new Set(builds.map(({ tags }) => tags.job))
    // That layout has no row of the build.
    const others = await readRows(influxd, 'ci', 'Recipes/buildbot-page-1-build-times')
    expect(others.length).toBeGreaterThan(2)
    expect([...written, 'buildbot-page-1'].sort()).toEqual([...jobs.keys()].sort())
    expect(builds.filter(({ tags }) => tags.result !== 'success')).toEqual([])
  })

  test('count what real tools have counted', async () => {
    const tests = await rowsOf('tests', 'test-counts')
    expect(tests.map(({ fields }) => [fields.tests, fields.failed, fields.skipped]).sort()).toEqual([
      [3, 1, 1],
      [6, 2, 2],
      [6, 2, 2],
    ])
    expect((await rowsOf('test_case', 'test-counts')).length).toBeGreaterThan(4)
    expect(await rowsOf('coverage', 'coverage-and-benchmarks')).toMatchObject([
      { fields: { lines_total: expect.any(Number) } },
    ])
    expect(await rowsOf('benchmark', 'coverage-and-benchmarks')).toMatchObject([
      { tags: { unit: 's' } },
      { tags: { unit: 's' } },
    ])
  })

  test('store what steps yield', async () => {
    const files = await rowsOf('bundle_file', 'bundle-size')
    expect(files.map(({ tags }) => tags.file)).toEqual(['main.js', 'vendor.js'])
    const fields = async (job: string) => (await rowsOf('build', job))[0]?.fields
    expect(await fields('bundle-size')).toHaveProperty('bundle_bytes')
    expect(await fields('cache-hit-rate')).toMatchObject({ cache_hit: 1 })
    for (const job of ['long-outputs', 'long-outputs-2']) expect(await fields(job)).toMatchObject({ coverage: 87.5 })
    expect((await rowsOf('package', 'monorepo')).map(({ tags }) => tags.package)).toEqual(['parser', 'printer'])
    expect(await rowsOf('lint', 'composite-action')).toMatchObject([
      { tags: { tool: 'eslint' }, fields: { warnings: 3 } },
    ])
    expect(await rowsOf('lint_time', 'composite-action')).toMatchObject([{ fields: { seconds: 12.5 } }])
  })
})
