import { maxSummaryBytes } from '../limits.ts'

/** A part of the summary that is shown as a whole or not at all; `title` names it if it is left out, and is trusted text. */
export interface SummarySection {
  readonly title: string
  readonly markdown: string
}

/**
 * The sections that fit, in their order: the most important one comes first. A section that does not fit is left out as a whole, so
 * that no table or diagram is cut in half, and is named at the end. Empty sections are skipped.
 */
export function limitSummary(sections: readonly SummarySection[], maxBytes = maxSummaryBytes): string {
  const wanted = sections.filter(({ markdown }) => markdown !== '')
  const sizes = wanted.map(({ markdown }) => countBytes(markdown) + countBytes('\n\n'))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  let room = maxBytes - (total > maxBytes ? countBytes(explain(wanted)) : 0)
  const [shown, left]: [SummarySection[], SummarySection[]] = [[], []]
  for (const [index, section] of wanted.entries()) {
    const size = sizes[index] ?? 0
    if (size > room) left.push(section)
    else {
      shown.push(section)
      room -= size
    }
  }
  return shown
    .map(({ markdown }) => `${markdown}\n\n`)
    .concat(left.length === 0 ? [] : [explain(left)])
    .join('')
    .replace(/\n+$/, '\n')
}

function explain(sections: readonly SummarySection[]): string {
  return `Left out because GitHub accepts no more than 1 MiB: ${sections.map(({ title }) => title).join(', ')}.\n`
}

function countBytes(text: string): number {
  return Buffer.byteLength(text)
}
