import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { HistoryQuery } from '../../../src/compare/history-query.ts'
import { quoteIdentifier, quoteText, toStatements } from '../../../src/storage/influxdb/influxql.ts'
import { text } from '../../service/hostile-text.ts'

const query: HistoryQuery = {
  ...{ measurement: 'build', stepMeasurement: 'build_step', fields: ['duration', 'number', 'a b'] },
  builderTags: [],
  tags: [
    ['job', "it's"],
    ['matrix_os', ''],
  ],
  ...{ branch: undefined, sinceMs: 1_700_000_000_000, maxBuilds: 41, maxSteps: 400, data: [] },
}

test('asks for builds and their steps, a statement each', () => {
  expect(toStatements(query).map(({ text: said }) => said)).toEqual([
    `SELECT "run_id", "attempt", "number", "caller_unknown", "runner_image", "runner_image_version", "runner_labels", "duration", "a b" FROM "build" WHERE "job" = 'it\\'s' AND "matrix_os" = '' ` +
      `AND time >= 1700000000000000000 ORDER BY time DESC LIMIT 41`,
    `SELECT "duration", "run_id", "attempt" FROM "build_step" WHERE "job" = 'it\\'s' AND "matrix_os" = '' ` +
      `AND time >= 1700000000000000000 GROUP BY "step" ORDER BY time DESC LIMIT 400`,
  ])
})

test('asks for what tells jobs of one run apart', () => {
  const [builds, steps] = toStatements({ ...query, legTags: ['matrix_os'] })
  expect(builds?.text).toContain(`"a b", "matrix_os" FROM`)
  expect(steps?.text).toContain(`GROUP BY "step", "matrix_os" ORDER`)
})

test('asks for builds alone, and for those of a branch', () => {
  const [{ text: asked } = { text: '' }, ...others] = toStatements({
    ...query,
    ...{ stepMeasurement: undefined, branch: 'a"b' },
  })
  expect(asked).toContain(`AND "branch" = 'a"b' ORDER BY`)
  expect([others, asked.includes(';')]).toEqual([[], false])
})

test('asks for a field of data among records of its own', () => {
  const data = [{ key: 'k', measurement: 'te"sts', field: 'a"b', tags: [['suite', "u'"]] as const }]
  const [, asked] = toStatements({ ...query, stepMeasurement: undefined, data })
  expect(asked).toEqual({
    measurement: 'te"sts',
    text:
      `SELECT "a\\"b", "run_id", "attempt" FROM "te\\"sts" WHERE "suite" = 'u\\'' ` +
      'AND time >= 1700000000000000000 ORDER BY time DESC LIMIT 400',
  })
})

/** What InfluxQL's scanner takes for the token at the start of a text, by its source; undefined where it is an error. */
function scan(source: string): { value: string; rest: string } | undefined {
  const mark = source[0]
  let value = ''
  for (let at = 1; at < source.length; at++) {
    const character = source[at] as string
    if (character === mark) return { value, rest: source.slice(at + 1) }
    if (/[\n\r\0]/.test(character)) return undefined
    if (character !== '\\') {
      value += character
      continue
    }
    const next = source[++at]
    if (next === 'n') value += '\n'
    else if (next === '\\' || next === '"' || next === "'") value += next
    else return undefined
  }
  return undefined
}

test('whatever a name or text holds, it ends where it should', () => {
  fc.assert(
    fc.property(text, text, (given, rest) => {
      const said = given.replace(/\r\n|\r/g, '\n').replaceAll('\0', '\ufffd')
      expect(scan(quoteText(given) + rest)).toEqual({ value: said, rest })
      expect(scan(quoteIdentifier(given) + rest)).toEqual({ value: said, rest })
    }),
    { numRuns: 2000 },
  )
})
