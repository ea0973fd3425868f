import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Step } from '../../src/build/build.ts'
import type { Resources } from '../../src/build/resources.ts'
import { findAdvice, presentResources } from '../../src/presentation/resources.ts'
import { exampleBuild } from '../build/example-build.ts'
import { anyName } from './hostile-names.ts'

const gib = 2 ** 30

/** A job of ten minutes that is looked at every 10 s. */
function exampleResources(changes: Partial<Resources> = {}): Resources {
  const usage = Array.from({ length: 60 }, (_, index) => ({
    ...{ startMs: index * 10_000, endMs: (index + 1) * 10_000 },
    ...{ cpu: index < 30 ? 0.5 : 0.1, memory: gib + index * 1e6 },
  }))
  const totals = { cpuMean: 0.3, cpuMax: 0.5, cores: 4, memoryMax: 2.1 * gib, memoryTotal: 7 * gib }
  return { ...totals, usage, hasSeries: false, ...changes }
}

const step = (number: number, name: string, fromS: number, toS: number): Step => ({
  ...{ number, name, conclusion: 'success', startMs: fromS * 1000, endMs: toS * 1000 },
})

const present = (resources: Resources | undefined, ran: readonly Step[] = []) => {
  const { resources: _, ...build } = exampleBuild({ steps: { ran, others: [], late: [] } })
  return presentResources(resources === undefined ? build : { ...build, resources }, (text) =>
    text.replaceAll('hunter2', '***'),
  )
}

const linesOf = (markdown: string) => markdown.replaceAll('\u200b', '').split('\n')

describe('the chart', () => {
  test('has a line each for CPU and memory, folded under one sentence, with steps as its scale', () => {
    const { markdown } = present(exampleResources(), [
      step(1, 'Set up job', 0, 2),
      step(2, 'Build', 2, 290),
      step(3, 'Run curl -p hunter2', 300, 600),
    ]).section
    const lines = linesOf(markdown)
    expect(lines[0]).toBe(
      '<details><summary>CPU: 30 % of 4 cores, 50 % at most. Memory: at most 2.1 of 7 GiB.</summary>',
    )
    expect(lines.find((line) => line.startsWith('x-axis'))).toMatch(
      /^x-axis "In percent: CPU in blue, memory in orange · numbers mark where steps begin" \["2", "", .*"3", ""/,
    )
    expect(lines.filter((line) => line.startsWith('line'))).toEqual([
      expect.stringMatching(/^line \[50, 50, .*10, 10\]$/),
      expect.stringMatching(/^line \[14.3, 14.3, /),
    ])
    expect(markdown).toContain(' · 3 <code>Run curl -p ***</code></p>')
  })

  test('has the time as its scale where steps are not known', () => {
    const axis = linesOf(present(exampleResources()).section.markdown).find((line) => line.startsWith('x-axis'))
    expect(axis).toMatch(/· by time" \["0s", .*"1m \d\ds".*"9m \d\ds"/)
  })

  test('leaves out what is not known', () => {
    const { memoryMax: _, memoryTotal: __, ...rest } = exampleResources()
    const { markdown } = present(rest).section
    expect(markdown).toContain('<summary>CPU: 30 % of 4 cores, 50 % at most.</summary>')
    expect(linesOf(markdown).filter((line) => line.startsWith('line'))).toHaveLength(1)
    expect(present(undefined).section.markdown).toBe('')
    expect(present({ usage: [], hasSeries: false }).section.markdown).toBe('')
    expect(present({ ...exampleResources(), usage: exampleResources().usage.slice(0, 1) }).section.markdown).toBe(
      '<p>CPU: 30 % of 4 cores, 50 % at most. Memory: at most 2.1 of 7 GiB.</p>',
    )
  })

  test('has one label a point, whatever the steps', () => {
    const anyStep = fc.record({
      ...{ name: anyName, number: fc.nat(1000), conclusion: fc.constant('success') },
      ...{ startMs: fc.integer({ min: -1000, max: 700_000 }), endMs: fc.nat(700_000) },
    })
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
        const { markdown } = present(exampleResources(), steps).section
        const axis = markdown.split('\n').find((line) => line.startsWith('x-axis')) ?? ''
        const labels = axis.slice(axis.indexOf('[')).match(/"[^"]*"/g) ?? []
        expect(labels).toHaveLength(60)
        expect(new Set(labels).size).toBe(60)
      }),
      { numRuns: 50 },
    )
  })
})

describe('advice', () => {
  test.each<[Partial<Resources>, string[]]>([
    [{}, []],
    [{ memoryMax: 6.8 * gib }, ['Memory reached 97 % of 7 GiB.']],
    [{ memoryMax: 6.6 * gib }, []],
    [{ oomKills: 2, memoryMax: 6.8 * gib }, ['The system ended 2 processes because memory was short (it has 7 GiB).']],
    [{ cores: 16, cpuMax: 0.11 }, ['At most 2 of 16 cores were in use.']],
    [{ cores: 16, cpuMax: 0.3 }, []],
    [{ cores: 2, cpuMax: 0.01 }, []],
    // It has hardly begun.
    [{ cores: 16, cpuMax: 0.11, usage: exampleResources().usage.slice(0, 3) }, []],
  ])('%j', (changes, advice) => expect(findAdvice(exampleResources(changes))).toEqual(advice))
})
