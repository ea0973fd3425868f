/**
 * What Mermaid interprets in a section or in quotes: the end of a quotation, markup, comments and directives (`%%`), entity codes
 * (`#35;`), and its internal form of these (`ﬂ°°35¶ß`).
 */
const special = /["<>`{}\\;]|%%|\ufb02\xb0|\xb6\xdf/

/**
 * Whether a line of text can be written to a Mermaid diagram as it is, where words extend to the end of a line or quotation. If it
 * cannot, other text replaces it: escapes would hide a secret from the runner's masking.
 */
export function isPlainMermaid(text: string): boolean {
  return !special.test(text)
}

/**
 * A diagram in GitHub's markdown. A directive contains the settings for Mermaid; GitHub keeps its theme for dark and light pages
 * apart from these.
 */
export function toDiagram(settings: Readonly<Record<string, unknown>>, lines: readonly string[]): string {
  return ['```mermaid', `%%{init: ${JSON.stringify(settings)}}%%`, ...lines, '```'].join('\n')
}
