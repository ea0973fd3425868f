import { describe, expect, test } from 'vitest'
import type { Compared } from '../../src/compare/history.ts'
import type { Verdict } from '../../src/compare/verdict.ts'
import { explainVerdict, findFaults, type Outcome } from '../../src/presentation/outcome.ts'
import { toVerdictLine } from '../../src/presentation/summary.ts'
import { outcome, property, rule, summarize } from './example-outcome.ts'

const verdict: Verdict = {
  ...{ text: '7m 12s, 43 % above the median of the last 20 builds on main (5m 03s)', level: 'info', limit: '' },
  step: { before: '2m 04s of it in step ', name: 'Test', after: '' },
}
const warned: Verdict = { ...verdict, level: 'warn', limit: 'warn-above allows 1.2, which is 6m 04s.' }
const of = (verdict: Verdict, change?: Compared['change']): Pick<Outcome, 'compared'> => ({
  compared: [{ verdict, history: undefined, medians: new Map(), change }],
})
const keep = (text: string) => text

describe('the summary', () => {
  test('begins with the verdict', () => {
    expect(summarize(of(verdict))).toMatch(
      /^<h2>Build Stats: CI\/test<\/h2>\n\n<p>7m 12s, 43 % above .* \(5m 03s\); 2m 04s of it in step <em>Test<\/em>\.<\/p>\n\n<table>/,
    )
    expect(summarize(of(warned))).toMatch(
      /\n\n<p><strong>7m 12s, .*<em>Test<\/em>\.<\/strong> warn-above allows 1\.2, which is 6m 04s\.<\/p>\n\n<table>/,
    )
    expect(summarize()).toMatch(/^<h2>Build Stats: CI\/test<\/h2>\n\n<table>/)
  })

  test('shows hostile names as they are', () => {
    const step = { before: 'in ', name: '</em><script>*a* | `b`\n## c', after: '' }
    const text = summarize(of({ ...verdict, text: 'on [x](http://evil) **main**', step }))
    const [, , line = ''] = text.split('\n')
    expect(line).toBe('<p>on [x](http://evil) **main**; in <em>&lt;/em&gt;&lt;script&gt;*a* | `b` ## c</em>.</p>')
  })

  test('has neither secrets in its verdict nor in its line', () => {
    const secret = 'hunter2secret'
    const told = { ...verdict, text: `on ${secret}`, step: { before: '', name: `a${secret}`, after: '' } }
    const redact = (text: string) => text.replaceAll(secret, '***')
    expect(summarize(of(told), [], redact)).not.toContain('hunter2')
    expect(toVerdictLine({ ...outcome, ...of(told) }, redact)).not.toContain('hunter2')
  })
})

describe('a lasting change', () => {
  const change = {
    sentence: ['Slower since build #412 (12 builds): 4m to 5m; step ', { name: '<b>Test' }, ' went from 1s to 2s'],
    ...{ shift: { count: 12, before: 240, after: 300 }, since: 412 },
  }

  test('follows the verdict', () => {
    const told = of(verdict, { ...change, isOwn: true })
    const sentence =
      'Slower since build #412 (12 builds): 4m to 5m; step <em>&lt;b&gt;Test</em> went from 1s to 2s.</p>'
    expect(summarize(told)).toContain(`<em>Test</em>. ${sentence}`)
    const [compared] = told.compared ?? []
    expect(compared && explainVerdict(outcome, compared)).toMatch(
      /\*Test\*\. Slower since build #412 .*; step \*<b>Test\* went from 1s to 2s\.$/,
    )
  })

  test('of the branch alone is a line further down', () => {
    const text = summarize(of(verdict, { ...change, isOwn: false }))
    expect(text.split('<h2>')[1]?.split('<table>')[0]).not.toContain('#412')
    expect(text).toContain('<li>Slower since build #412')
  })
})

test('every comparison has its sentence', () => {
  const { compared = [] } = of(verdict)
  const text = summarize({ compared: [...compared, ...(of({ ...warned, text: 'coverage 70' }).compared ?? [])] })
  expect(text).toMatch(/<p>7m 12s, .*<\/p>\n\n<p><strong>coverage 70; /)
})

describe('one line', () => {
  test('is the verdict, or how the build ended', () => {
    const lineOf = (changes: Partial<Outcome>) => toVerdictLine({ ...outcome, ...changes }, keep)
    expect(lineOf(of(verdict))).toBe(
      '<p><strong>CI/test</strong>: 7m 12s, 43 % above the median of the last 20 builds on main (5m 03s); 2m 04s of it in step <em>Test</em>.</p>\n\n',
    )
    expect(lineOf({})).toBe('<p><strong>CI/test</strong>: ended with success after 1 min 30.5 s</p>\n\n')
  })
})

describe('the change', () => {
  const placedAs = (value: number | bigint | string | boolean, kind: 'field' | 'tag' = 'field') =>
    ({ captured: { rule, name: 'coverage', property, value }, key: 'coverage', kind }) as const
  const changeOf = (value: number | bigint | string | boolean, median: number, kind: 'field' | 'tag' = 'field') => {
    const columns = [placedAs(value, kind), { ...placedAs(1), key: 'other' }]
    const medians = new Map([
      ['coverage', median],
      ['other', 1],
    ])
    const text = summarize({ columns, compared: [{ verdict, history: undefined, medians }] })
    expect(text).toContain('<th>Statistic</th><th>Value</th><th>Change</th><th>Property</th>')
    return /<td><code>coverage<\/code>.*?<\/td><td>.*?<\/td><td>(.*?)<\/td>/.exec(text)?.[1]
  }

  test.each<[number | bigint | string | boolean, number, string]>([
    [84, 80, '+5 % (median 80)'],
    [60n, 80, '−25 % (median 80)'],
    [80, 80, 'none (median 80)'],
    [3, 0, '+3 (median 0)'],
    [-3, -2, '−50 % (median −2)'],
    [81.5, 79.999, '+1.9 % (median 80)'],
    ['text', 80, ''],
    [true, 80, ''],
  ])('of %s to %d is %j', (value, median, change) => {
    expect(changeOf(value, median)).toBe(change)
  })

  test('is not of tags', () => {
    expect(changeOf('84', 80, 'tag')).toBe('')
  })

  test('has no column where nothing is known', () => {
    expect(summarize({ compared: [{ verdict, history: undefined, medians: new Map([['elsewhere', 3]]) }] })).toContain(
      '<th>Statistic</th><th>Value</th><th>Property</th>',
    )
  })
})

describe('the log', () => {
  test('has the verdict as a sentence, with the limit', () => {
    expect(explainVerdict(outcome, { verdict: warned })).toBe(
      'CI/test: 7m 12s, 43 % above the median of the last 20 builds on main (5m 03s); 2m 04s of it in step *Test*. warn-above allows 1.2, which is 6m 04s.',
    )
  })

  test.each([true, false])('a limit is a fault of its own, with fail-on-error %s', (failOnError) => {
    const faultsOf = (level: Verdict['level']) =>
      findFaults({ ...outcome, ...of({ ...verdict, level }) }, failOnError).filter(({ text }) => text.includes('43 %'))
    expect(faultsOf('info')).toEqual([])
    expect(faultsOf('warn')).toMatchObject([{ level: 'info', failsJob: false }])
    expect(faultsOf('fail')).toMatchObject([{ level: 'info', failsJob: true }])
  })
})
