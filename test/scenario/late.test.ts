import { describe, expect, test } from 'vitest'
import { runScenario, textsOf } from './scenario.ts'

/** Far more than any of these jobs takes, however busy the machine is; what it guards against takes for ever. */
const hangMs = 30_000

const setOutputs = (count: number) =>
  `for n in $(seq ${count}); do echo "bench_$n=$n" >> "$GITHUB_OUTPUT"; done; echo 'coverage=81.5' >> "$GITHUB_OUTPUT"`

const endless = (n: number) => `($f := function(){ $f() }; $f(); ${n})`

describe('3000 outputs', { timeout: 120_000 }, () => {
  test('each have their callback run', async () => {
    const captures = "- property: {regex: 'bench_.*', callback: '$number(value) * 2'}"
    const { post, point, warnings } = await runScenario({ with: { captures } }, (job) =>
      job.step('s', setOutputs(3000)),
    )
    expect([post.exitCode, warnings]).toEqual([0, []])
    expect(post.durationMs).toBeLessThan(hangMs)
    expect(point().fields).toMatchObject({ bench_1: 2, bench_3000: 6000 })
  })

  test('that a callback fails for are told in a line', async () => {
    const captures = `- property: {regex: 'bench_.*', callback: '$error("no " & value)'}\n- property: coverage`
    const { post, point, warnings } = await runScenario({ with: { captures } }, (job) =>
      job.step('s', setOutputs(3000)),
    )
    expect([post.exitCode, point().fields.coverage]).toEqual([0, 81.5])
    expect(warnings.length).toBe(3)
    expect(warnings[0]).toContain('failed: no 1')
    expect(warnings[2]).toMatch(/\(and 2997 more of this rule\)\.$/)
    expect(post.stdout.length).toBeLessThan(20_000)
  })

  test('of two steps are told in ten lines', async () => {
    const captures = "- property: {regex: 'bench_.*'}"
    const { post, warnings } = await runScenario({ with: { captures } }, async (job) => {
      await job.step('s', setOutputs(500))
      await job.step('t', setOutputs(500))
    })
    expect([post.exitCode, warnings.length]).toEqual([0, 11])
    expect(warnings[10]).toBe('490 more warnings like these were left out.')
  })
})

describe('what never ends costs itself', { timeout: 120_000 }, () => {
  test('as many callbacks as the timeout has seconds leave time to write', async () => {
    const rules = Array.from({ length: 12 }, (_, n) => {
      const callback = JSON.stringify(endless(n))
      return `- property: {name: coverage, field: f${n}, callback: ${callback}}`
    })
    const captures = [...rules, '- property: coverage', '- data: {name: tests}'].join('\n')
    const { post, point, points, warnings } = await runScenario({ with: { captures, timeout: 12 } }, (job) =>
      job.step('s', `${setOutputs(1)}; echo 'tests passed=1' >> "$BUILD_STATS"`),
    )
    expect(post.exitCode).toBe(0)
    expect(post.durationMs).toBeLessThan(hangMs)
    expect(point().fields).toMatchObject({ coverage: 81.5 })
    expect(points.some(({ measurement }) => measurement === 'tests')).toBe(true)
    expect(warnings.length).toBe(11)
    expect(warnings[0]).toContain('it ran longer than a second')
    expect(warnings[9]).toContain('it was not run: callbacks had used up their 6 s of the timeout')
    expect(warnings[10]).toBe('2 more rules did not capture what they should.')
  })

  test.each([
    ['(a+)+$', []],
    ['(a|a)*\\Z', []],
    ['(?i)(A+)+$', []],
    ['(a\\w*\\s?)+$', []],
    ['(a{1,50}){1,50}$', ['it ran longer than half a second']],
    ['(?=(a+)+$)', ['it ran longer than half a second']],
    ['(?P<x>a+)+(?P=x)$', ['it ran longer than half a second']],
    ['(a+)*\\1$', ['refused']],
    ['(?:(a|a+)\\1?)+$', ['it ran longer than half a second']],
  ])('the expression %s', async (regex, expected) => {
    const hostile = 'a'.repeat(32)
    const rules = [{ property: { regex } }, { data: { regex, measurement: 'a' } }, { property: 'coverage' }]
    const { main, post, points, warnings } = await runScenario({ with: { captures: JSON.stringify(rules) } }, (job) =>
      job.step(
        's',
        `${setOutputs(3)}; echo '${hostile}!=1' >> "$GITHUB_OUTPUT"; echo '${hostile}! x=1' >> "$BUILD_STATS"`,
      ),
    )
    if (expected[0] === 'refused') {
      expect(main.exitCode).toBe(1)
      expect(textsOf(main.annotations, 'error').join()).toContain('may not have matched')
      return
    }
    expect([post.exitCode, points.map(({ measurement }) => measurement)]).toEqual([0, ['build_start', 'build']])
    expect(post.durationMs).toBeLessThan(hangMs)
    expect(points.at(-1)?.fields).toMatchObject({ coverage: 81.5 })
    for (const text of expected) expect(warnings.join('\n')).toContain(text)
    expect(warnings.length).toBe(expected.length * 2)
  })
})
