import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRows } from '../e2e/rows.ts'
import { action, runScenario } from '../scenario/scenario.ts'
import { buildbotPath, runMaster } from '../support/buildbot.ts'
import { type Influxd, influxdPath, readTypes, startInfluxd } from '../support/influxd.ts'

const page = readFileSync(join(action, 'docs', 'buildbot.md'), 'utf8')
const [python = ''] = readBlocks('python')
const [config = ''] = readBlocks('yaml').filter((text) => text.startsWith('storages:'))

function readBlocks(language: string): string[] {
  return [...page.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs'))].map(([, text = '']) => text)
}

/** A build whose step yields, and which sets the properties that the page captures. */
const builders = `
factory = util.BuildFactory()
factory.addStep(steps.SetProperty(property="coverage", value="87.5"))
factory.addStep(steps.SetProperty(property="bench_parse", value=12))
factory.addStep(YieldTests())
c["builders"] = [util.BuilderConfig(name="CI/test", workernames=["local"], factory=factory)]
c["schedulers"] = [schedulers.Periodic(name="hourly", builderNames=["CI/test"], periodicBuildTimer=3600)]
`

const measurements = ['CI/test-bench_parse', 'CI/test-build-times', 'CI/test-coverage', 'CI/test-tests']

describe.skipIf(buildbotPath === undefined || influxdPath === undefined)(
  'a master of Buildbot, and this action',
  () => {
    let influxd: Influxd
    beforeAll(async () => {
      influxd = await startInfluxd()
    })
    afterAll(() => influxd?.stop())

    const count = async (database: string) => {
      const rows = await Promise.all(measurements.map((name) => readRows(influxd, database, name)))
      return rows.flat().length
    }

    /** Runs the master of the page, with one build. */
    async function runBuildbot(database: string): Promise<void> {
      const { port } = new URL(influxd.url)
      const own = python
        .replace('"influx.example.com", 8086', `"127.0.0.1", ${port}`)
        .replace('"ci",', `"${database}",`)
      const before = await count(database)
      // Three times, coverage, a benchmark and the tests.
      const isDone = async () => (await count(database)) >= before + 6
      await runMaster(own + builders, { INFLUX_PASSWORD: 'a-password' }, isDone)
    }

    /** Runs the job of the page, as build so and so. */
    async function runAction(database: string, number: number) {
      const own = config
        .replace('http://influx.example.com:8086', influxd.url)
        .replace('database: ci', `database: ${database}`)
      const env = { INFLUX_PASSWORD: 'a-password', GITHUB_RUN_NUMBER: `${number}`, GITHUB_RUN_ID: `${number}` }
      const inputs = { file: '', config: 'build-stats.yml' }
      return await runScenario({ env, with: inputs, api: { status: 403 } }, async (job) => {
        await job.step('write', `cat > build-stats.yml <<'END'\n${own}END`)
        job.setStep('test', { outputs: { coverage: '87.5', bench_parse: '12' } })
        await job.uses('', join(action, 'yield'), { name: 'tests', data: '{"passed": 10, "failed": 0}' })
      })
    }

    test('write the same series; the types that differ are on the page', async () => {
      await influxd.createDatabase('master')
      await influxd.createDatabase('action')
      await runBuildbot('master')
      const { log } = await runAction('action', 1)
      const shape = async (database: string, name: string) => {
        const rows = await readRows(influxd, database, name)
        return {
          tags: rows.map(({ tags }) => tags),
          fields: rows.map(({ fields }) => Object.keys(fields).sort()).sort(),
        }
      }
      for (const name of measurements) {
        expect(await shape('action', name), `${name} ${log}`).toEqual(await shape('master', name))
      }
      const names = async (database: string) =>
        (await influxd.query(database, 'SHOW MEASUREMENTS')).flatMap(({ rows }) => rows.map(([name]) => name))
      expect(await names('action')).toEqual(await names('master'))
      const valuesOf = async (database: string, name: string) =>
        (await readRows(influxd, database, name)).map(({ fields }) => fields)
      for (const name of measurements.filter((one) => !one.endsWith('-build-times'))) {
        expect(await valuesOf('action', name)).toEqual(await valuesOf('master', name))
      }
      for (const database of ['master', 'action']) {
        const times = Object.assign({}, ...(await valuesOf(database, 'CI/test-build-times')))
        const [start, end] = [Date.parse(times['start-time']), Date.parse(times['end-time'])]
        expect(times.duration).toBeCloseTo((end - start) / 60_000, 4)
      }
      // What the table of the page says.
      const differing: Record<string, unknown> = {}
      for (const name of measurements) {
        const [theirs, ours] = [await readTypes(influxd, 'master', name), await readTypes(influxd, 'action', name)]
        for (const [field, type] of theirs) {
          if (ours.get(field) !== type) differing[`${name} ${field}`] = [type, ours.get(field)]
        }
      }
      expect(differing).toEqual({
        'CI/test-bench_parse value': ['integer', 'float'],
        'CI/test-tests failed': ['integer', 'float'],
        'CI/test-tests total': ['integer', 'float'],
      })
    })

    test('share a database, and nothing is lost', async () => {
      await influxd.createDatabase('shared')
      await runBuildbot('shared')
      const { post, log, warnings } = await runAction('shared', 2)
      await runBuildbot('shared')
      expect([post.exitCode, warnings.filter((text) => !text.includes('exact start'))], log).toEqual([0, []])
      const fieldsOf = async (name: string) => (await readRows(influxd, 'shared', name)).map(({ fields }) => fields)
      expect(await fieldsOf('CI/test-tests')).toEqual(Array(3).fill({ total: 10, failed: 0 }))
      expect(await fieldsOf('CI/test-bench_parse')).toEqual(Array(3).fill({ name: 'bench_parse', value: 12 }))
      expect(await fieldsOf('CI/test-coverage')).toEqual(Array(3).fill({ name: 'coverage', value: 87.5 }))
      expect(await fieldsOf('CI/test-build-times')).toHaveLength(9)
      for (const [, type] of await readTypes(influxd, 'shared', 'CI/test-tests')) expect(type).toBe('integer')
    })
  },
)
