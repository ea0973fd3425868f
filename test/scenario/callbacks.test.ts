// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { openScenario, runScenario, textsOf } from './scenario.ts'

/** What a job's steps leave in each of these scenarios. */
const script = `
  echo 'size=2048' >> "$GITHUB_OUTPUT"
  echo 'version=1.20' >> "$GITHUB_OUTPUT"
  echo 'list=[{"kb": 1}, {"kb": 2}]' >> "$GITHUB_OUTPUT"
  echo 'tests,suite=unit passed=8,failed=2i' >> "$BUILD_STATS"`

const captures = [
  '- start-time: {callback: \'$substringBefore(start, "T")\'}',
  "- end-time: {callback: '$toMillis(end)'}",
  "- duration: {callback: '$floor(seconds) >= 0 and $toMillis(end) >= $toMillis(start)'}",
  "- property: {name: size, callback: '$number(value) / 1024'}",
  `- property: {regex: 'vers', callback: 'name & ":" & value & ":" & props."steps.s.outputs.size"'}`,
  '- data: {name: list, callback: \'{"mb": kb / 1024}\'}',
  `- data: {name: tests, callback: '[{"total": passed + failed}, {"rate": passed / (passed + failed), "of": suite}]'}`,
].join('\n')

describe('a callback of each kind', () => {
  test('makes the statistics of the native layout', async () => {
    const { points, point, warnings, post } = await runScenario({ with: { captures } }, (job) => job.step('s', script))
    expect([post.exitCode, warnings]).toEqual([0, []])
    expect(point().fields).toMatchObject({
      start_time: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      end_time: expect.any(Number),
      duration: true,
      size: 2,
      version: 'version:1.20:2048',
    })
    const fieldsOf = (name: string) => points.filter(({ measurement }) => measurement === name).map((p) => p.fields)
    expect(fieldsOf('list')).toMatchObject([{ mb: 1 / 1024 }, { mb: 2 / 1024 }])
    expect(fieldsOf('tests')).toMatchObject([{ total: 10 }, { rate: 0.8, of: 'unit' }])
    for (const key of ['passed', 'failed']) expect(fieldsOf('tests')[0]).not.toHaveProperty(key)
    expect(new Set(points.map(({ timeNs }) => timeNs)).size).toBe(points.length)
  })

  test('makes the statistics of the Buildbot layout', async () => {
    const { points, warnings, post } = await runScenario({ with: { captures, layout: 'buildbot' } }, (job) =>
      job.step('s', script),
    )
    expect([post.exitCode, warnings]).toEqual([0, []])
    expect(points.map(({ measurement, fields }) => [measurement, fields])).toEqual([
      ['CI/test-build-times', { 'start-time': expect.stringMatching(/^\d{4}-\d\d-\d\d$/) }],
      ['CI/test-build-times', { 'end-time': expect.any(Number) }],
      ['CI/test-build-times', { duration: true }],
      ['CI/test-size', { name: 'size', value: 2 }],
      ['CI/test-version', { name: 'version', value: 'version:1.20:2048' }],
      ['CI/test-list', { mb: 1 / 1024 }],
      ['CI/test-list', { mb: 2 / 1024 }],
      ['CI/test-tests', { total: 10 }],
      ['CI/test-tests', { rate: 0.8, of: 'unit' }],
    ])
    for (const { tags } of points) expect(tags).toMatchObject({ builder_name: 'CI/test', build_number: '42' })
    const first = points[0]?.timeNs ?? 0n
    expect(points.map(({ timeNs }) => timeNs - first)).toEqual(points.map((_, index) => BigInt(index)))
  })

  test('that gives nothing is told with the expression and its value, and costs its rule alone', async () => {
    const broken = [
      "- property: {name: size, callback: '$number(value) / nothing'}",
      '- property: {name: version, callback: \'$error("boo")\', on-missing: ignore}',
      "- property: {name: version, callback: 'value', type: boolean, field: flag}",
      "- data: {name: tests, callback: 'passed'}",
      '- duration',
    ].join('\n')
    const { point, warnings, post } = await runScenario({ with: { captures: broken } }, (job) => job.step('s', script))
    expect(post.exitCode).toBe(0)
    expect(warnings).toEqual([
      'property size (captures, line 1) was not captured: callback "$number(value) / nothing" on {"value":"2048","name":"size"} returned nothing.',
      expect.stringContaining('callback "value" on {"value":"1.20","name":"version"}'),
      expect.stringContaining('callback "passed" on {"suite":"unit","passed":8,"failed":2} returned a number'),
    ])
    expect(point().fields).toMatchObject({ duration: expect.any(Number) })
    for (const key of ['size', 'version', 'flag']) expect(point().fields).not.toHaveProperty(key)
  })

  test('that gives nothing fails the job where it is asked to', async () => {
    const missing = (level: string) => `- property: {name: size, callback: nothing, on-missing: ${level}}`
    const error = await runScenario({ with: { captures: missing('error') } }, (job) => job.step('s', script))
    expect([error.post.exitCode, error.points.length]).toEqual([1, 2])
    const strict = await runScenario({ with: { captures: missing('warn'), 'fail-on-error': true } }, (job) =>
      job.step('s', script),
    )
    expect(strict.post.exitCode).toBe(1)
  })
})

/** Two seconds are what a callback may cost; here a test is sure that it took more, however busy the machine is. */
const hangMs = 15_000

describe.concurrent('a hostile callback is a miss, and the job is green', () => {
  test.each<[what: string, callback: string]>([
    ['never ends', '($f := function(){ $f() }; $f())'],
    ['recurses', '($f := function($n){ 1 + $f($n + 1) }; $f(0))'],
    ['builds a gigabyte of text', '$map([1..1000], function($i){ $pad("x" & $i, 1000000) })'],
    ['builds a gigabyte of lists', '$map([1..1000], function($i){ [1..1000000] })'],
    ['has an evil regular expression', '$match("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", /^(a+)+$/)'],
    ['asks for process', 'process.env'],
    ['asks for a prototype', '$lookup($, "__proto__").constructor'],
    ['asks for a constructor', '$sum.constructor("return process")()'],
    ['asks for it through $eval', '$eval("process.env")'],
    ['fails at length', '$error($pad("x", 1000000))'],
  ])('that %s', async (_, callback) => {
    const given = JSON.stringify(callback)
    const rules = [
      `- property: {name: size, callback: ${given}}`,
      `- data: {name: tests, callback: ${given}}`,
      '- duration',
    ]
    const { post, point, points, warnings } = await runScenario({ with: { captures: rules.join('\n') } }, (job) =>
      job.step('s', script),
    )
    expect(post.durationMs).toBeLessThan(hangMs)
    expect([post.exitCode, textsOf(post.annotations, 'error')]).toEqual([0, []])
    expect(warnings.map((warning) => warning.slice(0, 60))).toEqual([
      expect.stringMatching(/^property size \(captures, line 1\) was not captured: /),
      expect.stringMatching(/^data tests \(captures, line 2\) was not captured: /),
    ])
    for (const warning of warnings) {
      expect(warning).toContain(`callback ${given} on `)
      expect(warning.length).toBeLessThan(1000)
    }
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(point().fields).toMatchObject({ duration: expect.any(Number) })
    expect(point().fields).not.toHaveProperty('size')
  })

  // By itself: others would take the time from it that it must not exceed.
  test('that is slow for each of many records ends with the timeout', { concurrent: false }, async () => {
    // Half a second each, so that none is stopped for itself.
    const slow = '($f := function($n){ $n = 0 ? {"a": 1} : $f($n - 1) }; $f(40000))'
    const rule = `- data: {name: slow, callback: ${JSON.stringify(slow)}}`
    const { post, points } = await runScenario({ with: { captures: rule, timeout: 2 } }, (job) =>
      job.step('s', 'for n in $(seq 60); do echo "slow n=$n" >> "$BUILD_STATS"; done'),
    )
    expect(post.exitCode).toBe(0)
    expect(points.some(({ measurement }) => measurement === 'build')).toBe(true)
    expect(post.durationMs).toBeLessThan(hangMs)
  })
})

describe('a syntax error', () => {
  test.each<[rule: string, position: number, why: string]>([
    ["property: {name: size, callback: '$number(value'}", 13, 'Expected ")" before end of expression'],
    ["duration: {callback: 'seconds /'}", 9, 'Unexpected end of expression'],
    ["data: {name: tests, callback: 'a b'}", 3, 'Syntax error: "b"'],
    ['start-time: {callback: \'{"a":}\'}', 6, 'The symbol "}" cannot be used as a unary operator'],
    ["end-time: {callback: '/(/'}", 3, 'No terminating / in regular expression'],
  ])('%s fails main, with its line and position', async (rule, position, why) => {
    const { job } = await openScenario({ with: { captures: `- property: a\n- ${rule}` } })
    const main = await job.main()
    expect([main.exitCode, main.stderr]).toEqual([1, ''])
    const [message = ''] = textsOf(main.annotations, 'error')
    expect(message).toContain('captures, line 2')
    expect(message).toContain(`is not a JSONata expression, at character ${position}: ${why}`)
    expect(message).toContain(`callback ${JSON.stringify(/callback: '(.*)'/.exec(rule)?.[1])}`)
  })

  test('comes with all others', async () => {
    const rules = "- property: {name: a, callback: '('}\n- data: {name: b, callback: ')'}\n- durtion"
    const { job } = await openScenario({ with: { captures: rules, timeout: 'soon' } })
    const [message = ''] = textsOf((await job.main()).annotations, 'error')
    expect(message).toMatch(/^4 problems in the inputs:/)
  })
})
