import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { closing } from './closing.ts'
import { runScenario, type ScenarioOptions } from './scenario.ts'

/** JSON of lists in each other. One string of the environment may have 128 KiB. */
const nest = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
const nestObjects = (depth: number) => '{"a":'.repeat(depth) + 1 + '}'.repeat(depth)
const steps = (value: string) => `{"a": {"outputs": {"deep": ${value}, "fine": "1"}, "outcome": "success"}}`
const needs = (value: string) => `{"b": {"outputs": {"deep": ${value}, "fine": "1"}, "result": "success"}}`
const map = (value: string) => `{"deep": ${value}, "fine": 1}`

const inputs: Record<string, (value: string) => string> = {
  steps,
  needs,
  matrix: map,
  strategy: map,
  job: (value) => `{"status": "success", "deep": ${value}}`,
  properties: map,
}

async function expectBuild(options: ScenarioOptions, what: string): Promise<void> {
  const captures = [
    "- property: {regex: '.*'}",
    '- property: {name: github.event.deep, on-missing: ignore}',
    '- data: deep',
  ]
  const { main, post, point, warnings, log } = await runScenario({
    ...options,
    with: { captures: captures.join('\n'), ...options.with },
  })
  expect([main.exitCode, post.exitCode]).toEqual([0, 0])
  expect(log).not.toMatch(/defect|call stack/)
  expect(warnings).toContain(`${what} is nested deeper than 100 levels: deeper values are left out.`)
  expect(point().tags).toMatchObject({ result: 'success' })
  expect(point('build_start').fields).toHaveProperty('number')
  if (/steps|needs|properties/.test(what)) expect(point().fields).toMatchObject({ fine: 1 })
}

describe.concurrent('data that is nested deeper than any stack costs what is too deep', () => {
  test.each(
    Object.keys(inputs).flatMap((input) => [
      [input, '2,000 lists', nest(2000)],
      [input, '60,000 lists', nest(60_000)],
      [input, '10,000 objects', nestObjects(10_000)],
    ]),
  )('the input %s with %s', async (input, _what, value) => {
    await expectBuild({ with: { [input]: inputs[input]?.(value) ?? '' } }, `The input ${input}`)
  })

  test.each([
    ['2,000 lists', nest(2000)],
    ['100,000 lists', nest(100_000)],
    ['100,000 objects', nestObjects(100_000)],
  ])('the event payload with %s', async (_what, value) => {
    const folder = mkdtempSync(join(tmpdir(), 'event-'))
    closing({ close: async () => rmSync(folder, { recursive: true }) })
    const path = join(folder, 'event.json')
    writeFileSync(path, `{"deep": ${value}, "repository": {"default_branch": "main"}}`)
    await expectBuild({ env: { GITHUB_EVENT_PATH: path } }, 'The event payload')
  })

  test.each(['2', '50', '97'])('%s levels are as deep as anything is', async (depth) => {
    const deep = nest(Number(depth))
    const { warnings, point } = await runScenario({
      with: { captures: '- property: deep', properties: map(deep) },
      event: `{"deep": ${deep}}`,
    })
    expect(warnings).toEqual([])
    expect(point().fields.deep).toBe(deep)
  })
})

describe.concurrent('a record that is nested too deep costs itself', () => {
  test.each([2000, 60_000])('%d levels', async (depth) => {
    const value = JSON.stringify(`[{"a": ${nest(depth)}}, {"a": 1}]`)
    for (const callback of ['', ', callback: "$"']) {
      const { post, warnings, points, point } = await runScenario({
        with: { captures: `- data: {name: deep${callback}}`, steps: steps(value) },
      })
      expect([post.exitCode, points.length]).toEqual([0, 3])
      expect(point('deep').fields.a).toBe(1)
      expect(warnings).toEqual([expect.stringContaining('record 1 of "deep" is nested deeper than 100 levels')])
    }
  })

  test('that a callback made', async () => {
    const deeper = '($f := function($n){ $n = 0 ? 1 : {"a": $f($n - 1)} }; $f(300))'
    const captures = JSON.stringify([
      { data: { name: 'tests', callback: deeper } },
      { property: { name: 'x', callback: deeper } },
    ])
    const { post, warnings, point } = await runScenario({ with: { captures, properties: 'x: 1' } }, (job) =>
      job.step('tests', `echo 'tests a=1' >> "$BUILD_STATS"`),
    )
    expect(post.exitCode).toBe(0)
    expect(point().fields).toHaveProperty('number')
    expect(warnings).toHaveLength(2)
    for (const text of warnings) expect(text).toContain('its result is nested deeper than 100 levels')
  })
})
