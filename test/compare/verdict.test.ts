import { describe, expect, test } from 'vitest'
import type { Step } from '../../src/build/build.ts'
import type { Comparison } from '../../src/compare/comparison.ts'
import { type Evidence, toVerdict } from '../../src/compare/verdict.ts'

const comparison: Comparison = {
  ...{ last: 20, branch: 'default', statistic: 'duration', minBuilds: 5, ignoreTags: [] },
  ...{ warnAbove: undefined, failAbove: undefined },
}
const evidence: Evidence = {
  ...{ value: 432, result: 'success', statistic: 'duration', unit: 'seconds', branch: 'main' },
  baseline: { median: 303, scatter: 6, count: 20 },
  ...{ steps: [], stepMedians: undefined },
}
const steps = (durations: Readonly<Record<string, number>>): Step[] =>
  Object.entries(durations).map(([name, duration], index) => ({
    ...{ name, number: index + 1, conclusion: 'success', startMs: 0, endMs: duration * 1000 },
  }))

function say(changes: Partial<Evidence>, given: Partial<Comparison> = {}): string {
  const { text, step, level, limit } = toVerdict({ ...evidence, ...changes }, { ...comparison, ...given })
  const clause = step === undefined ? '' : `; ${step.before}*${step.name}*${step.after}`
  return `${level}: ${text}${clause}.${limit && ` ${limit}`}`
}

const above = '7m 12s, 43 % above the median of the last 20 builds on main (5m 03s)'

test('the example of the docs', () => {
  const given = {
    steps: steps({ 'Set up job': 3, Test: 344, Lint: 85 }),
    stepMedians: new Map([
      ['Set up job', 3],
      ['Test', 220],
      ['Lint', 80],
    ]),
  }
  expect(say(given)).toBe(`info: ${above}; 2m 04s of it in step *Test*.`)
})

test.each<[string, Partial<Evidence>, string]>([
  ['usual', { value: 320 }, 'info: 5m 20s, as usual: the median of the last 20 builds on main is 5m 03s.'],
  ['below', { value: 200 }, 'info: 3m 20s, 34 % below the median of the last 20 builds on main (5m 03s).'],
  ['above', {}, `info: ${above}.`],
  ['nothing to compare with', { baseline: { reason: 'r' } }, 'info: 7m 12s; not compared with earlier builds: r.'],
  [
    'a failure',
    { result: 'failure' },
    'info: 7m 12s; not judged, since the build ended with failure: the median of the last 20 builds on main is 5m 03s.',
  ],
  [
    'another statistic',
    { statistic: 'bundle_kb', unit: undefined, value: 512.5, baseline: { median: 500, scatter: 1, count: 7 } },
    'info: bundle_kb 512.5, 2.5 % above the median of the last 7 builds on main (500).',
  ],
  [
    'a median of nothing',
    { statistic: 'failed', unit: undefined, value: 2, baseline: { median: 0, scatter: 0, count: 7 } },
    'info: failed 2, above the median of the last 7 builds on main (0).',
  ],
])('%s', (_, changes, sentence) => {
  expect(say(changes)).toBe(sentence)
})

describe('limits', () => {
  const ratio = (value: number) => ({ ratio: value, text: `${value}` })
  const value = (seconds: number) => ({ value: seconds, text: `${seconds}s` })

  test.each<[string, Partial<Comparison>, string]>([
    ['warn', { warnAbove: ratio(1.2) }, 'warn-above allows 1.2, which is 6m 04s.'],
    ['warn', { warnAbove: value(400), failAbove: ratio(2) }, 'warn-above allows 6m 40s.'],
    ['fail', { warnAbove: ratio(1.1), failAbove: ratio(1.4) }, 'fail-above allows 1.4, which is 7m 04s.'],
    ['fail', { failAbove: value(431) }, 'fail-above allows 7m 11s.'],
    ['info', { warnAbove: ratio(1.5), failAbove: value(432) }, ''],
  ])('%s with %j', (level, given, limit) => {
    expect(say({}, given)).toBe(`${level}: ${above}.${limit && ` ${limit}`}`)
  })

  test('that are passed within the usual scatter are no usual thing', () => {
    expect(say({ value: 320 }, { warnAbove: ratio(1.05) })).toMatch(/^warn: 5m 20s, 5\.6 % above the median/)
  })

  test.each(['failure', 'cancelled', 'unknown'])('are not for a build that ended with %s', (result) => {
    expect(say({ result }, { warnAbove: value(1), failAbove: ratio(1) })).toMatch(/^info: /)
  })

  test('that are ratios hold for nothing without a median above zero', () => {
    const limits = { warnAbove: ratio(1), failAbove: ratio(1) }
    expect(say({ baseline: { reason: 'r' } }, limits)).toMatch(/^info: /)
    for (const median of [0, -5]) expect(say({ baseline: { median, scatter: 0, count: 9 } }, limits)).toMatch(/^info: /)
  })

  test('that are values hold without a median', () => {
    expect(say({ baseline: { reason: 'r' } }, { failAbove: value(60) })).toBe(
      'fail: 7m 12s; not compared with earlier builds: r. fail-above allows 1m 00s.',
    )
  })
})

describe('the step', () => {
  const medians = (of: Readonly<Record<string, number>>) => new Map(Object.entries(of))
  test.each<[string, Record<string, number>, Record<string, number> | undefined, string]>([
    [
      'that took more than the build did',
      { Test: 400, Lint: 10 },
      { Test: 200, Lint: 80 },
      'step *Test* took 3m 20s more',
    ],
    ['that is new', { Test: 200, Scan: 90 }, { Test: 190 }, '1m 30s of it in step *Scan*'],
    [
      'that is longest, where no earlier one is known',
      { Test: 340, Lint: 70 },
      undefined,
      'its longest step is *Test*, 5m 40s',
    ],
  ])('%s', (_, now, before, clause) => {
    const given = { steps: steps(now), stepMedians: before && medians(before) }
    expect(say(given)).toBe(`info: ${above}; ${clause}.`)
  })

  test.each<[string, Partial<Evidence>]>([
    ['of which no one took longer', { steps: steps({ Test: 100 }), stepMedians: medians({ Test: 200 }) }],
    [
      'of which all took less than a second more',
      { steps: steps({ Test: 200.9 }), stepMedians: medians({ Test: 200 }) },
    ],
    ['that are not known', { stepMedians: medians({ Test: 200 }) }],
  ])('is not named among steps %s', (_, changes) => {
    expect(say(changes)).toBe(`info: ${above}.`)
  })

  test('is named where it saved the time, too', () => {
    const given = { value: 200, steps: steps({ Test: 110, Lint: 80 }), stepMedians: medians({ Test: 190, Lint: 82 }) }
    expect(say(given)).toMatch(/34 % below .*; 1m 20s of it in step \*Test\*\.$/)
  })

  test('counts all its parts, and is found by the name that the database has', () => {
    const [one] = steps({ 'a\nb': 100 })
    if (one === undefined) throw new Error('no step')
    const given = { steps: [one, { ...one, number: 2 }], stepMedians: medians({ 'a b': 100 }) }
    expect(say(given)).toBe(`info: ${above}; 1m 40s of it in step *a\nb*.`)
  })

  test('is no matter of other statistics', () => {
    const given = { statistic: 'queue_time', steps: steps({ Test: 400 }), stepMedians: medians({ Test: 1 }) }
    expect(say(given)).toBe(`info: queue_time ${above}.`)
  })
})
