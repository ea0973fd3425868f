import { expect, test } from 'vitest'
import {
  type CollectOutcome,
  findCollectFaults,
  toCollectHeadline,
  toCollectSummary,
} from '../../src/presentation/collect-report.ts'

const untilMs = Date.UTC(2026, 8, 1, 12, 34, 56)
const storage = { name: 'http://influx:8086 (v1, database ci)', written: 11_010, unsent: 0, lost: 0, problems: [] }
const repository = (name: string, runs: number, jobs: number, reachedMs: number | undefined = untilMs) => {
  return { name, runs, jobs, untilMs: reachedMs }
}

function outcomeOf(changes: Partial<CollectOutcome> = {}): CollectOutcome {
  return {
    repositories: [repository('acme/a', 1999, 8990), repository('acme/b', 1, 10, untilMs + 60_000)],
    storages: [storage],
    ...{ requests: 0, problems: [], limits: [], notes: [], dryRun: false },
    ...changes,
  }
}

test.each<[string, Partial<CollectOutcome>, string]>([
  [
    'several repositories',
    {},
    '2,000 runs with 9,000 jobs of 2 repositories collected, up to 2026-09-01 12:34 UTC; 11,010 points written to http://influx:8086 (v1, database ci).',
  ],
  [
    'one of them, without an end',
    { repositories: [{ ...repository('acme/a', 1, 1), untilMs: undefined }] },
    '1 run with 1 job of acme/a collected; 11,010 points written to http://influx:8086 (v1, database ci).',
  ],
  ['nothing new', { repositories: [repository('acme/a', 0, 0)] }, 'no new runs of acme/a, up to 2026-09-01 12:34 UTC.'],
  ['no repository', { repositories: [] }, 'nothing was collected.'],
  ['a dry run', { dryRun: true }, '11,010 points for http://influx:8086 (v1, database ci).'],
])('%s: one sentence', (_, changes, text) => {
  expect(toCollectHeadline(outcomeOf(changes))).toMatch(/^Build Stats: [^.]*(\.|$)/)
  expect(toCollectHeadline(outcomeOf(changes)).endsWith(text)).toBe(true)
})

test('what storages did not take comes first, and problems alike are counted', () => {
  const problems = Array.from({ length: 30 }, (_, index) => `acme/${index} was not collected.`)
  const faults = findCollectFaults(
    outcomeOf({ problems, storages: [{ ...storage, unsent: 3, problems: ['it is down'] }] }),
  )
  expect(faults[0]).toBe('3 of 11,013 points could not be written to http://influx:8086 (v1, database ci): it is down.')
  expect(faults).toHaveLength(12)
  expect(faults.at(-1)).toBe('20 more problems like these.')
})

test('the summary has a table of several repositories, the largest first, and nothing of others is markup', () => {
  const problems = ['<b>acme/x</b> | was not collected.\n# Title']
  const summary = toCollectSummary(outcomeOf({ problems, limits: ['a limit'] }), (text) => text)
  expect(summary).toMatch(/^<h3>Build Stats: collect<\/h3>\n\n> \[!WARNING\]\n> <p>&lt;b&gt;acme\/x/)
  expect(summary).not.toMatch(/^# Title|<b>/m)
  expect(summary.indexOf('acme/a')).toBeLessThan(summary.indexOf('acme/b'))
  expect(summary).toContain('<p>a limit</p>')
  const one = toCollectSummary(outcomeOf({ repositories: [repository('acme/a', 1, 1)] }), (text) => text)
  expect(one).not.toContain('<table>')
})
