import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type HistoryChart, toHistoryChart } from '../../src/presentation/history-chart.ts'
import { anyName } from './hostile-names.ts'

const toBuilds = (values: readonly number[]) =>
  values.map((value, index) => ({ number: index + 1, value, isThis: index === values.length - 1 }))
const draw = (values: readonly number[], changes: Partial<HistoryChart> = {}) =>
  toHistoryChart({ label: 'duration', unit: 's', builds: toBuilds(values), median: 10, ...changes })
    .replaceAll('\u200b', '')
    .split('\n')
    .slice(4, -1)

describe('the last builds as a chart', () => {
  test('this one is a series of its own, the median a line', () => {
    expect(draw([10, 8, 20])).toEqual([
      'x-axis "duration (s) by build number · this one, 3, in orange · median (line) 10s" ["1", "2", "3"]',
      'y-axis 0.756 --> 21',
      'bar [0.02, 0.02, 20]',
      'bar [10, 8, 0.02]',
      'line [10, 10, 10]',
    ])
  })

  test('seconds are shown as minutes or hours where these read better', () => {
    expect(draw([300, 600], { median: 303 })).toEqual([
      expect.stringMatching(/"duration \(min\) by .*median \(line\) 5m 03s"/),
      'y-axis 0.378 --> 10.5',
      'bar [0.01, 10]',
      'bar [5, 0.01]',
      'line [5.05, 5.05]',
    ])
    expect(draw([7200, 36_000])).toContainEqual(expect.stringContaining('"duration (h) by'))
    expect(draw([0.05, 0.02], { median: 0.02 })).toContainEqual(expect.stringContaining('"duration (ms) by'))
  })

  test.each([
    [{ unit: 'kB', label: 'bundle' }, [2_500_000], 'bundle (million kB)', 'y-axis 0.095 --> 2.625'],
    [{ unit: '', label: 'n' }, [12_000], 'n', 'y-axis 453.6 --> 12600'],
    [{ unit: '"]', label: 'a "b"' }, [5], 'the statistic', 'y-axis 0.189 --> 5.25'],
    [{ unit: '', label: 'n' }, [0.0042], 'n (× 10^-3)', 'y-axis 0.159 --> 4.41'],
    [{ unit: '', label: 'n' }, [1e300], 'n (× 10^300)', 'y-axis 0.038 --> 1.05'],
    [{ unit: '', label: 'n' }, [-5, 5], 'n', 'y-axis -5 --> 5.5'],
    [{ unit: '', label: 'n' }, [0, 0], 'n', 'y-axis 0.038 --> 1.05'],
    [{ unit: '', label: 'n' }, [5e-324], 'n', 'y-axis 0.038 --> 1.05'],
  ])('%j %j', (changes, values, title, axis) => {
    const lines = draw(values, { ...changes, median: undefined })
    expect(lines[0]).toContain(`x-axis "${title} by build`)
    expect(lines).toContain(axis)
  })

  test('one build has no line, other builds than this no second series', () => {
    expect(draw([5]).slice(-1)).toEqual(['bar [5]'])
    expect(
      draw([], {
        builds: [
          { number: 1, value: 5, isThis: false },
          { number: 2, value: 10, isThis: false },
        ],
      }).slice(-2),
    ).toEqual(['bar [5, 10]', 'line [10, 10]'])
  })

  test('what is no number is no bar and no median', () => {
    expect(draw([])).toEqual([])
    expect(draw([Number.NaN, Number.POSITIVE_INFINITY, 1e301])).toEqual([])
    expect(draw([1, Number.NaN, 2], { median: Number.NaN }).slice(-2)).toEqual(['bar [0.002, 2]', 'bar [1, 0.002]'])
  })

  test('of many builds the last are shown, each nth by number, this one always; no label is another', () => {
    const builds = toBuilds(Array.from({ length: 200 }, (_, index) => index)).map((build) => ({
      ...build,
      number: 4242,
    }))
    const text = toHistoryChart({ label: 'n', unit: '', builds, median: 1 })
    const labels = [...(text.match(/x-axis "[^"]*" \[(.*)\]/)?.[1] ?? '').matchAll(/"([^"]*)"/g)].map(
      ([, label]) => label,
    )
    expect(labels).toHaveLength(100)
    expect(new Set(labels).size).toBe(100)
    expect(labels.filter((label) => label?.startsWith('4242')).length).toBeGreaterThan(10)
    expect(labels.filter((label) => label?.startsWith('4242')).length).toBeLessThan(40)
    expect(labels.at(-1)).toMatch(/^4242/)
  })

  test('whatever label, unit and values, it is of these lines and numbers', () => {
    const value = fc.oneof(fc.double(), fc.integer({ min: -1000, max: 1000 }))
    fc.assert(
      fc.property(
        anyName,
        anyName,
        fc.array(value, { minLength: 1, maxLength: 20 }),
        value,
        (label, unit, values, median) => {
          for (const line of draw(values, { label, unit, median })) {
            expect(line).toMatch(
              /^(x-axis "[^"\n]*" \[[^[\]]*\]|y-axis -?[\d.]+ --> -?[\d.]+|(bar|line) \[-?[\d.]+(, -?[\d.]+)*\])$/,
            )
          }
        },
      ),
    )
  })
})
