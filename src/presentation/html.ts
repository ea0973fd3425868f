import { toPlainText } from './plain-text.ts'

const maxRows = 100

// What holds text of others is a block of HTML. Nothing is markdown in it, so that names need few escapes. A blank line would end
// the block; none of these has one.

/** Cells are escaped by whoever makes them. Without a head there is no empty row for one. */
export function toTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const row = (cells: readonly string[], tag: 'td' | 'th') =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join('')}</tr>`
  const left = rows.length - maxRows
  const more = left > 0 ? [`<tr><td colspan="${rows[0]?.length ?? 1}">and ${left} more</td></tr>`] : []
  return [
    '<table>',
    ...(head.length === 0 ? [] : [row(head, 'th')]),
    ...rows.slice(0, maxRows).map((cells) => row(cells, 'td')),
    ...more,
    '</table>',
  ].join('\n')
}

export function toList(items: readonly string[]): string {
  return items.length === 0 ? '' : ['<ul>', ...items.map((item) => `<li>${item}</li>`), '</ul>'].join('\n')
}

export function toHeading(html: string): string {
  return `<h2>${html}</h2>`
}

export function toParagraph(html: string): string {
  return html === '' ? '' : `<p>${html}</p>`
}

const references: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
}

/**
 * Text of others for an element of HTML, cut at `length`. The runner masks secrets that are not ours by comparing: as they are, as
 * JSON has them, and with these five characters escaped in this spelling (.NET's SecurityElement.Escape). Any other escape would
 * hide a secret from it. For the same reason quotes are escaped only beside what must be: in JSON they would be escaped twice.
 */
export function escapeText(value: string, length: number): string {
  const text = toPlainText(value, length)
  if (!/[<>&]/.test(text)) return text
  if (/\\["\\/bfnrtu]/.test(text)) return 'not shown because it holds both markup and escapes'
  return text.replace(/[<>"'&]/g, (character) => references[character] ?? character)
}
