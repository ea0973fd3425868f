import type { Node, Place } from './syntax.ts'
import { toCountText, toSetText, unicodeWord } from './translate.ts'

/** The flags of every expression: code points, and only where it is asked to match. All others are written out. */
export const javascriptFlags = 'uy'

/** For what RE2 does not take. It may run for ever, so it runs where it can be ended. */
export function toJavaScript(node: Node): string {
  let atomic = 0
  const toText = (one: Node): string => {
    switch (one.kind) {
      case 'set':
        return toSetText(one, (code) => `\\u{${code.toString(16)}}`)
      case 'at':
        return placeTexts[one.where]
      case 'sequence':
        return `(?:${one.items.map(toText).join('')})`
      case 'alternatives':
        return `(?:${one.branches.map(toText).join('|')})`
      case 'group':
        return `(?<g${one.index}>${toText(one.body)})`
      case 'reference':
        return `\\k<g${one.group}>`
      case 'look':
        return `(?:(?${one.ahead ? '' : '<'}${one.negative ? '!' : '='}${toText(one.body)}))`
      case 'atomic':
        return toAtomic(toText(one.body))
      case 'repeat': {
        const text = `(?:${toText(one.body)})${toCountText(one.min, one.max)}`
        return one.mode === 'possessive' ? toAtomic(text) : `${text}${one.mode === 'lazy' ? '?' : ''}`
      }
    }
  }
  // A lookahead is left with what it found first, and no other way is tried.
  const toAtomic = (text: string) => {
    const name = `a${++atomic}`
    return `(?:(?=(?<${name}>${text}))\\k<${name}>)`
  }
  return toText(node)
}

const word = `[${unicodeWord}]`
/** Python finds neither in an empty text. */
const notEmpty = '(?!^$)'

const placeTexts: Readonly<Record<Place, string>> = {
  start: '^',
  'line-start': '(?<![^\\n])',
  end: '(?=\\n?$)',
  'line-end': '(?![^\\n])',
  'very-end': '$',
  boundary: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  inside: `(?:${notEmpty}(?:(?<=${word})(?=${word})|(?<!${word})(?!${word})))`,
  'ascii-boundary': '\\b',
  'ascii-inside': `(?:${notEmpty}\\B)`,
}
