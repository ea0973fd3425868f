import { beforeAll, describe, expect, test } from 'vitest'
import type { ParsedLine } from '../support/line-protocol.ts'
import { type FinishedSteps, runSteps } from './steps-example.ts'
import { findExamples } from './yaml-example.ts'

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

describe.each([
  ['JUnit XML', 'reports/*.xml', 6, 2, 2],
  ['Vitest', 'vitest.json', 6, 2, 2],
  ['node --test', 'tests.tap', 3, 1, 1],
])('the test counts of %s', (_, text, total, failed, skipped) => {
  let finished: FinishedSteps
  beforeAll(async () => {
    finished = await runRecipe(text)
  })

  test('are what the tool wrote', () => {
    const [point, ...others] = findPoints(finished, 'tests')
    expect(others).toEqual([])
    expect(point?.fields).toMatchObject({ total, failed, skipped })
    expect(point?.tags).toMatchObject({ suite: 'unit' })
  })
})

test('the time of each test file is a point, whatever its name', async () => {
  const points = findPoints(await runRecipe('vitest.json'), 'test_file')
  expect(points.map(({ tags }) => tags.file).sort()).toEqual(['test/one, two=3.vt.mjs', 'test/plain.vt.mjs'])
  for (const { fields } of points) expect(fields.seconds).toBeGreaterThan(0)
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
