import { beforeAll, describe, expect, test } from 'vitest'
import type { ParsedLine } from '../support/line-protocol.ts'
import { type FinishedSteps, runSteps } from './steps-example.ts'
import { examples, findExamples } from './yaml-example.ts'

/** What the steps of docs/recipes.md with such a text make of the files in recipe-files. */
async function runRecipe(text: string): Promise<FinishedSteps> {
  const found = findExamples('steps').filter(
    (example) => example.page === 'docs/recipes.md' && example.text.includes(text),
  )
  expect(found.map(({ place }) => place)).toHaveLength(1)
  return await runSteps(found.flatMap(({ value }) => value))
}

const findPoints = ({ points }: FinishedSteps, name: string): ParsedLine[] =>
  points.filter(({ measurement }) => measurement === name)

describe('the reports of tools', () => {
  let finished: FinishedSteps
  beforeAll(async () => {
    const rules = examples.filter(
      ({ kind, page, text }) => kind === 'rules' && page === 'docs/recipes.md' && text.includes('report:'),
    )
    finished = await runSteps([], { captures: rules.map(({ text }) => text).join('\n') })
  })

  test('are counted as the tools count', () => {
    expect(finished.annotations).toEqual([])
    expect(findPoints(finished, 'tests').map(({ fields }) => [fields.tests, fields.failed, fields.skipped])).toEqual([
      [6, 2, 2],
      [6, 2, 2],
      [3, 1, 1],
    ])
  })

  test('name what failed and what is slow', () => {
    const cases = findPoints(finished, 'test_case')
    expect(cases.filter(({ tags }) => tags.outcome === 'failed').length).toBeGreaterThanOrEqual(2)
    for (const { fields } of cases) expect(fields.name).toMatch(/\w/)
  })

  test('have the time of each test file, whatever its name', () => {
    const points = findPoints(finished, 'test_file')
    expect(points.map(({ tags }) => tags.suite).sort()).toEqual([
      expect.stringContaining('test/one, two=3.vt.mjs'),
      expect.stringContaining('test/plain.vt.mjs'),
    ])
    for (const { fields } of points) expect(fields.duration).toBeGreaterThan(0)
  })
})

test('the size of each bundle is a point, and their sum a field of the build', async () => {
  const finished = await runRecipe('dist/*.js')
  const files = findPoints(finished, 'bundle_file')
  expect(files.map(({ tags }) => tags.file)).toEqual(['main.js', 'vendor.js'])
  const [build] = findPoints(finished, 'build')
  expect(build?.fields.bundle_bytes).toBe(files.reduce((sum, { fields }) => sum + Number(fields.bytes), 0))
})

test('each package of a monorepo is a point', async () => {
  const points = findPoints(await runRecipe('packages/*/'), 'package')
  expect(points.map(({ tags }) => tags.package)).toEqual(['parser', 'printer'])
})
