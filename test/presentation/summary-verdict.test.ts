import { describe, expect, test } from 'vitest'
import type { Verdict } from '../../src/compare/verdict.ts'
import { explainVerdict, findFaults, type Outcome } from '../../src/presentation/outcome.ts'
import { toVerdictLine } from '../../src/presentation/summary.ts'
import { outcome, property, rule, summarize } from './example-outcome.ts'

const verdict: Verdict = {
  ...{ text: '7m 12s, 43 % above the median of the last 20 builds on main (5m 03s)', level: 'info', limit: '' },
  step: { before: '2m 04s of it in step ', name: 'Test', after: '' },
}
const warned: Verdict = { ...verdict, level: 'warn', limit: 'warn-above allows 1.2, which is 6m 04s.' }
const keep = (text: string) => text

describe('the summary', () => {
  test('begins with the verdict', () => {
    expect(summarize({ verdict })).toMatch(
      /^<h2>Build Stats: CI\/test<\/h2>\n\n<p>7m 12s, 43 % above .* \(5m 03s\); 2m 04s of it in step <em>Test<\/em>\.<\/p>\n\n<table>/,
    )
    expect(summarize({ verdict: warned })).toMatch(
      /\n\n<p><strong>7m 12s, .*<em>Test<\/em>\.<\/strong> warn-above allows 1\.2, which is 6m 04s\.<\/p>\n\n<table>/,
    )
    expect(summarize()).toMatch(/^<h2>Build Stats: CI\/test<\/h2>\n\n<table>/)
  })

  test('shows hostile names as they are', () => {
    const step = { before: 'in ', name: '</em><script>*a* | `b`\n## c', after: '' }
    const text = summarize({ verdict: { ...verdict, text: 'on [x](http://evil) **main**', step } })
    const [, , line = ''] = text.split('\n')
    expect(line).toBe('<p>on [x](http://evil) **main**; in <em>&lt;/em&gt;&lt;script&gt;*a* | `b` ## c</em>.</p>')
  })

  test('has neither secrets in its verdict nor in its line', () => {
    const secret = 'hunter2secret'
    const told = { ...verdict, text: `on ${secret}`, step: { before: '', name: `a${secret}`, after: '' } }
    const redact = (text: string) => text.replaceAll(secret, '***')
    expect(summarize({ verdict: told }, [], redact)).not.toContain('hunter2')
    expect(toVerdictLine({ ...outcome, verdict: told }, redact)).not.toContain('hunter2')
  })
})

describe('one line', () => {
  test('is the verdict, or how the build ended', () => {
    const of = (changes: Partial<Outcome>) => toVerdictLine({ ...outcome, ...changes }, keep)
    expect(of({ verdict })).toBe(
      '<p><strong>CI/test</strong>: 7m 12s, 43 % above the median of the last 20 builds on main (5m 03s); 2m 04s of it in step <em>Test</em>.</p>\n\n',
    )
    expect(of({})).toBe('<p><strong>CI/test</strong>: ended with success after 1 min 30.5 s</p>\n\n')
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
    const text = summarize({ columns, medians })
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
    expect(summarize({ medians: new Map([['elsewhere', 3]]) })).toContain(
      '<th>Statistic</th><th>Value</th><th>Property</th>',
    )
  })
})

describe('the log', () => {
  test('has the verdict as a sentence, with the limit', () => {
    expect(explainVerdict(outcome, warned)).toBe(
      'CI/test: 7m 12s, 43 % above the median of the last 20 builds on main (5m 03s); 2m 04s of it in step *Test*. warn-above allows 1.2, which is 6m 04s.',
    )
  })

  test.each([true, false])('a limit is a fault of its own, with fail-on-error %s', (failOnError) => {
    const faultsOf = (level: Verdict['level']) =>
      findFaults({ ...outcome, verdict: { ...verdict, level } }, failOnError).filter(({ text }) =>
        text.includes('43 %'),
      )
    expect(faultsOf('info')).toEqual([])
    expect(faultsOf('warn')).toMatchObject([{ level: 'info', failsJob: false }])
    expect(faultsOf('fail')).toMatchObject([{ level: 'info', failsJob: true }])
  })
})
