import { describe, expect, test } from 'vitest'
import type { Step } from '../../src/build/build.ts'
import type { Comparison, Limit, LimitKey } from '../../src/compare/comparison.ts'
import { type Evidence, toVerdict } from '../../src/compare/verdict.ts'

const comparison: Comparison = {
  ...{ last: 20, branch: 'default', minBuilds: 5, ignoreTags: [], limits: [] },
  statistic: { name: 'duration', data: undefined, where: [] },
  ...{ usual: 'range', confirm: 1, floor: 1, since: true },
}
const baselineOf = (median: number, scatter: number, count = 20) => ({
  ...{ median, scatter, count, clusters: undefined },
  ...{ lowest: median - 2 * scatter, highest: median + 2 * scatter },
  ...{ least: median - 3 * scatter, most: median + 3 * scatter },
})
const evidence: Evidence = {
  ...{ value: 432, result: 'success', statistic: 'duration', unit: 'seconds', branch: 'main' },
  baseline: baselineOf(303, 6, 20),
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
  expect(say(given)).toBe(`info: ${above}; step *Test* took 2m 04s more.`)
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
    { statistic: 'bundle_kb', unit: undefined, value: 512.5, baseline: baselineOf(500, 1, 7) },
    'info: bundle_kb 512.5, 2.5 % above the median of the last 7 builds on main (500).',
  ],
  [
    'a median of nothing',
    { statistic: 'failed', unit: undefined, value: 2, baseline: baselineOf(0, 0, 7) },
    'info: failed 2, above the median of the last 7 builds on main (0).',
  ],
])('%s', (_, changes, sentence) => {
  expect(say(changes)).toBe(sentence)
})

describe('limits', () => {
  const ratio = (key: LimitKey, value: number): Limit => ({ key, ratio: value, text: `${value}` })
  const value = (key: LimitKey, seconds: number): Limit => ({ key, value: seconds, text: `${seconds}s` })

  test.each<[string, Limit[], string]>([
    ['warn', [ratio('warn-above', 1.2)], 'warn-above allows 1.2, which is 6m 04s.'],
    ['warn', [ratio('fail-above', 2), value('warn-above', 400)], 'warn-above allows 6m 40s.'],
    ['fail', [ratio('fail-above', 1.4), ratio('warn-above', 1.1)], 'fail-above allows 1.4, which is 7m 04s.'],
    ['fail', [value('fail-above', 431)], 'fail-above allows 7m 11s.'],
    ['info', [value('fail-above', 432), ratio('warn-above', 1.5)], ''],
    ['info', [value('fail-below', 432), ratio('warn-below', 0.5)], ''],
    ['warn', [value('fail-below', 60), value('warn-below', 433)], 'warn-below allows 7m 13s.'],
  ])('%s with %j', (level, limits, limit) => {
    expect(say({}, { limits })).toBe(`${level}: ${above}.${limit && ` ${limit}`}`)
  })

  test('below are for what is better when it is more', () => {
    const coverage = { statistic: 'coverage', unit: undefined, value: 70, baseline: baselineOf(88, 0.5) }
    expect(say(coverage, { limits: [ratio('fail-below', 0.9)] })).toBe(
      'fail: coverage 70, 20 % below the median of the last 20 builds on main (88). fail-below allows 0.9, which is 79.2.',
    )
    expect(say({ ...coverage, value: 110 }, { limits: [ratio('fail-below', 0.9)] })).toMatch(/^info: /)
  })

  test('that are ratios are for what is unusual, unless told otherwise', () => {
    const limits = [ratio('warn-above', 1.05)]
    expect(say({ value: 320 }, { limits })).toMatch(/^info: 5m 20s, as usual/)
    expect(say({ value: 320 }, { limits, usual: 'off' })).toMatch(/^warn: 5m 20s, 5\.6 % above the median/)
    expect(say({ value: 320 }, { limits: [value('warn-above', 310)] })).toMatch(/^warn: /)
    const inRange = { value: 400, baseline: { ...baselineOf(303, 6), highest: 410 } }
    expect(say(inRange, { limits })).toMatch(/^info: /)
    expect(say(inRange, { limits, usual: 'spread' })).toMatch(/^warn: /)
  })

  test('that fail are passed only beyond all earlier builds', () => {
    const limits = [ratio('fail-above', 1.3), ratio('warn-above', 1.3)]
    const wide = { ...baselineOf(303, 6), least: 150, most: 450 }
    expect(say({ baseline: wide }, { limits: limits.slice(0, 1) })).toBe(
      `info: ${above} but not above the highest of them (7m 30s).`,
    )
    expect(say({ baseline: wide }, { limits })).toMatch(
      /^warn: .* but not above the highest of them \(7m 30s\)\. warn-/,
    )
    expect(say({ baseline: wide, value: 450 }, { limits })).toMatch(/^warn: /)
    expect(say({ baseline: wide, value: 451 }, { limits })).toMatch(/^fail: .*\(5m 03s\)\. fail-above/)
    expect(say({ baseline: wide, value: 160 }, { limits: [ratio('fail-below', 0.9)] })).toMatch(
      /^info: .* but not below the lowest of them \(2m 30s\)\.$/,
    )
    for (const usual of ['spread', 'off'] as const) {
      expect(say({ baseline: wide }, { limits, usual })).toMatch(/^fail: /)
    }
    expect(say({ baseline: wide }, { limits: [value('fail-above', 400)] })).toMatch(/^fail: .*\(5m 03s\)\. fail-above/)
  })

  test('that are ratios leave alone what differs by less than the floor', () => {
    const short = { value: 2.4, baseline: baselineOf(2, 0) }
    expect(say(short, { limits: [ratio('fail-above', 1.1)] })).toMatch(/^info: 2\.4s, as usual/)
    expect(say(short, { limits: [ratio('fail-above', 1.1)], floor: 0 })).toMatch(/^fail: /)
    expect(say({ ...short, unit: undefined, statistic: 'mb' }, { limits: [ratio('fail-above', 1.1)] })).toMatch(
      /^fail: /,
    )
  })

  test('wait for as many builds in a row as are to confirm them', () => {
    const limits = [ratio('warn-above', 1.2)]
    const given = { before: baselineOf(303, 6), isConfirmed: true }
    expect(say({ ...given, recent: [430, 440] }, { limits, confirm: 3 })).toBe(
      `warn: ${above}. warn-above allows 1.2, which is 6m 04s; 3 builds in a row passed it.`,
    )
    expect(say({ ...given, recent: [430, 303] }, { limits, confirm: 3 })).toMatch(/^info: /)
    expect(say({ recent: [430], isConfirmed: false }, { limits, confirm: 3 })).toMatch(/^info: /)
    expect(say({ recent: [430, 440], isConfirmed: true }, { limits, confirm: 3 })).toMatch(/^info: /)
    expect(say({ baseline: { reason: 'r' } }, { limits: [value('fail-above', 1)], confirm: 2 })).toMatch(/^info: /)
  })

  test.each(['failure', 'cancelled', 'unknown'])('are not for a build that ended with %s', (result) => {
    expect(say({ result }, { limits: [ratio('fail-above', 1), value('warn-above', 1)] })).toMatch(/^info: /)
  })

  test('that are ratios hold for nothing without a median above zero', () => {
    const limits = [ratio('fail-above', 1), ratio('warn-above', 1)]
    expect(say({ baseline: { reason: 'r' } }, { limits })).toMatch(/^info: /)
    for (const median of [0, -5]) expect(say({ baseline: baselineOf(median, 0, 9) }, { limits })).toMatch(/^info: /)
  })

  test('that are values hold without a median', () => {
    expect(say({ baseline: { reason: 'r' } }, { limits: [value('fail-above', 60)] })).toBe(
      'fail: 7m 12s; not compared with earlier builds: r. fail-above allows 1m 00s.',
    )
  })
})

test('two clusters are named', () => {
  const baseline = { ...baselineOf(303, 60), clusters: [240, 420] as const }
  expect(say({ value: 320, baseline })).toBe(
    'info: 5m 20s, as usual: the median of the last 20 builds on main is 5m 03s, in two clusters around 4m 00s and 7m 00s.',
  )
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
    ['that is new', { Test: 200, Scan: 90 }, { Test: 190 }, 'step *Scan* took 1m 30s more'],
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

  test('is marked where it is only the longest', () => {
    const stepOf = (stepMedians: Evidence['stepMedians']) =>
      toVerdict({ ...evidence, steps: steps({ Test: 340 }), stepMedians }, comparison).step
    expect(stepOf(undefined)).toMatchObject({ name: 'Test', isLongest: true })
    expect(stepOf(medians({ Test: 200 }))).not.toHaveProperty('isLongest')
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
    expect(say(given)).toMatch(/34 % below .*; step \*Test\* took 1m 20s less\.$/)
  })

  test('counts all its parts, and is found by the name that the database has', () => {
    const [one] = steps({ 'a\nb': 100 })
    if (one === undefined) throw new Error('no step')
    const given = { steps: [one, { ...one, number: 2 }], stepMedians: medians({ 'a b': 100 }) }
    expect(say(given)).toBe(`info: ${above}; step *a\nb* took 1m 40s more.`)
  })

  test('is no matter of other statistics', () => {
    const given = { statistic: 'queue_time', steps: steps({ Test: 400 }), stepMedians: medians({ Test: 1 }) }
    expect(say(given)).toBe(`info: queue_time ${above}.`)
  })
})
