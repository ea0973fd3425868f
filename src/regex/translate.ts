import { invertRanges, mergeRanges, toRanges } from './ranges.ts'
import type { CharacterSet, Range } from './syntax.ts'

/** In Python, letters and numbers of every script are word characters; in RE2 and JavaScript, only ASCII ones are. */
export const unicodeWord = '\\p{L}\\p{N}_'

let wordRanges: Range[] | undefined

/** A set in brackets, in the common syntax of RE2 and JavaScript. */
export function toSetText({ negated, ranges, classes }: CharacterSet, writeCode: (code: number) => string): string {
  const sign = negated ? '^' : ''
  if (classes.includes('W')) {
    // Neither has nested sets in this mode to express it.
    if (ranges.length === 0 && classes.length === 1) return `[${negated ? '' : '^'}${unicodeWord}]`
    wordRanges ??= toRanges((text) => /^[\p{L}\p{N}_]/u.test(text))
    const all = mergeRanges([...ranges, ...invertRanges(wordRanges)])
    const others = classes.filter((name) => name !== 'W')
    return toSetText({ kind: 'set', negated, ranges: all, classes: others }, writeCode)
  }
  const names = { d: '\\p{Nd}', D: '\\P{Nd}', w: unicodeWord, W: '' }
  const parts = [...ranges.map((range) => toRangeText(range, writeCode)), ...classes.map((name) => names[name])]
  const [only] = ranges
  if (parts.length === 1 && only !== undefined && only[0] === only[1] && !negated) return writeCode(only[0])
  if (parts.length === 0)
    return negated ? `[${toRangeText([0, 0x10ffff], writeCode)}]` : `[^${toRangeText([0, 0x10ffff], writeCode)}]`
  return `[${sign}${parts.join('')}]`
}

function toRangeText([first, last]: Range, writeCode: (code: number) => string): string {
  return first === last ? writeCode(first) : `${writeCode(first)}-${writeCode(last)}`
}

export function toCountText(min: number, max: number): string {
  if (max === Number.POSITIVE_INFINITY) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`
  return min === 0 && max === 1 ? '?' : min === max ? `{${min}}` : `{${min},${max}}`
}
