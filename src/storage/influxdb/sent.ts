import { cutText } from '../../build/cut-text.ts'
import { maxLostLines } from '../../limits.ts'
import type { Conflict, LostLine } from '../storage.ts'

/** The results of the lines that were sent. */
export interface Sent {
  written: number
  unsent: number
  lost: number
  readonly problems: Set<string>
  readonly conflicts: Conflict[]
  /** The first lines that were refused for good, and how many there are in all. */
  readonly refusedLines: LostLine[]
  refused: number
  /** The first lines that had no field left without the conflicting ones. */
  readonly emptiedLines: LostLine[]
  /** Lines whose text was sent without its line breaks. */
  flattened: number
}

const maxShownLines = 3
const maxShownLength = 200

export function createSent(): Sent {
  return {
    ...{ written: 0, unsent: 0, lost: 0, refused: 0, flattened: 0 },
    ...{ problems: new Set(), conflicts: [], refusedLines: [], emptiedLines: [] },
  }
}

/** Counts lines that the server refused for good. */
export function addRefused(sent: Sent, lines: readonly LostLine[]): void {
  sent.lost += lines.length
  sent.refused += lines.length
  sent.refusedLines.push(...lines.slice(0, maxLostLines - sent.refusedLines.length))
}

/** Counts lines with no field left; their conflicts are reported separately. */
export function addEmptied(sent: Sent, lines: readonly LostLine[]): void {
  sent.lost += lines.length
  sent.emptiedLines.push(...lines.slice(0, maxLostLines - sent.emptiedLines.length))
}

/** The first lines that are lost. */
export function listLostLines({ refusedLines, emptiedLines }: Sent): LostLine[] {
  return [...refusedLines, ...emptiedLines].slice(0, maxLostLines)
}

/** A clause with the lines that were refused for good, one for each reason; undefined if there are none. */
export function explainRefused({ refused, refusedLines }: Sent): string | undefined {
  if (refused === 0) return undefined
  const byReason = [...Map.groupBy(refusedLines, ({ reason }) => reason).values()].flatMap(([first]) => first ?? [])
  const shown = byReason.slice(0, maxShownLines)
  const lines = shown.map((one) => `${showLine(one)}: ${one.reason}`)
  const more = refused > shown.length ? [`and ${refused - shown.length} more`] : []
  const what = refused === 1 ? 'a point, which is' : `${refused} points, which are`
  return `the server refused ${what} lost: ${[...lines, ...more].join('; ')}`
}

function showLine({ line }: LostLine): string {
  return JSON.stringify(cutText(line, maxShownLength))
}

/** Clauses about what was changed so that the server accepts it. */
export function listChanges({ flattened }: Sent): string[] {
  if (flattened === 0) return []
  const of = flattened === 1 ? 'a point' : `${flattened} points`
  return [`the line breaks in the text of ${of} were sent as spaces because this server does not accept them`]
}
