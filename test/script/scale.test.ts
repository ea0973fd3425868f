import { expect, test } from 'vitest'
import { simulateBuilds } from '../../script/scale/builds.ts'
import { toCompareQuestion } from '../../script/scale/questions.ts'
import { printPanels } from '../../script/scale/report.ts'
import { parseLine, splitLines } from '../support/line-protocol.ts'

const endMs = Date.UTC(2026, 10, 1)
const simulate = (builds: number, only?: string[]) => {
  const options = { builds, builders: 20, days: 8, endMs, ...(only && { only }) }
  return [...simulateBuilds(options)].flatMap(splitLines).map(parseLine)
}

test('as many builds as asked for, of as many builders, in as many days', () => {
  const builds = simulate(1000, ['build'])
  const builders = new Set(
    builds.map(({ tags: { repository, workflow, job, matrix_os } }) => [repository, workflow, job, matrix_os].join()),
  )
  expect([builds.length, builders.size]).toEqual([1000, 20])
  const times = builds.map(({ timeNs = 0n }) => Number(timeNs / 1_000_000n))
  expect(Math.max(...times)).toBeLessThan(endMs)
  expect(endMs - Math.min(...times)).toBeLessThanOrEqual(8 * 86_400_000)
})

test('the same builds for the same options, with all that the dashboard shows', () => {
  const lines = simulate(300)
  expect(simulate(300)).toEqual(lines)
  const names = new Set(lines.map(({ measurement }) => measurement))
  expect(names).toEqual(new Set(['build', 'build_step', 'build_run', 'tests', 'coverage', 'benchmark']))
  const fields = new Set(
    lines.flatMap(({ measurement, fields }) => (measurement === 'build' ? Object.keys(fields) : [])),
  )
  for (const name of ['duration', 'queue_time', 'flaky', 'since_number', 'coverage', 'cpu_mean'])
    expect(fields).toContain(name)
})

test('compare asks for the builds of one builder and their steps', () => {
  expect(toCompareQuestion(endMs).split('; ')).toEqual([
    expect.stringMatching(/FROM "build" WHERE "repository" = 'octo-org\/service-000' AND .*"job" = 'build'/),
    expect.stringMatching(/FROM "build_step" .*GROUP BY "step"/),
  ])
})

test('the ratio is of processor time, and none where that is too short to be measured', () => {
  const took = (ms: number, cpuMs?: number) => ({ ms, cpuMs })
  const views = new Map([
    ['before', took(5000, 2000)],
    ['rows', took(900, 400)],
    ['rollups', took(20, 1)],
  ])
  const page = printPanels('all', new Map([['Builds', views]]), new Set())
  expect(page).toContain('| Builds | 5.00 (2.00) | 0.90 (0.40) | 5.0 | 0.02 (0.00) | > 200 |')
})
