import fc from 'fast-check'

/**
 * Any code point, halves of surrogate pairs too. fast-check's own unit `binary` is without these, and takes a second to
 * make.
 */
export const anyCharacter: fc.Arbitrary<string> = fc
  .integer({ min: 0, max: 0x10ffff })
  .map((code) => String.fromCodePoint(code))
