import {
  chmodSync,
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Job } from '../support/job-runner.ts'
import { action, openScenario, type Scenario, type ScenarioOptions } from './scenario.ts'

/** Root may do anything: actions run as nobody, as in a container of another user. */
const isRoot = process.getuid?.() === 0
const nobody = 65534
const user = isRoot ? nobody : undefined

/** Nobody may not look into the folder of this repository, wherever that is: a copy of what runs. */
const copy = mkdtempSync(join(tmpdir(), 'build-stats-copy-'))
const node = join(copy, 'node')
beforeAll(() => {
  for (const name of ['action.yml', 'dist', 'yield']) cpSync(join(action, name), join(copy, name), { recursive: true })
  cpSync(process.execPath, node)
  chmodSync(copy, 0o755)
})
afterAll(() => rmSync(copy, { recursive: true, force: true }))

/** Makes what stands at a path in place of a file or folder that works. */
const kinds = {
  missing: () => {},
  'a folder': (path: string) => void mkdirSync(path),
  'a file': (path: string) => writeFileSync(path, ''),
  full: (path: string) => symlinkSync('/dev/full', path),
  'not writable': (path: string) => writeFileSync(path, '', { mode: 0o444 }),
  "another user's": (path: string) => writeFileSync(path, '', { mode: isRoot ? 0o600 : 0 }),
  'a folder that is not writable': (path: string) => void mkdirSync(path, { mode: 0o555 }),
  "another user's folder": (path: string) => void mkdirSync(path, { mode: isRoot ? 0o700 : 0 }),
} satisfies Record<string, (path: string) => void>
type Kind = keyof typeof kinds

const files = ['missing', 'a folder', 'full', 'not writable', "another user's"] as const
const folders = ['missing', 'a file', 'full', 'a folder that is not writable', "another user's folder"] as const

/** A job of that user, whose variables are broken in the phases; everything else works. */
async function openBroken(
  variables: readonly string[],
  kind: Kind,
  phases: readonly string[],
  options: ScenarioOptions = {},
): Promise<Scenario & { readonly path: string }> {
  const path = join(mkdtempSync(join(copy, 'broken-')), 'broken')
  chmodSync(join(path, '..'), 0o755)
  kinds[kind](path)
  const scenario = await openScenario({
    ...{ action: copy, node, user },
    broken: (step) => (phases.includes(step) ? Object.fromEntries(variables.map((name) => [name, path])) : {}),
    ...options,
  })
  giveAway(scenario.job.folder)
  return { ...scenario, path }
}

/** The runner makes the files of each step anew. */
function giveAway(folder: string): void {
  if (!isRoot) return
  chownSync(folder, nobody, nobody)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) giveAway(path)
    else if (!entry.isSymbolicLink()) chownSync(path, nobody, nobody)
  }
}

async function run({ job, ...scenario }: Scenario, between?: (job: Job) => unknown) {
  const finished = await scenario.run(() => between?.(job))
  expect([finished.main.exitCode, finished.post.exitCode], finished.log).toEqual([0, 0])
  expect(finished.log).not.toContain('defect')
  return finished
}

/** GitHub knows when the job began. */
const startTime = '2026-01-02T03:04:13.000Z'

describe.concurrent("the runner's files", () => {
  test.each(
    (
      [
        ['GITHUB_STATE', 'The post step cannot use what the main step saved'],
        ['GITHUB_ENV', 'Later steps have no $BUILD_STATS'],
        ['GITHUB_OUTPUT', 'This step has no outputs'],
        ['GITHUB_STEP_SUMMARY', 'The job summary is missing'],
      ] as const
    ).flatMap(([variable, loss]) => files.map((kind) => [variable, kind, loss] as const)),
  )('%s, %s: the row is there, and one message says why', async (variable, kind, loss) => {
    const scenario = await openBroken([variable], kind, ['main', 'post'])
    const { warnings, point, points } = await run(scenario)
    expect(point().fields).toMatchObject({ start_time: startTime })
    expect(point().fields.duration).toBeGreaterThan(1000)
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(warnings).toEqual([
      expect.stringMatching(new RegExp(` because ${variable} cannot be written: .*(E[A-Z]+|Missing)`)),
    ])
    expect(warnings[0]).toContain(loss)
    expect(warnings[0]).toContain(scenario.path)
  })

  test.each(files)('all of them, %s, and GitHub does not answer: no number is made up', async (kind) => {
    const all = ['GITHUB_STATE', 'GITHUB_ENV', 'GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']
    const scenario = await openBroken(all, kind, ['main', 'post'], { api: { status: 403 } })
    const { warnings, point } = await run(scenario)
    expect(Object.keys(point().fields)).not.toEqual(expect.arrayContaining(['duration']))
    expect(point().fields).not.toHaveProperty('start_time')
    expect(point().fields).toMatchObject({ end_time: expect.any(String), number: 42n })
    for (const name of all) expect(warnings.filter((text) => text.includes(`${name} cannot`))).toHaveLength(1)
    expect(
      warnings.filter((text) => /exact start is not known.*the Build Stats step saved no start time/.test(text)),
    ).toHaveLength(1)
    expect(warnings).toHaveLength(all.length + 2)
  })
})

describe.concurrent('RUNNER_TEMP', () => {
  test.each(folders.flatMap((kind) => ['main', 'post'].map((phase) => [kind, phase] as const)))(
    '%s in %s: the row is there',
    async (kind, phase) => {
      const scenario = await openBroken(['RUNNER_TEMP'], kind, [phase])
      const { warnings, point } = await run(scenario, (job) => job.step('data', 'echo "tests a=1" >> "$BUILD_STATS"'))
      expect(point().fields).toMatchObject({ start_time: startTime })
      expect(point('tests').fields).toMatchObject({ a: 1 })
      const told = phase === 'main' ? [expect.stringContaining(scenario.path)] : []
      expect(warnings).toEqual(told)
    },
  )

  test.each(folders)('%s in post, and nobody takes the points: they are in the log', async (kind) => {
    const inputs = { file: '', url: 'http://127.0.0.1:9', database: 'ci', timeout: '0.5' }
    const scenario = await openBroken(['RUNNER_TEMP'], kind, ['post'], { with: inputs })
    const { log } = await run(scenario)
    expect(log).toMatch(/^build,.*duration=/m)
  })
})

describe.concurrent('the event and the data', () => {
  test.each(files)('GITHUB_EVENT_PATH, %s: an empty event', async (kind) => {
    const scenario = await openBroken(['GITHUB_EVENT_PATH'], kind, ['main', 'post'])
    const { warnings, point } = await run(scenario)
    expect(warnings).toEqual([])
    expect(point().fields).toMatchObject({ start_time: startTime, job_name: 'test' })
  })

  test.each(files)('BUILD_STATS, %s when the job starts: there is another', async (kind) => {
    const scenario = await openBroken(['BUILD_STATS'], kind, ['main'])
    const { warnings, point } = await run(scenario, (job) => job.step('data', 'echo "tests a=1" >> "$BUILD_STATS"'))
    expect(warnings).toEqual([])
    if (kind !== 'not writable') expect(point('tests').fields).toMatchObject({ a: 1 })
  })

  test.each(["another user's", 'a folder', 'full', 'missing'] as const)(
    'BUILD_STATS, %s when it ends: the row is there, and one message says why',
    async (kind) => {
      const scenario = await openBroken([], kind, [])
      const { warnings, point } = await run(scenario, ({ outputs }) => {
        const file = outputs['data-file'] ?? ''
        rmSync(file)
        kinds[kind](file)
      })
      expect(point().fields).toMatchObject({ start_time: startTime })
      expect(warnings).toEqual([expect.stringMatching(/^Data that steps yielded is missing: the data file .*/)])
      expect(warnings[0]).toContain(scenario.job.outputs['data-file'])
    },
  )

  test.each(["another user's", 'not writable', 'a folder', 'full', 'missing'] as const)(
    'BUILD_STATS, %s for a step that yields: a warning',
    async (kind) => {
      const scenario = await openBroken([], kind, [])
      const { job } = scenario
      await run(scenario, async ({ outputs }) => {
        const file = outputs['data-file'] ?? ''
        rmSync(file)
        kinds[kind](file)
        const { exitCode, annotations } = await job.uses('', join(copy, 'yield'), { name: 'tests', data: 'a: 1' })
        expect([exitCode, annotations.map(({ level }) => level)]).toEqual([
          0,
          isRoot && kind !== 'a folder' && kind !== 'full' && kind !== 'missing' ? [] : ['warning'],
        ])
      })
    },
  )
})
