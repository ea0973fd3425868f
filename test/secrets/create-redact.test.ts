import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedact } from '../../src/secrets/create-redact.ts'

describe('redact', () => {
  test.each<[secrets: string[], text: string, redacted: string]>([
    [[], 'text', 'text'],
    [[''], 'text', 'text'],
    [['abc'], 'abc, xabcx', '***, x***x'],
    [['a', 'abc'], 'abc a', '*** ***'],
    [['abc', 'a'], 'abc a', '*** ***'],
    [['a.c'], 'abc a.c', 'abc ***'],
    [['$&'], 'x$&y', 'x***y'],
    [['aa'], 'aaaa', '******'],
    [['abcd', 'cdef'], 'abcdef', '***'],
    [['cdef', 'abcd'], '-abcdef-', '-***-'],
    [['abcdef', 'defgh', 'ghi'], 'abcdefghi', '***'],
    [['aba'], 'ababa', '***'],
    [['say "x"'], '{"a":"say \\"x\\""} say "x"', '{"a":"***"} ***'],
    [['back\\slash'], '["back\\\\slash"]', '["***"]'],
  ])('%j in %j: %j', (secrets, text, redacted) => {
    const shown = createRedact(secrets)(text)
    expect(shown.replace(/(\*\*\*)+/g, '***')).toBe(redacted.replace(/(\*\*\*)+/g, '***'))
  })

  test('whatever the secrets, no character of an occurrence is left', () => {
    const letters = fc.constantFrom('a', 'b', 'c')
    const secret = fc.string({ unit: letters, minLength: 2, maxLength: 4 })
    fc.assert(
      fc.property(fc.array(secret, { maxLength: 3 }), fc.string({ unit: letters, maxLength: 12 }), (secrets, text) => {
        const covered = new Set<number>()
        for (const one of secrets) {
          for (let at = text.indexOf(one); at >= 0; at = text.indexOf(one, at + 1)) {
            for (let index = at; index < at + one.length; index++) covered.add(index)
          }
        }
        const left = [...text].filter((_, index) => !covered.has(index)).join('')
        expect(createRedact(secrets)(text).replaceAll('*', '')).toBe(left)
      }),
    )
  })
})

describe('a secret that was cut', () => {
  const secret = 'hunter2-hunter2-hunter2'
  const redact = createRedact([secret])

  test.each([4, 8, secret.length - 1])('after %d characters is taken out before the mark', (length) => {
    expect(redact(`it is "x=${secret.slice(0, length)}…", says the line`)).toBe('it is "x=***…", says the line')
  })

  test('so shortly that it may be anything is left', () => {
    expect(redact('"x=hun…"')).toBe('"x=hun…"')
  })

  test('in several places', () => {
    expect(redact('a hunter2-… b hunter2-hunt… c')).toBe('a ***… b ***… c')
  })
})

test('a secret is known as a tag has it, too', () => {
  expect(createRedact(['pass\\,word\\'])('x pass,word y')).toBe('x *** y')
})
