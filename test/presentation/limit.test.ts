import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxSummaryBytes } from '../../src/limits.ts'
import { limitSummary } from '../../src/presentation/limit.ts'

describe('a summary that GitHub takes', () => {
  test('what fits is shown as it is, and what is empty not at all', () => {
    expect(
      limitSummary([
        { title: 'verdict', markdown: 'Slow.' },
        { title: 'steps', markdown: '' },
        { title: 'table', markdown: '| a |' },
      ]),
    ).toBe('Slow.\n\n| a |\n')
    expect(limitSummary([])).toBe('')
  })

  test('a section that does not fit is left out as a whole, what follows may fit still', () => {
    const sections = [
      { title: 'the verdict', markdown: 'Slow.' },
      { title: 'the table', markdown: 'é'.repeat(maxSummaryBytes / 2) },
      { title: 'the steps', markdown: 'steps' },
      { title: 'the history', markdown: 'x'.repeat(maxSummaryBytes) },
    ]
    expect(limitSummary(sections)).toBe(
      'Slow.\n\nsteps\n\nLeft out because GitHub accepts no more than 1 MiB: the table, the history.\n',
    )
  })

  test('as much as there is room for, to the byte', () => {
    expect(limitSummary([{ title: 'a', markdown: 'x'.repeat(98) }], 100)).toMatch(/^x+\n$/)
    expect(limitSummary([{ title: 'a', markdown: 'x'.repeat(99) }], 100)).toMatch(/^Left out/)
  })

  test('never more than the limit', () => {
    const section = fc.record({
      title: fc.constant('a part'),
      markdown: fc.string({ unit: 'grapheme', maxLength: 300 }),
    })
    fc.assert(
      fc.property(fc.array(section, { maxLength: 8 }), fc.integer({ min: 200, max: 2000 }), (sections, limit) => {
        expect(Buffer.byteLength(limitSummary(sections, limit))).toBeLessThanOrEqual(limit)
      }),
    )
  })
})
