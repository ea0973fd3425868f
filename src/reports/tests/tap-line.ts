/** A parsed line that begins with `ok` or `not ok`. */
export interface TapPoint {
  readonly number: number | undefined
  readonly name: string
  readonly outcome: 'passed' | 'failed' | 'skipped'
  /** Whether its subtests follow in braces. */
  readonly hasBraces: boolean
  /** Seconds. */
  duration?: number
  /** node: `test` or `suite`. */
  type?: string
  message?: string
  file?: string
}

export const plan = /^1\.\.(\d+)\s*(?:#\s*(.*))?$/
export const directive = /(?:^|\s)#\s*(skip|todo)\w*[:\s]*(.*)$/i

const pattern = /^(not )?ok\b(?: +(\d+))?(?:\s+-(?=\s|$))?\s*(.*)$/
const time = /(?:^|\s)#\s*time=([\d.]+) ?(ms|s)?/

/** Parses a line without its indentation; undefined if it is not a test. */
export function readPoint(body: string): TapPoint | undefined {
  const [whole, failed, number, rest = ''] = pattern.exec(body) ?? []
  if (whole === undefined) return undefined
  const hasBraces = /(?:^|\s)\{$/.test(rest)
  const described = hasBraces ? rest.slice(0, -1) : rest
  const [said, kind, reason = ''] = directive.exec(described) ?? []
  const [timed, value, unit] = time.exec(described) ?? []
  let description = described
  for (const part of [said, timed]) if (part !== undefined) description = description.replace(part, '')
  return {
    number: number === undefined ? undefined : Number(number),
    name: description.trim().replace(/\\([#\\])/g, '$1') || (number ?? ''),
    outcome: kind !== undefined ? 'skipped' : failed === undefined ? 'passed' : 'failed',
    hasBraces,
    ...(value !== undefined && { duration: Number(value) / (unit === 's' ? 1 : 1000) }),
    ...(kind !== undefined && reason.trim() !== '' && { message: reason.trim() }),
  }
}

/** Reads a test's block of YAML: only the few keys that node, node-tap, bats and Vitest write. */
export function readDetails(lines: readonly string[]): Partial<TapPoint> {
  const details: Partial<TapPoint> = {}
  for (const [index, line] of lines.entries()) {
    const [, indent = '', key, value = ''] = /^(\s*)(\w+):\s*(.*)$/.exec(line) ?? []
    // Vitest writes the error as a map.
    if (indent !== '' && key !== 'message') continue
    if (key === 'duration_ms' && value !== '' && Number(value) >= 0) details.duration = Number(value) / 1000
    else if (key === 'type') details.type = toText(value)
    else if (key === 'location') details.file = toText(value).replace(/:\d+:\d+$/, '')
    else if (value !== '' && (key === 'error' || key === 'message'))
      details.message ??= /^[|>]/.test(value) ? readBlock(lines, index) : toText(value)
  }
  return details
}

/** The lines below that are indented. */
function readBlock(lines: readonly string[], index: number): string {
  const end = lines.findIndex((line, at) => at > index && /^\S/.test(line))
  return lines
    .slice(index + 1, end < 0 ? undefined : end)
    .map((line) => line.slice(2))
    .join('\n')
    .trim()
}

const toText = (value: string) => value.replace(/^(['"])(.*)\1$/s, '$2').replaceAll("''", "'")
