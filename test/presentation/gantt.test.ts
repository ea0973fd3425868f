import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Step } from '../../src/build/build.ts'
import { toGantt } from '../../src/presentation/gantt.ts'
import { anyName } from './hostile-names.ts'

const step = (changes: Partial<Step> = {}): Step => ({
  name: 'Test',
  number: 1,
  conclusion: 'success',
  startMs: 1000,
  endMs: 4000,
  ...changes,
})
/** The lines that say what is drawn, without the spaces of no width. */
const draw = (...steps: Partial<Step>[]) =>
  toGantt(steps.map(step))
    .replaceAll('\u200b', '')
    .split('\n')
    .filter((line) => /^section|:.*\d$/.test(line) && !line.startsWith('%%'))
const many = (count: number) =>
  Array.from({ length: count }, (_, index) => step({ name: `s${index}`, number: index, startMs: 0, endMs: index + 1 }))

describe('steps as a gantt', () => {
  test('a row each, in order of time: the longest marked, what failed critical, what was skipped said so', () => {
    expect(
      draw(
        { name: 'Test', number: 2, startMs: 3000, endMs: 64_000 },
        { name: 'Set up job', number: 1, startMs: 1000, endMs: 3000 },
        { name: 'Upload', number: 3, startMs: 64_000, endMs: 65_000, conclusion: 'failure' },
        { name: 'Notify', number: 4, startMs: 65_000, endMs: 65_000, conclusion: 'skipped' },
        { name: 'Clean', number: 5, startMs: 65_000, endMs: 65_500, conclusion: 'cancelled' },
      ),
    ).toEqual([
      'section Set up job',
      '2s:1000, 3000',
      'section Test',
      '1m 01s:active, 3000, 64000',
      'section Upload',
      '1s, failure:crit, 64000, 65000',
      'section Notify',
      'skipped:65000, 65000',
      'section Clean',
      '500 ms, cancelled:65000, 65500',
    ])
  })

  test('a step that ends before it starts, by clocks that differ, takes no time', () => {
    const backwards = { name: 'Back', number: 1, startMs: 2000, endMs: 1000 }
    expect(draw(backwards, { startMs: 2000, endMs: 5000, number: 2 })).toEqual([
      'section Back',
      '0s:2000, 2000',
      'section Test',
      '3s:active, 2000, 5000',
    ])
  })

  test.each([
    ['Deploy: a #1 (b), 100 %', 'section Deploy: a #1 (b), 100 %'],
    ['https://influx.example.com:8086/a?b=1&c=2', 'section https://influx.example.com:8086/a?b=1&c=2'],
    ['a #35; b', 'section Step 7'],
    ['%%{init}%%', 'section Step 7'],
    ['ﬂ°°35¶ß', 'section Step 7'],
    ['a\n```\nb', 'section Step 7'],
    ['<b>', 'section Step 7'],
    ['', 'section Step 7'],
    [' \u200b\u202e', 'section Step 7'],
    ['x'.repeat(60), 'section Step 7'],
    [`a ${'word '.repeat(20)}`, `section a${' word'.repeat(8)}…`],
  ])('%j', (name, line) => {
    expect(draw({ name, number: 7 })[0]).toBe(line)
  })

  test('no two sections are one, and none is a number or a name that every object has', () => {
    const names = ['a', 'a', '42', '__proto__', 'a\u200b', 'a']
    const lines = toGantt(names.map((name) => step({ name }))).match(/(?<=^section ).*/gm) ?? []
    expect(new Set(lines).size).toBe(names.length)
    expect(lines).not.toContain('42')
    expect(lines).not.toContain('__proto__')
  })

  test.each([
    ['no steps', []],
    ['no time', [{ endMs: 1000 }]],
    ['an end before the start', [{ endMs: 0 }]],
    ['times that are none', [{ startMs: Number.NaN }, { endMs: Number.POSITIVE_INFINITY }]],
  ])('%s: nothing', (_, steps) => {
    expect(toGantt(steps.map(step))).toBe('')
  })

  test('times become whole milliseconds that are dates', () => {
    expect(draw({ startMs: -5.5, endMs: 1e300 })[1]).toMatch(/:active, 0, 8640000000000000$/)
    expect(draw({ startMs: 0.4, endMs: 1.6 })[1]).toMatch(/:active, 0, 2$/)
  })

  test('of many steps the longest and the failed are shown, the rest is counted', () => {
    const text = toGantt([step({ name: 'short', endMs: 1000, conclusion: 'failure' }), ...many(51)])
    expect(text.match(/^section/gm)).toHaveLength(50)
    expect(text).toContain('section short')
    expect(text).not.toMatch(/section s[01]\b/)
    expect(text).toMatch(/```\n\n2 shorter steps are not shown\.$/)
    expect(toGantt(many(51))).toMatch(/\n1 shorter step is not shown\.$/)
    expect(toGantt(many(50))).toMatch(/```$/)
  })

  test('whatever the names, the lines are those of plain names, and fewer than Mermaid takes', () => {
    const shape = (text: string) => text.replace(/^section .*$/gm, 'section').replace(/"leftPadding":\d+/, '')
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 60 }), (names) => {
        const toText = (toName: (name: string) => string) =>
          toGantt(names.map((name, index) => step({ name: toName(name), number: index, endMs: 2000 + index })))
        const text = toText((name) => name)
        expect(shape(text)).toBe(shape(toText(() => 'plain')))
        expect(text.length).toBeLessThan(50_000)
        expect(text.isWellFormed()).toBe(true)
      }),
      { numRuns: 50 },
    )
  })
})
