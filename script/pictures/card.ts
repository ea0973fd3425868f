/** What all pictures look like: cards on white, so that they are legible on a dark page too. */
export const look = {
  font: "Inter, 'Segoe UI', Helvetica, Arial, sans-serif",
  text: '#24292f',
  faint: '#6e7781',
  line: '#d8dee4',
  background: '#ffffff',
  palette: [
    ...['#3274d9', '#e0752d', '#2f9e44', '#c4162a', '#8f3bb8', '#0c8599'],
    ...['#b8860b', '#d6568f', '#5c677d', '#5f3dc4', '#66a80f', '#a8522a', '#1098ad'],
  ],
}

/** Grafana's names of colours. */
export const colors: Readonly<Record<string, string>> = {
  green: '#2f9e44',
  orange: '#e67700',
  red: '#e02f44',
  blue: '#3274d9',
  text: look.text,
}

export const titleHeight = 34

/** A card with a title around what is drawn. */
export function drawCard(width: number, height: number, title: string, content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="${escapeText(look.font)}" role="img" aria-label="${escapeText(title)}">
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="6" fill="${look.background}" stroke="${look.line}"/>
<text x="14" y="23" font-size="14" font-weight="600" fill="${look.text}">${escapeText(title)}</text>
${content}
</svg>
`
}

/** Text in SVG. */
export function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}

/** About how wide a text is. */
export function measureText(text: string, fontSize: number): number {
  return text.length * fontSize * 0.56
}
