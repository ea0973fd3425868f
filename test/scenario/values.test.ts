// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { valueTypes } from '../../src/build/value-types.ts'
import type { ParsedLine } from '../support/line-protocol.ts'
import { ofLines, toLineValue, toYaml, valueTexts } from '../support/value-texts.ts'
import { action, findPoint, openScenario, readPoints, runScenario, textsOf } from './scenario.ts'

const texts = valueTexts.map(([text]) => text)
const types = [undefined, ...valueTypes]

/** The storage of one type: properties are `o0` (step outputs) and `p0` (the input), data is `yielded`, `lined` and `table`. */
function toStorage(type: string | undefined): string {
  const ofProperty = type === undefined ? '' : `, type: ${type}`
  const ofData = type === undefined ? '' : `, types: {${texts.map((_, index) => `k${index}: ${type}`).join(', ')}}`
  return `
  - file: ${type ?? 'none'}.lp
    captures:
      - property: {regex: '[op]\\d+$', on-missing: ignore${ofProperty}}
      - data: {name: yielded${ofData}}
      - data: {name: lined${ofData}}
      - report: {files: table.csv, format: csv, name: table${ofData}}`
}

test('texts are stored alike, whichever of five ways they come: in two processes of the bundles', async () => {
  const yaml = (prefix: string) => texts.map((text, index) => `${prefix}${index}: ${toYaml(text)}`).join('\n')
  const scenario = await openScenario({
    with: { file: '', config: 'stats.yml', properties: yaml('p'), 'on-mistake': '' },
  })
  const { job } = scenario
  writeFileSync(join(job.workspace, 'stats.yml'), `storages:${types.map(toStorage).join('')}\n`)
  const { post } = await scenario.run(async () => {
    const outputs = Object.fromEntries(texts.map((text, index) => [`o${index}`, text]))
    job.setStep('tool', { outputs })
    await job.uses('yield', join(action, 'yield'), { name: 'yielded', data: yaml('k') })
    const line = `lined ${texts.map((text, index) => `k${index}=${toLineValue(text)}`).join()}\n`
    writeFileSync(join(job.workspace, 'line.lp'), line)
    await job.step('line', 'cat line.lp >> "$BUILD_STATS"')
    const cells = texts.map((text) => `"${text.replaceAll('"', '""')}"`)
    writeFileSync(join(job.workspace, 'table.csv'), `${texts.map((_, index) => `k${index}`).join()}\n${cells.join()}\n`)
  })
  expect(post.exitCode).toBe(0)
  for (const type of types) {
    const points = readPoints(join(job.workspace, `${type ?? 'none'}.lp`))
    const fieldsOf = (measurement: string) => findPoint(points, measurement).fields
    const read = (fields: ParsedLine['fields'], prefix: string) =>
      texts.map((text, index) => [text, fields[`${prefix}${index}`]])
    const outputs = read(fieldsOf('build'), 'o')
    if (type === undefined) {
      expect(outputs).toEqual(valueTexts.map(([text, value]) => [text, value === 0 ? 0 : value]))
    }
    const isAlike = ([text]: unknown[]) => {
      const isWord = /nan|inf|e999|null|e400|e4567|^(true|false)$/i.test(String(text))
      return type === 'string' ? !isWord : true
    }
    expect([type, read(fieldsOf('build'), 'p')]).toEqual([type, outputs])
    for (const name of ['yielded', 'table', 'lined']) {
      const differs = ([text]: unknown[]) => name === 'lined' && type === undefined && ofLines.has(String(text))
      const alike = (rows: unknown[][]) => rows.filter((row) => isAlike(row) && !differs(row))
      expect([type, name, alike(read(fieldsOf(name), 'k'))]).toEqual([type, name, alike(outputs)])
    }
  }
})

describe.concurrent('what is stored is told where its owner may not expect it', () => {
  test('notes name the type that fits; numbers that are not finite are named, keys in vain reported', async () => {
    const captures = `
- property: took
- property: coverage
- data: {name: d, tags: [name, nowhere], types: {share: percent}, time: at}
- data: empty
- data: text
`
    const { point, points, warnings, log } = await runScenario({ with: { captures } }, async (job) => {
      job.setStep('s', {
        outputs: {
          ...{ took: '2m 3.5s', coverage: '87,5', empty: '[]', text: '10 passed' },
          d: '\uFEFF{"name": "a", "share": "83.3%", "rel": NaN, "at": 1785585600}\n{"name": "b", "share": "n/a", "at": "2026-08-01T12:00:01Z"}',
        },
      })
    })
    expect(point().fields).toMatchObject({ took: '2m 3.5s', coverage: '87,5' })
    expect(points.filter(({ measurement }) => measurement === 'd')).toMatchObject([
      { tags: { name: 'a' }, fields: { share: 83.3 }, timeNs: 1785585600000000000n },
    ])
    expect(warnings).toEqual([
      'data text (captures, line 5) was not captured: the value of "text" is not a JSON object, a list of objects, or one object per line: Unexpected non-whitespace character after JSON at position 3 (line 1 column 4).',
      'data d (captures, line 3) was captured only in part: "rel" of "d" is NaN, not a finite 64-bit number.',
      'data d (captures, line 3) was captured only in part: "share" of "d" is "n/a", not a percentage such as 83.3% (type: percent).',
      'data d (captures, line 3): no record had the key "nowhere", which "tags" names.',
    ])
    expect(log).toContain(
      'property took (captures, line 1): "took" is stored as text, "2m 3.5s"; "type: seconds" stores it as a number.',
    )
    expect(log).toContain(
      '"coverage" is stored as text, "87,5"; a comma only separates groups of three digits: write 87.5.',
    )
    expect(log).toContain('Nothing was yielded as empty: steps.s.outputs.empty is []: an empty list.')
    expect(log).not.toContain('Nothing was yielded as text')
  })

  test("a callback's tags are tags, its integers integers, and its infinity is named", async () => {
    const captures = `
- data: {name: d, tags: [name], types: {runs: int}, callback: 'results.{"name": name, "mean": mean, "runs": runs, "x": 1/0}'}
- end-time: {callback: $toMillis(end), type: int}
`
    const { points, warnings, point } = await runScenario({ with: { captures } }, async (job) => {
      job.setStep('s', {
        outputs: { d: '{"results": [{"name": "a", "mean": 0.5, "runs": 3}, {"name": "b", "mean": 1.5, "runs": 4}]}' },
      })
    })
    expect(points.filter(({ measurement }) => measurement === 'd')).toMatchObject([
      { tags: { name: 'a' }, fields: { mean: 0.5, runs: 3n } },
      { tags: { name: 'b' }, fields: { mean: 1.5, runs: 4n } },
    ])
    expect(point().fields.end_time).toBeTypeOf('bigint')
    expect(warnings).toEqual([expect.stringMatching(/callback .* returned a number that is not finite for "x"/)])
  })

  test('times of lines by their size; one that is none, and one without a value, cost what they are', async () => {
    const { points, warnings, log } = await runScenario({}, async (job) => {
      await job.step(
        'lines',
        `{ echo "s v=1 1785585600"; echo "ms v=1 1785585600001"; printf '\\xef\\xbb\\xbfus v=+5,rel=NaN 1785585600000001\\n'; echo 'q,suite="unit" v=1 1785585600000000001'; echo "none v=1 12"; } >> "$BUILD_STATS"`,
      )
    })
    const timeOf = (name: string) => points.find(({ measurement }) => measurement === name)?.timeNs
    expect(['s', 'ms', 'us', 'q', 'none'].map(timeOf)).toEqual([
      1785585600000000000n,
      1785585600001000000n,
      1785585600000001000n,
      1785585600000000001n,
      undefined,
    ])
    expect(warnings).toEqual([
      'data /.*/ was captured only in part: "rel" of "us" is NaN, not a finite 64-bit number.',
      '1 line of $BUILD_STATS is left out as invalid line protocol: line 5: not a time since 2001 in seconds, milliseconds, microseconds or nanoseconds: "12".',
    ])
    expect(log).toContain(
      'the quotes around the value of the tag "suite" are stored with it: write the value of a tag without quotes',
    )
  })

  test('properties and tags that are lost fail the job where fail-on-error says so', async () => {
    for (const input of ['properties', 'tags']) {
      const inputs = { [input]: 'a: ${{ steps.s.outputs.title }}\nb: 1', 'fail-on-error': 'true' }
      const { post, point } = await runScenario({ with: inputs }, (job) =>
        job.setStep('s', { outputs: { title: 'fix: x' } }),
      )
      expect([input, post.exitCode]).toEqual([input, 1])
      expect(textsOf(post.annotations, 'error')).toEqual([expect.stringMatching(`^${input}, line 1: is not YAML`)])
      expect(point().fields).toMatchObject({ number: 42n })
    }
  })
})
