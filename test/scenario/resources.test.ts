import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { readStartTicks } from '../../src/runner/process-start.ts'
import { closing } from './closing.ts'
import { openScenario, type Scenario } from './scenario.ts'

const names = ['cpu_mean', 'cpu_max', 'memory_max', 'memory_total', 'disk_free_min', 'network_received', 'network_sent']

const resources = '{every: 1s, series: true}'

function samplerOf({ job }: Pick<Scenario, 'job'>): { pid: number; startTicks: string; file: string } {
  return JSON.parse(job.state['build-stats'] ?? '').sampler
}

async function openSampled(options: Parameters<typeof openScenario>[0] = {}) {
  const scenario = await openScenario({ ...options, with: { resources, ...options.with } })
  closing({
    close: async () => void (isRunning(samplerOf(scenario)) && process.kill(samplerOf(scenario).pid, 'SIGKILL')),
  })
  return scenario
}

function isRunning({ pid, startTicks }: { pid: number; startTicks: string }): boolean {
  return readStartTicks(pid) === startTicks
}

/** The state of processes changes a little later than what changes it. */
async function expectSoon(check: () => boolean, withinMs = 10_000): Promise<void> {
  const endMs = performance.now() + withinMs
  while (!check() && performance.now() < endMs) await wait(50)
  expect(check()).toBe(true)
}

const countLines = (path: string) => readFileSync(path, 'utf8').split('\n').length - 1

describe.skipIf(process.platform !== 'linux').concurrent('the input resources', () => {
  test('writes what the job used into its row, and a point for each look; nothing is left over', async () => {
    const scenario = await openSampled()
    const { points, point, warnings } = await scenario.run(async () => {
      await expectSoon(() => countLines(samplerOf(scenario).file) >= 2)
    })
    expect(warnings).toEqual([])
    const { fields } = point()
    expect(Object.keys(fields)).toEqual(expect.arrayContaining([...names, 'cores', 'oom_kills']))
    for (const name of ['cpu_mean', 'cpu_max']) expect(fields[name]).toBeGreaterThan(0)
    for (const name of ['cpu_mean', 'cpu_max']) expect(fields[name]).toBeLessThanOrEqual(1)
    const series = points.filter(({ measurement }) => measurement === 'build_resources')
    expect(series.length).toBeGreaterThanOrEqual(2)
    expect(series[0]?.fields).toMatchObject({
      cpu: expect.any(Number),
      memory: expect.any(BigInt),
      number: fields.number,
    })
    const sampler = samplerOf(scenario)
    await expectSoon(() => !isRunning(sampler))
    expect(existsSync(dirname(sampler.file))).toBe(false)
    expect(readdirSync(scenario.job.temp).filter((name) => name.includes('resources'))).toEqual([])
  })

  test('is off by default: no process, no file, no field', async () => {
    const { job, run } = await openScenario()
    const { point } = await run()
    expect(JSON.parse(job.state['build-stats'] ?? '')).not.toHaveProperty('sampler')
    expect(Object.keys(point().fields)).not.toEqual(expect.arrayContaining(['cpu_mean']))
  })

  test('does not leave credentials in the environment of the process', async () => {
    const env = { RUNNER_TRACKING_ID: 'github_tracking', SECRET: 'a-secret-of-many-letters' }
    const scenario = await openSampled({ env })
    await scenario.run(() => {
      const names = readFileSync(`/proc/${samplerOf(scenario).pid}/environ`, 'utf8').split('\0')
      expect(names.map((one) => one.split('=')[0]).filter(Boolean)).toEqual(['RUNNER_TRACKING_ID'])
    })
  })

  test('a process that is killed: what it saw is known, and that it is not all', async () => {
    const scenario = await openSampled()
    const { point, warnings } = await scenario.run(async () => {
      await expectSoon(() => countLines(samplerOf(scenario).file) >= 2)
      process.kill(samplerOf(scenario).pid, 'SIGKILL')
      await expectSoon(() => !isRunning(samplerOf(scenario)))
    })
    expect(point().fields).toMatchObject({ cpu_mean: expect.any(Number) })
    expect(warnings).toEqual([
      expect.stringMatching(/^What this job used of its runner is known only for its first .*s: /),
    ])
  })

  test('a file that is deleted: the process ends, and nothing is made up', async () => {
    const scenario = await openSampled()
    const { point, warnings } = await scenario.run(async () => {
      rmSync(dirname(samplerOf(scenario).file), { recursive: true })
      await expectSoon(() => !isRunning(samplerOf(scenario)))
    })
    expect(Object.keys(point().fields).filter((name) => names.includes(name))).toEqual([])
    expect(warnings).toEqual([expect.stringMatching(/^What this job used of its runner is not known: /)])
  })
})
