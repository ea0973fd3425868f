import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type ActRun, actPath, runAct } from '../support/act.ts'
import { type Influxd, influxdPath, startInfluxd } from '../support/influxd.ts'
import { readRows } from './rows.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/roll-out.md'), 'utf8')
const blocks = Array.from(page.matchAll(/^```yaml\n(.*?)^```/gms), ([, text = '']) => text)

function findBlock(...words: string[]): string {
  const found = blocks.find((text) => words.every((word) => text.includes(word)))
  if (found === undefined) throw new Error(`no YAML with ${words.join(', ')}`)
  return found
}

const wrapper = findBlock('name: Build statistics', 'config:')
const setup = findBlock('name: Setup')
const workflow = findBlock('uses: my-org/build-stats@v1', 'jobs:').replace('      - uses: actions/checkout@v7\n', '')
const secrets = { INFLUX_TOKEN: 'admin-password' }

describe.skipIf(!actPath || !influxdPath)("an organisation's wrapper, as the page has it", () => {
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await startInfluxd({ auth: true })
  })
  afterAll(() => influxd?.stop())

  /** The same config, with a server that this machine has. */
  const toConfig = (database: string) =>
    findBlock('storages:').replace(
      /influxdb: \{.*\}/,
      `influxdb: {url: "${influxd.url}", database: ${database}, username: admin, password: $INFLUX_TOKEN}`,
    )

  async function run(database: string, text: string, wrapperText = wrapper) {
    await influxd.createDatabase(database)
    const act: ActRun = await runAct({
      workflow: text,
      actions: {
        'my-org/build-stats@v1': { 'action.yml': wrapperText, 'build-stats.yml': toConfig(database) },
        'my-org/setup@v1': { 'action.yml': setup },
      },
      secrets,
    })
    const warnings = act.annotations.filter(({ level }) => level === 'warning').map(({ message }) => message)
    const rows = (measurement: string) => readRows(influxd, database, measurement)
    return { ...act, warnings, rows, builds: await rows('build'), starts: await rows('build_start') }
  }

  const inStep = (...lines: string[]) =>
    workflow.replace(/run: .*\n/, `run: |\n${lines.map((line) => `          ${line}\n`).join('')}`)

  test('is two lines a job, and writes its start, its end and its data', async () => {
    const job = workflow.slice(workflow.indexOf('    steps:\n') + 11, workflow.indexOf('      - id: test'))
    expect(job.trimEnd().split('\n')).toHaveLength(2)
    const { exitCode, output, builds, starts, warnings, rows } = await run(
      'wrapped',
      inStep('echo "tests passed=10,failed=2" >> "$BUILD_STATS"'),
    )
    expect(exitCode, output).toBe(0)
    expect([builds, starts], output).toMatchObject([
      [{ tags: { job: 'test', result: 'success' }, fields: { duration: expect.any(Number) } }],
      [{ tags: { job: 'test' } }],
    ])
    expect(await rows('tests')).toMatchObject([{ fields: { passed: 10, failed: 2 } }])
    expect(warnings).toEqual([expect.stringContaining('exact start')])
    expect(output).not.toContain(secrets.INFLUX_TOKEN)
  })

  const nested = workflow.replace('my-org/build-stats@v1', 'my-org/setup@v1')

  test('works inside another composite action, and a mistake in it fails no job', async () => {
    const wrong = wrapper.replace('        on-mistake: warn\n', '        on-mistake: warn\n        timeout: soon\n')
    const { exitCode, output, builds, warnings } = await run('nested', nested, wrong)
    expect(exitCode, output).toBe(0)
    expect(builds, output).toMatchObject([{ tags: { result: 'success' } }])
    expect(warnings).toEqual([
      expect.stringMatching(/^timeout: must be a number of seconds.* It is ignored\.$/),
      expect.stringContaining('exact start'),
    ])
  })

  test('says which inputs the end of the job has lost, and goes on with those of its start', async () => {
    // act loses no inputs of itself: a later step of the wrapper changes what its expressions give at the end.
    const lossy = wrapper
      .replace('${{ github.action_path }}/', '${{ steps.later.outputs.outer || github.action_path }}/')
      .replace('${{ inputs.steps }}', "${{ !steps.later.outputs.outer && inputs.steps || '' }}")
      .concat('    - {id: later, shell: bash, run: echo outer=/outer >> "$GITHUB_OUTPUT"}\n')
    const { exitCode, output, builds, warnings } = await run('lost', nested, lossy)
    expect(exitCode, output).toBe(0)
    expect(builds, output).toHaveLength(1)
    expect(warnings, output).toEqual([
      expect.stringMatching(
        /^The input config was .*\/build-stats.yml when the job began, and is \/outer\/build-stats.yml now/,
      ),
      expect.stringMatching(/^These inputs had a value when the job began, and are empty when it ends: steps; /),
      expect.stringContaining('exact start'),
    ])
  })
})
