import { type Node, PatternError } from './syntax.ts'
import { measureWidth } from './width.ts'

/**
 * Refuses repeated parts that may be empty where only the first way to match is tried: Python accepts an empty round,
 * JavaScript looks for another one. Elsewhere, all ways are tried and the result is the same.
 * @param first whether this part is inside an atomic group, or a lookaround whose groups are referenced
 */
export function checkEmptyRounds(node: Node, hasReferences: boolean, first = false): void {
  switch (node.kind) {
    case 'set':
    case 'at':
    case 'reference':
      return
    case 'sequence':
      for (const item of node.items) checkEmptyRounds(item, hasReferences, first)
      return
    case 'alternatives':
      for (const branch of node.branches) checkEmptyRounds(branch, hasReferences, first)
      return
    case 'group':
      checkEmptyRounds(node.body, hasReferences, first)
      return
    case 'atomic':
      checkEmptyRounds(node.body, hasReferences, true)
      return
    case 'look':
      checkEmptyRounds(node.body, hasReferences, first || hasReferences)
      return
    case 'repeat': {
      const isFirst = first || node.mode === 'possessive'
      const [width] = measureWidth(node.body, new Map())
      if (isFirst && width === 0) {
        const text =
          'this repeats something that may be empty, which is not supported here: make it match at least one character'
        throw new PatternError(text, node.at)
      }
      checkEmptyRounds(node.body, hasReferences, isFirst)
    }
  }
}

export function hasReference(node: Node): boolean {
  switch (node.kind) {
    case 'set':
    case 'at':
      return false
    case 'reference':
      return true
    case 'sequence':
      return node.items.some(hasReference)
    case 'alternatives':
      return node.branches.some(hasReference)
    case 'group':
    case 'atomic':
    case 'look':
    case 'repeat':
      return hasReference(node.body)
  }
}
