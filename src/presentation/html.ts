import { toPlainText } from './plain-text.ts'

const maxRows = 100

// Untrusted text is inside a block of HTML, where nothing is markdown, so that few escapes are needed. A blank line would end the
// block; none of these has one.

export interface TableColumn {
  readonly title: string
  readonly align?: 'right'
}

/** Cells are HTML. Empty without rows. */
export function toTable(columns: readonly (string | TableColumn)[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const heads = columns.map((column) => (typeof column === 'string' ? { title: column } : column))
  const row = (cells: readonly string[]) =>
    `<tr>${cells.map((cell, index) => `<td${heads[index]?.align ? ' align="right"' : ''}>${cell}</td>`).join('')}</tr>`
  const left = rows.length - maxRows
  return [
    '<table>',
    `<tr>${heads.map(({ title }) => `<th>${title}</th>`).join('')}</tr>`,
    ...rows.slice(0, maxRows).map(row),
    ...(left > 0 ? [`<tr><td colspan="${heads.length}">and ${left} more</td></tr>`] : []),
    '</table>',
  ].join('\n')
}

export function toList(items: readonly string[]): string {
  return items.length === 0 ? '' : ['<ul>', ...items.map((item) => `<li>${item}</li>`), '</ul>'].join('\n')
}

export function toHeading(html: string): string {
  return `<h3>${html}</h3>`
}

export function toParagraph(html: string): string {
  return html === '' ? '' : `<p>${html}</p>`
}

/** A part that is closed until a reader opens it; its body is markdown. Empty without a body. */
export function toFold(summary: string, body: string, isOpen = false): string {
  if (body === '') return ''
  return `<details${isOpen ? ' open' : ''}><summary>${summary}</summary>\n\n${body}\n\n</details>`
}

/** One note, or a fold of several. */
export function toNotes(notes: readonly string[]): string {
  const [first = ''] = notes
  return notes.length > 1 ? toFold(`${notes.length} notes`, toList(notes)) : toParagraph(first)
}

const maxAlerts = 3

/** GitHub's warning box: the first sentences, and a fold for the others. */
export function toAlert(sentences: readonly string[]): string {
  if (sentences.length === 0) return ''
  const shown = sentences.length > maxAlerts + 1 ? sentences.slice(0, maxAlerts) : sentences
  const rest = sentences.slice(shown.length)
  const fold =
    rest.length === 0 ? '' : `<details><summary>${rest.length} more problems</summary>\n${toList(rest)}\n</details>`
  const lines = [...shown.map((html) => `<p>${html}</p>`), ...fold.split('\n')].filter((line) => line !== '')
  return ['[!WARNING]', ...lines].map((line) => `> ${line}`).join('\n')
}

const references: Readonly<Record<string, string>> = {
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
  '&': '&amp;',
}

/**
 * Untrusted text for an element of HTML, cut at `length`. The runner masks secrets that are not ours by comparing: as they are, as
 * JSON has them, and with these five characters escaped in this spelling (.NET's SecurityElement.Escape). Any other escape would
 * hide a secret from it. For the same reason quotes are escaped only beside what must be: in JSON they would be escaped twice.
 */
export function escapeText(value: string, length: number): string {
  const text = toPlainText(value, length)
  if (!/[<>&]/.test(text)) return text
  if (/\\["\\/bfnrtu]/.test(text)) return 'not shown because it holds both markup and escapes'
  return text.replace(/[<>"'&]/g, (character) => references[character] ?? character)
}

/** A tooltip, where the text needs no escapes: those of an attribute would hide a secret from the runner. */
export function toTooltip(value: string, length: number): string {
  const text = toPlainText(value, length)
  return text === '' || /["'<>&]/.test(text) ? '' : ` title="${text}"`
}
