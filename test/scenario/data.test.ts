// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { readPoints, runScenario } from './scenario.ts'

describe.concurrent('data', () => {
  test('from $BUILD_STATS is captured without a rule', async () => {
    const { points, warnings, log } = await runScenario({}, (running) =>
      running.step(
        'tests',
        `printf 'tests,suite=unit passed=10,failed=0i,ok=t,note="a, b" 1700000000000000000\\n# a comment\\n\\n' >> "$BUILD_STATS"
         echo 'tests,suite=e2e passed=3u' >> "$BUILD_STATS"`,
      ),
    )
    expect(warnings).toEqual([])
    const tests = points.filter(({ measurement }) => measurement === 'tests')
    expect(tests.map(({ tags }) => [tags.suite, tags.job, tags.result])).toEqual([
      ['unit', 'test', 'success'],
      ['e2e', 'test', 'success'],
    ])
    expect(tests[0]?.fields).toMatchObject({ passed: 10, failed: 0n, ok: true, note: 'a, b', number: 42n, attempt: 1n })
    expect(tests[0]?.timeNs).toBe(1700000000000000000n)
    expect(tests[1]?.timeNs).toBe((points.at(1)?.timeNs ?? 0n) + 2n)
    expect(log).toMatch(/3 points written to file/)
  })

  test('from an output is captured for a rule that names it', async () => {
    const captures = [
      '- data: {name: tests, tags: [suite]}',
      '- data: {name: steps.sizes.outputs.list, measurement: sizes}',
      '- data: {name: broken}',
      '- data: {name: absent}',
    ].join('\n')
    const record = { suite: 'unit', passed: 10, rate: 0.5, ok: true, none: null, deep: { ms: 7 }, list: [1, 'b'] }
    const { points, warnings, job } = await runScenario({ with: { captures } }, async (job) => {
      await job.step(
        'tests',
        `echo 'tests=${JSON.stringify(record)}' >> "$GITHUB_OUTPUT"; echo broken=7 >> "$GITHUB_OUTPUT"`,
      )
      await job.step('sizes', `echo 'list=[{"kb": 1}, {"kb": 2}]' >> "$GITHUB_OUTPUT"`)
    })
    expect(warnings).toEqual([
      'data broken (captures, line 3) was not captured: the value of "broken" is not a JSON object, a list of objects, or one object per line.',
    ])
    const { tags, fields } = points.find(({ measurement }) => measurement === 'tests') ?? {}
    expect(tags).toMatchObject({ suite: 'unit', result: 'success' })
    expect(fields).toMatchObject({ passed: 10, rate: 0.5, ok: true, deep_ms: 7, list: '[1,"b"]' })
    for (const key of ['none', 'suite', 'deep']) expect(fields).not.toHaveProperty(key)
    const sizes = points.filter(({ measurement }) => measurement === 'sizes')
    expect(sizes.map((size) => size.fields.kb)).toEqual([1, 2])
    expect(new Set(points.map(({ timeNs }) => timeNs)).size).toBe(points.length)
    expect(job.summary.replaceAll('\u00a0', ' ')).toContain('passed 10, rate 0.5, deep_ms 7 ms</td>')
    expect(job.summary).not.toContain('<code>sizes')
  })

  test('that no rule captures is told, and not sent', async () => {
    const { points, log, warnings } = await runScenario(
      { with: { captures: "- data: {regex: 'te', measurement: all}\n- data: {name: test2, builder: CI/lint}" } },
      (job) => job.step('tests', `printf 'tests a=1\\nother b=1\\nother b=2\\natest c=1\\n' >> "$BUILD_STATS"`),
    )
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build', 'all'])
    expect(warnings).toEqual([])
    expect(log).toContain('No rule captured this data that steps yielded: other (2), atest (1).')
  })

  test('that is malformed costs its line, which is named by its number', async () => {
    const { points, warnings, job } = await runScenario({}, (job) =>
      job.step('tests', `printf 'tests a=1\\ntests\\ntests a=,b=2\\n\\ntests a=2\\ntests a=one\\n' >> "$BUILD_STATS"`),
    )
    expect(points.filter(({ measurement }) => measurement === 'tests').map(({ fields }) => fields.a)).toEqual([1, 2])
    expect(warnings).toEqual([
      expect.stringMatching(/^3 lines of \$BUILD_STATS are left out as invalid line protocol: /),
    ])
    expect(warnings[0]).toMatch(/line 2: .*; line 3: .*; line 6: /)
    expect(job.summary).toMatch(
      /^> <p>3 lines of \$BUILD_STATS are left out as invalid line protocol: line 2: .*; line 3: .*; line 6: .*<\/p>$/m,
    )
  })

  test.each([
    ['build', 'build', 'build'],
    ['build_start', 'build', 'build_start'],
    ['jobs', 'jobs', 'jobs'],
    ['jobs_start', 'jobs', 'jobs_start'],
  ])('named %s goes elsewhere where builds are in %s', async (name, measurement) => {
    const { points, warnings } = await runScenario({ with: { measurement } }, (job) =>
      job.step('tests', `printf '${name} a=1\\n${name} a=2\\n' >> "$BUILD_STATS"`),
    )
    expect(points.map((point) => point.measurement)).toEqual([
      `${measurement}_start`,
      measurement,
      `data_${name}`,
      `data_${name}`,
    ])
    expect(warnings).toEqual([
      `Data named "${name}" went to the measurement "data_${name}" because "${name}" is the measurement of the builds.`,
    ])
  })

  test('wins over the tags and fields of the build', async () => {
    const { points } = await runScenario({}, (job) =>
      job.step('tests', `printf 'tests,job=mine,number=one event=7,attempt=8\\n' >> "$BUILD_STATS"`),
    )
    const { tags, fields } = points.find(({ measurement }) => measurement === 'tests') ?? {}
    expect(tags).toMatchObject({ job: 'mine', number: 'one', result: 'success' })
    expect(fields).toMatchObject({ event: 7, attempt: 8 })
    expect(fields).not.toHaveProperty('number')
    expect(tags).not.toHaveProperty('event')
  })
})

test.concurrent('the start point of a file in the workspace outlives a checkout, which empties it', async () => {
  const { points, job, warnings } = await runScenario({ with: { file: 'stats/points.lp' } }, (running) =>
    running.step(
      'checkout',
      'rm -rf "$GITHUB_WORKSPACE"/* "$GITHUB_WORKSPACE"/.[!.]*; cp "$GITHUB_WORKSPACE"/stats/points.lp /dev/null 2>&1 || true',
    ),
  )
  expect(warnings).toEqual([])
  expect(points).toEqual([])
  const kept = readPoints(`${job.workspace}/stats/points.lp`)
  expect(kept.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
  const startedMs = Date.parse(job.outputs['start-time'] ?? '')
  expect(Number((kept[0]?.timeNs ?? 0n) / 1_000_000n)).toBe(startedMs)
})
