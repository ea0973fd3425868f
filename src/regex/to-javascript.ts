import type { Node, Place } from './syntax.ts'
import { toCountText, toSetText, unicodeWord } from './translate.ts'

/** The flags of every expression: Unicode, and matching only at `lastIndex`. Other flags are resolved in the expression. */
export const javascriptFlags = 'uy'

/** For expressions that RE2 does not support. Matching may take forever, so it runs in a process that can be ended. */
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
  // A lookahead keeps its first match, as an atomic group does.
  const toAtomic = (text: string) => {
    const name = `a${++atomic}`
    return `(?:(?=(?<${name}>${text}))\\k<${name}>)`
  }
  return toText(node)
}

const word = `[${unicodeWord}]`
/** In Python, neither matches in an empty text. */
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
