/**
 * What Mermaid takes for something else in a section or in quotes: the end of a quotation, markup, comments and directives (`%%`),
 * entity codes (`#35;`), and what it writes in their place while it works (`ﬂ°°35¶ß`).
 */
const special = /["<>`{}\\;]|%%|\ufb02\xb0|\xb6\xdf/

/**
 * Whether a text of one line may stand in a Mermaid diagram as it is, in a place that takes any words to the end of a line or a
 * quotation. Where it may not, another is shown in its place: escaped, a secret in it would be hidden from the runner's masking.
 */
export function isPlainMermaid(text: string): boolean {
  return !special.test(text)
}

/**
 * A diagram as GitHub's markdown takes it. Mermaid's own settings come as a directive: GitHub keeps its theme for dark and
 * light pages, and what is set here only.
 */
export function toDiagram(settings: Readonly<Record<string, unknown>>, lines: readonly string[]): string {
  return ['```mermaid', `%%{init: ${JSON.stringify(settings)}}%%`, ...lines, '```'].join('\n')
}
