import type { Event } from 'js-yaml'

/** The keys and indices that lead to a place in parsed YAML. */
export type Path = readonly (string | number)[]

/** A collection that the walk is in. */
interface Open {
  /** How much of the path leads here; undefined: it does not. */
  readonly depth: number | undefined
  readonly kind: 'document' | 'list' | 'map'
  index: number
  /** The key whose value comes next, in a map. */
  key: string | undefined
}

/**
 * The line, from 1, of the deepest part of the path that exists: of the key of a map's entry, or of the item of a list.
 * The parser gives offsets with its events and none with its values; the walk is made only where a message needs a line.
 */
export function findLine(
  { EVENT_ID, getScalarValue }: typeof import('./yaml-parser.ts'),
  events: readonly Event[],
  text: string,
  path: Path,
): number | undefined {
  const stack: Open[] = []
  let found: { offset: number; depth: number } | undefined
  const find = (offset: number, depth: number) => {
    if (depth > (found?.depth ?? 0)) found = { offset, depth }
  }
  for (const event of events) {
    const parent = stack.at(-1)
    if (event.type === EVENT_ID.DOCUMENT) {
      stack.push({ depth: 0, kind: 'document', index: 0, key: undefined })
    } else if (event.type === EVENT_ID.POP) {
      stack.pop()
    } else if (parent?.kind === 'map' && parent.key === undefined) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : ''
      if (event.type === EVENT_ID.SCALAR && parent.depth !== undefined && `${path[parent.depth]}` === parent.key) {
        find(event.valueStart, parent.depth + 1)
      }
    } else if (parent !== undefined) {
      const depth = toDepth(parent, path)
      if (depth !== undefined && parent.kind === 'list') find(toOffset(event), depth)
      parent.key = undefined
      parent.index++
      if (event.type === EVENT_ID.SEQUENCE) stack.push({ depth, kind: 'list', index: 0, key: undefined })
      if (event.type === EVENT_ID.MAPPING) stack.push({ depth, kind: 'map', index: 0, key: undefined })
    }
  }
  return found && text.slice(0, found.offset).split('\n').length
}

/** How much of the path leads to the value that comes next in a collection. */
function toDepth(parent: Open, path: Path): number | undefined {
  if (parent.depth === undefined || parent.kind === 'document') return parent.depth
  const name = parent.kind === 'map' ? parent.key : parent.index
  return `${path[parent.depth]}` === `${name}` ? parent.depth + 1 : undefined
}

function toOffset(event: Event): number {
  if ('valueStart' in event) return event.valueStart
  if ('start' in event) return event.start
  return 'anchorStart' in event ? event.anchorStart : 0
}
