// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { RunResult } from '../support/job-runner.ts'
import { action, openScenario, runScenario, textsOf } from './scenario.ts'

const folder = join(action, 'yield')

describe.concurrent('the step that yields', () => {
  test('maps and lists, with tags, in YAML and JSON', async () => {
    const results: RunResult[] = []
    const { points, warnings, log } = await runScenario({}, async (job) => {
      const yieldWith = async (inputs: Record<string, string>) => {
        results.push(await job.uses('', folder, inputs))
      }
      await job.step(
        'test',
        `echo 'json={"js": 1024, "css": {"a": 12.5}}' >> "$GITHUB_OUTPUT"; echo passed=7 >> "$GITHUB_OUTPUT"`,
      )
      await yieldWith({
        name: 'tests',
        data: 'passed: 10\nok: true\ndeep: {ms: 3.5}\nnone: null\n',
        tags: 'suite: unit',
      })
      await yieldWith({ name: 'cases', data: '- {ms: 1, list: [1, b]}\n- {ms: 2}', tags: '{"node": "20"}' })
      await yieldWith({ name: 'bundle', data: '${{ steps.test.outputs.json }}' })
      await yieldWith({ name: 'mixed', data: 'passed: ${{ steps.test.outputs.passed }}\nstatus: ${{ job.status }}' })
    })
    expect(warnings).toEqual([])
    expect(results.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual(Array(4).fill([0, '']))
    expect(results[1]?.log).toBe('Build Stats: 2 records of "cases" yielded.')
    const found = (name: string) => points.filter(({ measurement }) => measurement === name)
    expect(found('tests')[0]?.tags).toMatchObject({ suite: 'unit', job: 'test', result: 'success' })
    expect(found('tests')[0]?.fields).toMatchObject({ passed: 10, ok: true, deep_ms: 3.5, number: 42n })
    expect(found('tests')[0]?.fields).not.toHaveProperty('none')
    expect(found('cases').map(({ tags, fields }) => [tags.node, fields.ms, fields.list])).toEqual([
      ['20', 1, '[1,"b"]'],
      ['20', 2, undefined],
    ])
    expect(found('bundle')[0]?.fields).toMatchObject({ js: 1024, css_a: 12.5 })
    expect(found('mixed')[0]?.fields).toMatchObject({ passed: 7, status: 'success' })
    const build = found('build')[0]?.timeNs ?? 0n
    expect(found('mixed')[0]?.timeNs).toBe(build + 5n)
    expect(log).toMatch(/6 points written to file/)
  })

  test('text as it is, whatever is in it', async () => {
    const text = 'say "😀", C:\\new\\\nline=2, ünï\ttab \\" ::error::no'
    const { points, warnings } = await runScenario({}, async (job) => {
      job.setStep('test', { outputs: { text } })
      await job.step('mine', `printf 'mine a=1' >> "$BUILD_STATS"`)
      await job.uses('yaml', folder, { name: 'a name, "odd"', data: 'text: ${{ toJSON(steps.test.outputs.text) }}' })
      await job.uses('json', folder, { name: 'notes', data: JSON.stringify({ text, 'k ,=': 1 }), tags: 'v: "a, b=c"' })
    })
    expect(warnings).toEqual([])
    const found = (name: string) => points.find(({ measurement }) => measurement === name)
    expect(found('mine')?.fields).toMatchObject({ a: 1 })
    expect(found('a name, "odd"')?.fields).toMatchObject({ text })
    expect(found('notes')?.fields).toMatchObject({ text, 'k ,=': 1 })
    expect(found('notes')?.tags).toMatchObject({ v: 'a, b=c' })
  })

  test('is told what to add where the main step is missing', async () => {
    const { job } = await openScenario()
    const result = await job.uses('yield', folder, { name: 'tests', data: 'a: 1' })
    expect([result.exitCode, result.outcome, result.stderr]).toEqual([0, 'success', ''])
    expect(textsOf(result.annotations, 'warning')).toEqual([
      'No data can be yielded because $BUILD_STATS is not set: add the step `- uses: build-stats/build-stats@v1` before this one (see README). If the workflow has that step, check why it failed.',
    ])
  })

  test('warns of bad inputs, all of them in one message, stores the rest, and fails where it is asked to', async () => {
    const results: RunResult[] = []
    const inputs = { name: 'tests', data: '- a: 1\n- {rel: .nan, a: 2}\n- x', tags: 'a b: [1]' }
    const { post, point, points, warnings } = await runScenario({}, async (job) => {
      results.push(await job.uses('green', folder, inputs))
      results.push(await job.uses('empty', folder, { name: 'tests', data: '${{ steps.skipped.outputs.json }}' }))
      results.push(await job.uses('red', folder, { ...inputs, 'fail-on-error': 'true' }))
    })
    expect(results.map(({ exitCode, stderr }) => [exitCode, stderr])).toEqual([
      [0, ''],
      [0, ''],
      [1, ''],
    ])
    const told = [
      '3 problems in the inputs:',
      '  tags, line 1: "a b" must be text, a number or a boolean, but is ["1"]',
      '  data, line 2: record 2 contains "rel", which is .nan, not a finite 64-bit number: it is left out',
      '  data, line 3: record 3 must be a map of values, but is "x"',
    ].join('\n')
    expect(textsOf(results[0]?.annotations ?? [], 'warning')).toEqual([told])
    expect(textsOf(results[1]?.annotations ?? [], 'warning')).toEqual([
      expect.stringMatching(/data: is empty; .* check that its step ran, has this id, and sets the output/),
    ])
    expect(textsOf(results[2]?.annotations ?? [], 'error')).toEqual([told])
    const stored = points.filter(({ measurement }) => measurement === 'tests')
    expect(stored.map(({ fields }) => fields.a)).toEqual([1, 2, 1, 2])
    expect([post.exitCode, warnings.length, point().tags.result]).toEqual([0, 2, 'failure'])
  })

  test('a file of any size, which is more than an input holds', async () => {
    const { points, warnings } = await runScenario({}, async (job) => {
      await job.step(
        'bench',
        `node -e 'for (let n = 0; n < 20000; n++) console.log(JSON.stringify({n, at: 1785585600 + n, text: "x".repeat(20)}))' > out.ndjson`,
      )
      const result = await job.uses('yield', folder, { name: 'rounds', file: 'out.ndjson' })
      expect(result.log).toBe('Build Stats: 20000 records of "rounds" yielded.')
    })
    expect(warnings).toEqual([])
    expect(points.filter(({ measurement }) => measurement === 'rounds').length).toBe(20_000)
  })
})
