/** A table of markdown; a bar in a cell would end it. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const toRow = (cells: readonly string[]) =>
    `|${cells.map((cell) => (cell === '' ? ' ' : ` ${cell.replaceAll('|', '\\|')} `)).join('|')}|`
  return [toRow(head), `|${'---|'.repeat(head.length)}`, ...rows.map(toRow)].join('\n')
}

/** Names in backticks, parted by spaces. */
export function toCode(names: Iterable<string>): string {
  return [...names].map((name) => `\`${name}\``).join(' ')
}
