import { maxRe2Count } from '../limits.ts'
import type { Node, Place } from './syntax.ts'
import { toCountText, toSetText } from './translate.ts'

/** An expression for RE2, and the names for which its result is not valid. */
export interface Re2Pattern {
  readonly source: string
  readonly isUnsure: (name: string) => boolean
}

/** Differences in meaning: the result is only valid for names that do not contain what is named. */
type Doubt = 'line break at the end' | 'not ASCII' | 'empty'

/** Undefined if RE2 lacks a feature: lookaround, references, atomic groups, large counts. */
export function toRe2(node: Node): Re2Pattern | undefined {
  const doubts = new Set<Doubt>()
  const source = toText(node, true, doubts)
  if (source === undefined) return undefined
  const isUnsure = (name: string) =>
    (doubts.has('empty') && name === '') ||
    (doubts.has('line break at the end') && name.endsWith('\n')) ||
    (doubts.has('not ASCII') && /[^\0-\x7f]/.test(name))
  return { source, isUnsure }
}

/** @param isLast whether nothing follows, so that the length of the match does not matter */
function toText(node: Node, isLast: boolean, doubts: Set<Doubt>): string | undefined {
  switch (node.kind) {
    case 'set':
      return toSetText(node, (code) => `\\x{${code.toString(16)}}`)
    case 'at':
      return toPlaceText(node.where, isLast, doubts)
    case 'sequence':
      return join(
        node.items.map((item, index) => toText(item, isLast && index === node.items.length - 1, doubts)),
        '',
      )
    case 'alternatives':
      return join(
        node.branches.map((branch) => toText(branch, isLast, doubts)),
        '|',
      )
    case 'group': {
      const body = toText(node.body, isLast, doubts)
      return body === undefined ? undefined : `(?:${body})`
    }
    case 'repeat': {
      const body = toText(node.body, false, doubts)
      if (body === undefined || node.mode === 'possessive') return undefined
      const counts = [node.min, node.max === Number.POSITIVE_INFINITY ? 0 : node.max]
      return Math.max(...counts) > maxRe2Count ? undefined : `(?:${body})${toCountText(node.min, node.max)}`
    }
    case 'look':
    case 'atomic':
    case 'reference':
      return undefined
  }
}

function join(texts: readonly (string | undefined)[], separator: string): string | undefined {
  return texts.includes(undefined) ? undefined : `(?:${texts.join(separator)})`
}

function toPlaceText(where: Place, isLast: boolean, doubts: Set<Doubt>): string {
  switch (where) {
    case 'start':
      return '\\A'
    case 'line-start':
      return '(?m:^)'
    case 'line-end':
      return '(?m:$)'
    case 'very-end':
      return '\\z'
    case 'end':
      if (isLast) return '(?:\\n?\\z)'
      doubts.add('line break at the end')
      return '\\z'
    case 'boundary':
    case 'inside':
      doubts.add('not ASCII')
      break
    case 'ascii-boundary':
    case 'ascii-inside':
      break
  }
  if (where === 'boundary' || where === 'ascii-boundary') return '\\b'
  doubts.add('empty')
  return '\\B'
}
