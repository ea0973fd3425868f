import { type Node, PatternError } from './syntax.ts'
import { measureWidth } from './width.ts'

type Groups = ReadonlySet<number>

/**
 * Refuses references to groups that may not have matched: Python fails there, JavaScript treats them as empty; and in
 * repeats, they remember different rounds.
 * @param known groups that have matched whenever this part is reached
 * @returns the groups that have matched after it
 */
export function checkReferences(node: Node, known: Groups): Groups {
  switch (node.kind) {
    case 'set':
    case 'at':
      return known
    case 'reference':
      if (known.has(node.group)) return known
      throw new PatternError(
        `group ${node.group} may not have matched where it is referenced: put the group and its reference into the same alternative, and make neither optional nor repeated`,
        node.at,
      )
    case 'sequence':
      return node.items.reduce((groups, item) => checkReferences(item, groups), known)
    case 'alternatives': {
      const [first, ...others] = node.branches.map((branch) => checkReferences(branch, known))
      return new Set([...(first ?? known)].filter((group) => others.every((groups) => groups.has(group))))
    }
    case 'group':
      return new Set([...checkReferences(node.body, known), node.index])
    case 'atomic':
      return checkReferences(node.body, known)
    case 'look': {
      const inside = checkReferences(node.body, known)
      return node.negative ? known : inside
    }
    case 'repeat': {
      const inside = checkReferences(node.body, known)
      const [width] = measureWidth(node.body, new Map())
      const isEach = node.min > 0 && (node.max === 1 || width > 0)
      return isEach ? inside : known
    }
  }
}
