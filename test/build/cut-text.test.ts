import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cutStart, cutText } from '../../src/build/cut-text.ts'

describe('the beginning', () => {
  test.each([
    ['short', 5, 'short'],
    ['two words', 8, 'two…'],
    ['two words', 3, 'two…'],
    ['{"key":"value"}', 9, '{"key":…'],
    ['a😀 😀😀', 4, 'a😀…'],
    ['https://influx.example.com:8086', 20, '…'],
    [`${'w'.repeat(999)} more`, 1001, `${'w'.repeat(999)}…`],
    ['w'.repeat(3000), 2000, `${'w'.repeat(2000)}…`],
  ])('%j of %i characters', (text, length, cut) => {
    expect(cutText(text, length)).toBe(cut)
  })
})

test('the end, from a word on', () => {
  expect(cutStart('one two three', 13)).toBe('one two three')
  expect(cutStart('one two three', 9)).toBe(' two three')
  expect(cutStart('one two three', 8)).toBe(' three')
  expect(cutStart('one two three', 3)).toBe('')
})

test('no word is cut in two', () => {
  const word = fc.stringMatching(/^[\w:/.=+-]{1,40}$/)
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), fc.integer({ min: 1, max: 200 }), (words, length) => {
      const text = words.join(' ')
      for (const part of [cutText(text, length).replace(/…$/, ''), cutStart(text, length).trim()]) {
        for (const one of part.split(' ').filter(Boolean)) expect(words).toContain(one)
        expect([...part].length).toBeLessThanOrEqual(length + 1)
      }
    }),
  )
})
