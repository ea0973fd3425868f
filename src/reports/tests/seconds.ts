/** Parses durations in the notation of one file. Undefined if a text is not a duration. */
export type ReadSeconds = (text: string | undefined) => number | undefined

const plain = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i
const clock = /^(?:(\d+)\.)?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/

/**
 * Seconds as a number, with or without the unit `s`, or as .NET's `[d.]hh:mm:ss.fff`. A comma groups thousands (`1,234.5`) or separates decimals (`0,5`),
 * depending on the locale of the machine that wrote the file: `1,234` is read like earlier numbers in the file.
 */
export function openSeconds(): ReadSeconds {
  let isCommaDecimal = true
  return (text) => {
    if (text === undefined) return undefined
    const trimmed = plain.test(text) ? text : text.trim().replace(/ ?s$/, '')
    // Tools write a negative time if there is none.
    if (plain.test(trimmed)) {
      if (isCommaDecimal && trimmed.includes('.')) isCommaDecimal = false
      return Number(trimmed)
    }
    const [, days = '0', hours, minutes, seconds] = clock.exec(trimmed) ?? []
    if (hours !== undefined) return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
    const comma = trimmed.lastIndexOf(',')
    if (comma < 0) return undefined
    // The last separator is the decimal one, unless it groups digits like the separators before it.
    const isGroups = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(trimmed)
    if (isGroups && (trimmed.includes('.') || /,.*,/.test(trimmed))) isCommaDecimal = false
    else if (!isGroups) isCommaDecimal = true
    const number = isCommaDecimal
      ? `${trimmed.slice(0, comma).replace(/[.\s\u00a0\u202f']/g, '')}.${trimmed.slice(comma + 1)}`
      : trimmed.replaceAll(',', '')
    return plain.test(number) ? Number(number) : undefined
  }
}
