import type { Node } from './syntax.ts'

/** The minimum and maximum number of characters that a part matches. */
export type Width = readonly [min: number, max: number]

/** @param groups widths of the groups that references name */
export function measureWidth(node: Node, groups: ReadonlyMap<number, Width>): Width {
  const measure = (one: Node) => measureWidth(one, groups)
  switch (node.kind) {
    case 'set':
      return [1, 1]
    case 'at':
    case 'look':
      return [0, 0]
    case 'group':
    case 'atomic':
      return measure(node.body)
    case 'reference':
      return groups.get(node.group) ?? [0, Number.POSITIVE_INFINITY]
    case 'sequence':
      return node.items.map(measure).reduce(([min, max], [less, more]) => [min + less, max + more], [0, 0])
    case 'alternatives': {
      const widths = node.branches.map(measure)
      return [Math.min(...widths.map(([min]) => min)), Math.max(...widths.map(([, max]) => max))]
    }
    case 'repeat': {
      const [min, max] = measure(node.body)
      return [min * node.min, max === 0 || node.max === 0 ? 0 : max * node.max]
    }
  }
}
