/** Reads how long tests took, as the tools of one file write it. Undefined where it is not a time. */
export type ReadSeconds = (text: string | undefined) => number | undefined

const plain = /^\d+(?:\.\d*)?(?:e[+-]?\d+)?$/i
const clock = /^(?:(\d+)\.)?(\d+):(\d\d):(\d\d(?:\.\d+)?)$/

/**
 * Seconds as a number, with a unit `s` or not, or as .NET's `[d.]hh:mm:ss.fff`. A comma groups thousands (`1,234.5`) or stands before decimals (`0,5`),
 * by the locale of the machine that wrote the file: `1,234` is what the numbers before it in the file are.
 */
export function openSeconds(): ReadSeconds {
  let isCommaDecimal = true
  return (text) => {
    if (text === undefined) return undefined
    const trimmed = plain.test(text) ? text : text.trim().replace(/ ?s$/, '')
    // Tools that write a negative time mean none.
    if (plain.test(trimmed)) {
      if (isCommaDecimal && trimmed.includes('.')) isCommaDecimal = false
      return Number(trimmed)
    }
    const [, days = '0', hours, minutes, seconds] = clock.exec(trimmed) ?? []
    if (hours !== undefined) return ((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)
    const comma = trimmed.lastIndexOf(',')
    if (comma < 0) return undefined
    // The mark that comes last stands before the decimals, unless it groups as the marks before it do.
    const isGroups = /^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d*)?$/.test(trimmed)
    if (isGroups && (trimmed.includes('.') || /,.*,/.test(trimmed))) isCommaDecimal = false
    else if (!isGroups) isCommaDecimal = true
    const number = isCommaDecimal
      ? `${trimmed.slice(0, comma).replace(/[.\s\u00a0\u202f']/g, '')}.${trimmed.slice(comma + 1)}`
      : trimmed.replaceAll(',', '')
    return plain.test(number) ? Number(number) : undefined
  }
}
