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

/** Text that is neither markdown nor HTML, whoever wrote it: what could be either becomes character references. */
export function escapeText(value: string, length: number): string {
  const cut = value.length > length ? `${value.slice(0, length)}…` : value
  return (
    cut
      .toWellFormed()
      // biome-ignore lint/suspicious/noControlCharactersInRegex: newlines would end the cell, others show as nothing
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]+/g, ' ')
      // An underscore within a word is no emphasis.
      .replace(
        /[!"#$&'*<>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/g,
        (character) => `&#${character.charCodeAt(0)};`,
      )
  )
}
