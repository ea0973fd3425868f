import { toPlainText } from './plain-text.ts'

const maxRows = 100

/** A table; nothing where it has no rows. Cells are escaped by whoever makes them. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const shown = rows.slice(0, maxRows)
  const more = rows.length > maxRows ? [`| and ${rows.length - maxRows} more |${' |'.repeat(head.length - 1)}`] : []
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...shown.map(line), ...more].join('\n')
}

export function toList(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join('\n')
}

/**
 * Text that is neither markdown nor HTML, whoever wrote it: what could be either becomes character references, and so does what
 * GitHub would make a link of by itself. Of more than `length` characters, the first.
 */
export function escapeText(value: string, length: number): string {
  // An underscore within a word is no emphasis.
  return toPlainText(value, length).replace(
    /[!"#$&'*<>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/\/)|(?<=www)\./gi,
    (character) => `&#${character.charCodeAt(0)};`,
  )
}
