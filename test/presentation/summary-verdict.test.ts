import { describe, expect, test } from 'vitest'
import type { Compared } from '../../src/compare/history.ts'
import type { Verdict } from '../../src/compare/verdict.ts'
import { explainVerdict, findFaults, type Outcome } from '../../src/presentation/outcome.ts'
import { toVerdictLine } from '../../src/presentation/summary.ts'
import { exampleBuild } from '../build/example-build.ts'
import { outcome, summarize } from './example-outcome.ts'

const verdict: Verdict = {
  ...{
    text: '7m 12s, 43 % above the median of the last 20 builds on main (5m 03s)',
    level: 'info',
    limit: '',
    isUsual: false,
  },
  step: { before: 'step ', name: 'Test', after: ' took 2m 04s more' },
}
const warned: Verdict = { ...verdict, level: 'warn', limit: 'warn-above allows 1.2, which is 6m 04s.' }
const of = (verdict: Verdict, change?: Compared['change']): Pick<Outcome, 'compared'> => ({
  compared: [{ verdict, history: undefined, usual: new Map(), change }],
})
const keep = (text: string) => text

describe('the summary', () => {
  test('has the verdict before its statistics', () => {
    expect(summarize(of(verdict))).toMatch(
      /^<h3>CI\/test: 1m 31s<\/h3>\n[\s\S]*\n<p>Success\..*\n\n<p>7m 12s, 43 % above .* \(5m 03s\); step <em>Test<\/em> took 2m 04s more\.<\/p>\n\n<table>/,
    )
    expect(summarize(of(warned))).toMatch(
      /\n\n<p><strong>7m 12s, .*<em>Test<\/em> took 2m 04s more\.<\/strong> warn-above allows 1\.2, which is 6m 04s\.<\/p>\n\n<table>/,
    )
  })

  test('says of its step that it changed most only if earlier steps are known', () => {
    const steps = [{ name: 'Test', number: 1, conclusion: 'success', startMs: 0, endMs: 340_000 }]
    const titleOf = (changes: object) => {
      const step = { before: '', name: 'Test', after: '', ...changes }
      return /title (Steps of the job.*)/.exec(summarize({ ...of({ ...verdict, step }), steps }))?.[1]
    }
    expect(titleOf({})).toBe('Steps of the job: the one that changed most in yellow')
    expect(titleOf({ isLongest: true })).toBe('Steps of the job: the longest in yellow')
  })

  test('shows hostile names as they are', () => {
    const step = { before: 'in ', name: '</em><script>*a* | `b`\n## c', after: '' }
    const text = summarize(of({ ...verdict, text: 'on [x](http://evil) **main**', step }))
    expect(text.split('\n')).toContain(
      '<p>on [x](http://evil) **main**; in <em>&lt;/em&gt;&lt;script&gt;*a* | `b` ## c</em>.</p>',
    )
  })

  test('has neither secrets in its verdict nor in its line', () => {
    const secret = 'hunter2secret'
    const told = { ...verdict, text: `on ${secret}`, step: { before: '', name: `a${secret}`, after: '' } }
    const redact = (text: string) => text.replaceAll(secret, '***')
    expect(summarize(of(told), [], redact)).not.toContain('hunter2')
    expect(toVerdictLine({ ...outcome, ...of(told) }, redact)).not.toContain('hunter2')
  })
})

describe('the history', () => {
  const history: Compared['history'] = {
    ...{ statistic: 'duration', unit: 'seconds', median: 303 },
    builds: [{ endMs: 0, value: 303, number: 41, result: 'success' }],
    own: { endMs: 1, value: 432, number: 42, result: 'success' },
  }
  const withHistory = (verdict: Verdict) => summarize({ compared: [{ verdict, history, usual: new Map() }] })

  test('is open where something is unusual, and the heading says how much', () => {
    const text = withHistory(verdict)
    expect(text).toMatch(/^<h3>CI\/test: 1m 31s, 43 % slower than usual<\/h3>\n/)
    expect(text).toContain('<details open><summary>History: duration of 2 builds</summary>\n\n```mermaid\n')
  })

  test('is folded under the verdict where nothing is', () => {
    const text = withHistory({ ...verdict, text: '7m 12s, as usual', step: undefined, isUsual: true })
    expect(text).toMatch(/^<h3>CI\/test: 1m 31s<\/h3>\n/)
    expect(text).toContain('<details><summary>7m 12s, as usual.</summary>\n\n```mermaid\n')
    expect(text.match(/as usual/g)).toHaveLength(1)
  })
})

describe('a matrix leg', () => {
  const matrix = { os: 'ubuntu' }
  const green = { misses: [], warnings: [], build: exampleBuild({ matrix }) }
  const [storage] = outcome.storages
  const storages = storage === undefined ? [] : [storage]

  test('is a heading and a line where nothing is unusual', () => {
    const text = summarize({ ...green, storages })
    expect(text).toMatch(
      /^<h3>CI\/test: 1m 31s<\/h3>\n\n<details><summary>Success\. Waited 3s for a runner\. 1 point written to .*\.<\/summary>\n\n<table>[\s\S]*<\/table>[\s\S]*\n\n<\/details>\n$/,
    )
  })

  test.each<[what: string, changes: Partial<Outcome>]>([
    ['a failure', { build: exampleBuild({ matrix, result: 'failure' }) }],
    ['a warning', { warnings: ['A warning.'] }],
    ['an unusual value', of(verdict)],
    ['a limit', of({ ...warned, isUsual: true })],
  ])('%s is open', (_, changes) => {
    expect(summarize({ ...green, storages, ...changes })).toMatch(/\n\n<p>.*(Success|Failure)\./)
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
    expect(summarize(told)).toContain(`<em>Test</em> took 2m 04s more. ${sentence}`)
    const [compared] = told.compared ?? []
    expect(compared && explainVerdict(outcome, compared)).toMatch(
      /\*Test\* took 2m 04s more\. Slower since build #412 .*; step \*<b>Test\* went from 1s to 2s\.$/,
    )
  })

  test('of the branch alone is a line further down', () => {
    const text = summarize(of(verdict, { ...change, isOwn: false }))
    expect(text.split('<table>')[0]).not.toContain('#412')
    expect(text).toContain('Slower since build #412')
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
      '<p><strong>CI/test</strong>: 7m 12s, 43 % above the median of the last 20 builds on main (5m 03s); step <em>Test</em> took 2m 04s more.</p>\n\n',
    )
    expect(lineOf({})).toBe('<p><strong>CI/test</strong>: ended with success after 1m 31s</p>\n\n')
  })
})

describe('the log', () => {
  test('has the verdict as a sentence, with the limit', () => {
    expect(explainVerdict(outcome, { verdict: warned })).toBe(
      'CI/test: 7m 12s, 43 % above the median of the last 20 builds on main (5m 03s); step *Test* took 2m 04s more. warn-above allows 1.2, which is 6m 04s.',
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
