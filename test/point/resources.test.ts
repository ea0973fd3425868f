import { expect, test } from 'vitest'
import type { Build } from '../../src/build/build.ts'
import type { Resources } from '../../src/build/resources.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import { layOutBuild } from '../../src/point/layout.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'
import { expectSound } from './sound-point.ts'

const options: NativeOptions = { measurement: 'build', tags: [], matrixTags: true }
const endMs = exampleBuild().endMs
const usage = [
  { startMs: endMs - 10_000.4, endMs: endMs - 5000.4, cpu: 0.5, memory: 100.6, networkReceived: 5 },
  { startMs: endMs - 5000.4, endMs, cpu: 0.25, memory: 200, diskFree: 7 },
  { startMs: endMs, endMs: endMs + 1 },
]
const resources: Resources = { cpuMean: 0.375, cores: 4, memoryMax: 200.4, oomKills: 0, usage, hasSeries: true }

function layOut(build: Build, items: unknown[] = [], changes: Partial<NativeOptions> = {}) {
  const { rules } = parseRules(items, () => 1)
  const captures = captureBuild(build, rules)
  return layOutBuild(build, captures, { kind: 'native', options: { ...options, ...changes } })
}

test('the row has what is known, shares as floats and the rest as integers', () => {
  const [row] = layOut(exampleBuild({ resources })).points
  const fields = Object.fromEntries(row?.fields ?? [])
  expect(fields).toMatchObject({ cpu_mean: 0.375, cores: 4n, memory_max: 200n, oom_kills: 0n })
  expect(Object.keys(fields)).not.toEqual(expect.arrayContaining(['cpu_max']))
})

test('what is captured, and a tag, goes before it', () => {
  const build = exampleBuild({ resources, properties: exampleProperties({ own: { cores: 'mine' } }) })
  const { points, misses } = layOut(build, [{ property: 'cores' }], { tags: [['memory_max', 'big']] })
  expect(misses).toEqual([])
  expect(Object.fromEntries(points[0]?.fields ?? [])).toMatchObject({ cores: 'mine', cpu_mean: 0.375 })
  expect(points[0]?.fields.map(([name]) => name)).not.toContain('memory_max')
  for (const point of points) expectSound(point)
})

test('a series is a point for each part, with its own time', () => {
  const { points } = layOut(exampleBuild({ resources }))
  const series = points.filter(({ measurement }) => measurement === 'build_resources')
  expect(series.map(({ fields }) => Object.fromEntries(fields))).toEqual([
    { cpu: 0.5, memory: 101n, network_received: 5n, number: 42n, attempt: 1n, run_id: expect.any(BigInt) },
    { cpu: 0.25, memory: 200n, disk_free: 7n, number: 42n, attempt: 1n, run_id: expect.any(BigInt) },
  ])
  expect(series.map(({ timeNs }) => Number(timeNs / 1_000_000n) - endMs)).toEqual([-5000, 0])
  expect(new Set(points.map(({ timeNs }) => timeNs)).size).toBe(points.length)
  expect(series[0]?.tags).toEqual(points[0]?.tags)
  for (const point of points) expectSound(point)
  expect(layOut(exampleBuild({ resources: { ...resources, hasSeries: false } })).points).toHaveLength(1)
  expect(layOut(exampleBuild({ resources }), [], { measurement: 'ci' }).points[1]?.measurement).toBe('ci_resources')
})

test('a step has its own use', () => {
  const step = { name: 'Build', number: 2, conclusion: 'success', startMs: endMs - 9000, endMs }
  const ran = [
    { ...step, use: { cpuMean: 0.4, memoryMax: 100.5 } },
    { ...step, number: 3 },
  ]
  const { points } = layOut(exampleBuild({ steps: { ran, others: [], late: [] } }), ['steps'])
  const steps = points.filter(({ measurement }) => measurement === 'build_step')
  expect(steps.map(({ fields }) => Object.fromEntries(fields))).toEqual([
    expect.objectContaining({ cpu_mean: 0.4, memory_max: 101n }),
    expect.not.objectContaining({ cpu_mean: expect.anything() }),
  ])
})
