/**
 * Text for a place in a Mermaid diagram that takes any words to the end of a line or a quotation, as Mermaid's entity codes:
 * `#58;` for a colon. Only ASCII's letters, digits and single spaces stay, and what is not ASCII: no keyword, comment, directive
 * or reference can come of that. Mermaid itself writes an entity code as `ﬂ°°58¶ß` while it works, hence these four.
 */
export function escapeMermaid(text: string): string {
  return text.replace(/[^A-Za-z0-9 \u0080-\u{10ffff}]|[ﬂ°¶ß]|^ | $/gu, (character) => `#${character.codePointAt(0)};`)
}

/**
 * A diagram as GitHub's markdown takes it. Mermaid's own settings come as a directive: GitHub keeps its theme for dark and
 * light pages, and what is set here only.
 */
export function toDiagram(settings: Readonly<Record<string, unknown>>, lines: readonly string[]): string {
  return ['```mermaid', `%%{init: ${JSON.stringify(settings)}}%%`, ...lines, '```'].join('\n')
}
