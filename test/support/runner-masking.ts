/**
 * What actions/runner masks: each secret without spaces at its ends, each of its lines, and all of these as its encoders write
 * them (Worker.InitializeSecretMasker, HostContext, ValueEncoders.cs). It compares literally, and line by line.
 */
export function createRunnerMask(secrets: readonly string[]): (text: string) => string {
  const values = secrets
    .map((secret) => secret.trim())
    .flatMap((secret) => [secret, ...secret.split(/[\r\n]+/)])
    .filter((value) => value !== '')
  const masked = new Set(values.flatMap((value) => [value, ...encoders.map((encode) => encode(value))]).filter(Boolean))
  return (text) =>
    text
      .split('\n')
      .map((line) => maskLine(line, masked))
      .join('\n')
}

function maskLine(line: string, masked: ReadonlySet<string>): string {
  const ranges: [number, number][] = []
  for (const mask of masked) {
    for (let at = line.indexOf(mask); at >= 0; at = line.indexOf(mask, at + 1)) ranges.push([at, at + mask.length])
  }
  ranges.sort(([one], [other]) => one - other)
  let text = ''
  let end = 0
  for (const [from, to] of ranges) {
    if (from > end || text === '') text += `${line.slice(end, from)}***`
    end = Math.max(end, to)
  }
  return text + line.slice(end)
}

const xml: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;', '&': '&amp;' }
/** SecurityElement.Escape of .NET. */
export const escapeXml = (value: string) => value.replace(/[<>"'&]/g, (character) => xml[character] ?? character)
const toBase64 = (value: string, skip: number) => {
  const bytes = Buffer.from(value)
  return bytes.subarray(bytes.length > skip ? skip : 0).toString('base64')
}

const encoders: readonly ((value: string) => string)[] = [
  (value) => toBase64(value, 0),
  (value) => toBase64(value, 1),
  (value) => toBase64(value, 2),
  // CommandLineArgumentEscape, ExpressionStringEscape, JsonStringEscape.
  (value) => value.replaceAll('"', '\\"'),
  (value) => value.replaceAll("'", "''"),
  (value) => JSON.stringify(value).slice(1, -1),
  // Uri.EscapeDataString escapes what RFC 3986 reserves, which JavaScript leaves out.
  (value) => encodeURIComponent(value).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  escapeXml,
  // TrimDoubleQuotes.
  (value) => (value.length > 8 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1) : ''),
]
