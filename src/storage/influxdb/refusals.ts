import type { Failure } from './failure.ts'
import { findNamedLines, type NamedLine } from './named-lines.ts'
import { findOldLines } from './record.ts'

/** The refused lines that an answer quotes, numbers or counts. */
export function findRefused(lines: readonly string[], { answer, fate, words }: Failure): readonly NamedLine[] {
  const { dropped = 0 } = answer
  // The answer only counts points that are too old, so the oldest lines are the refused ones. `Upper Bound` is about points in the future.
  if (fate === 'old' && !answer.text.includes('Upper Bound')) {
    return findOldLines(lines, dropped).map((index) => ({ index, reason: words }))
  }
  const named = findNamedLines(lines, answer)
  return named.length === 0 && dropped >= lines.length ? lines.map((_, index) => ({ index, reason: words })) : named
}

export function isUnnamedConflict(text: string): boolean {
  return text.includes('field type conflict') && !text.includes('input field')
}

/** VictoriaMetrics and QuestDB read a line break in text as the end of the line. */
export function isAboutLineBreaks(text: string): boolean {
  return /missing closing quote|raw newline|Could not parse entire line, field value is invalid/.test(text)
}
