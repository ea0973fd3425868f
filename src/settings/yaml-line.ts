import type { Event } from 'js-yaml'

/** The keys and indices that lead to a place in parsed YAML. */
export type Path = readonly (string | number)[]

/** A collection that the walk is in. */
interface Open {
  readonly place: string
  readonly kind: 'document' | 'list' | 'map'
  index: number
  /** The key whose value comes next, in a map. */
  key: string | undefined
}

/**
 * Finds lines, from 1: of the key of a map's entry, or of the item of a list; for a place that does not exist, of the
 * nearest above. The parser gives offsets with its events and none with its values; the walk is made with the first line
 * that a message needs.
 */
export function createLineFinder(
  yaml: typeof import('./yaml-parser.ts'),
  events: readonly Event[],
  text: string,
): (path: Path) => number | undefined {
  let offsets: ReadonlyMap<string, number> | undefined
  let starts: readonly number[] = []
  return (path) => {
    if (offsets === undefined) {
      offsets = findOffsets(yaml, events, text)
      starts = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)]
    }
    for (let length = path.length; length > 0; length--) {
      const offset = offsets.get(toPlace(path.slice(0, length)))
      if (offset !== undefined) return countLines(starts, offset)
    }
    return undefined
  }
}

/** How many lines start at or before an offset, by halving. */
function countLines(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((starts[middle] ?? 0) <= offset) low = middle + 1
    else high = middle
  }
  return low
}

function toPlace(path: Path): string {
  return path.map((part) => `/${part}`).join('')
}

function findOffsets(
  { EVENT_ID, getScalarValue }: typeof import('./yaml-parser.ts'),
  events: readonly Event[],
  text: string,
): Map<string, number> {
  const offsets = new Map<string, number>()
  const stack: Open[] = []
  for (const event of events) {
    const parent = stack.at(-1)
    if (event.type === EVENT_ID.DOCUMENT) {
      stack.push({ place: '', kind: 'document', index: 0, key: undefined })
    } else if (event.type === EVENT_ID.POP) {
      stack.pop()
    } else if (parent?.kind === 'map' && parent.key === undefined) {
      parent.key = event.type === EVENT_ID.SCALAR ? getScalarValue(text, event) : ''
      offsets.set(`${parent.place}/${parent.key}`, toOffset(event))
    } else if (parent !== undefined) {
      const place = toChildPlace(parent)
      // An item that is nothing stands nowhere: the line above counts.
      if (parent.kind === 'list' && toOffset(event) >= 0) offsets.set(place, toOffset(event))
      parent.key = undefined
      parent.index++
      if (event.type === EVENT_ID.SEQUENCE) stack.push({ place, kind: 'list', index: 0, key: undefined })
      if (event.type === EVENT_ID.MAPPING) stack.push({ place, kind: 'map', index: 0, key: undefined })
    }
  }
  return offsets
}

function toChildPlace({ place, kind, index, key }: Open): string {
  if (kind === 'document') return place
  return `${place}/${kind === 'map' ? key : index}`
}

function toOffset(event: Event): number {
  if ('valueStart' in event) return event.valueStart
  if ('start' in event) return event.start
  return 'anchorStart' in event ? event.anchorStart : 0
}
