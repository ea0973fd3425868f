import type { Json } from './json.ts'

/** The unit of a number by its size: each unit begins where the one before it would give a time after the year 33658. */
const units = [
  [10n ** 9n, 10n ** 9n],
  [10n ** 12n, 10n ** 6n],
  [10n ** 15n, 10n ** 3n],
  [10n ** 18n, 1n],
] as const

/** InfluxDB reserves the outermost values of int64. */
const maxTime = 2n ** 63n - 2n

const iso = /^(\d{4}-\d\d-\d\d)(?:[Tt ](\d\d:\d\d)(?::(\d\d)(?:[.,](\d{1,12}))?)?)? ?(?:([Zz])|([+-]\d\d):?(\d\d)?)?$/

/**
 * Nanoseconds since 1970. A number is seconds, milliseconds, microseconds or nanoseconds by its size: from 10^9, 10^12, 10^15 and 10^18
 * on. A smaller number is not a time: no build ran before 2001.
 */
export function toInstant(number: bigint): bigint | undefined {
  const unit = units.findLast(([from]) => number >= from)
  const time = unit === undefined ? 0n : number * unit[1]
  return time === 0n || time > maxTime ? undefined : time
}

/** The time of a record: a number by its size, with or without a fraction, or ISO 8601. Without a zone it is UTC. */
export function parseInstant(value: Json, written = String(value)): bigint | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const text = written.trim()
  const [, whole, fraction = ''] = /^\+?(\d{1,20})(?:\.(\d*))?$/.exec(text) ?? []
  if (whole !== undefined) return toFraction(BigInt(whole), fraction)
  return parseIso(text)
}

/** The fraction of a unit as nanoseconds. */
function toFraction(whole: bigint, fraction: string): bigint | undefined {
  const start = toInstant(whole)
  if (start === undefined) return undefined
  const digits = String(start / whole).length - 1
  return start + BigInt(fraction.slice(0, digits).padEnd(digits, '0') || '0')
}

function parseIso(text: string): bigint | undefined {
  const [found, date, minutes = '00:00', seconds = '00', fraction = '', , hoursOff, minutesOff = '00'] =
    iso.exec(text) ?? []
  if (found === undefined || (hoursOff !== undefined && minutes === undefined)) return undefined
  const zone = hoursOff === undefined ? 'Z' : `${hoursOff}:${minutesOff}`
  const ms = Date.parse(`${date}T${minutes}:${seconds}${zone}`)
  // Date.parse reads February 30 as March 2.
  const isDay = new Date(`${date}T00:00:00Z`).toJSON()?.startsWith(date ?? '')
  if (Number.isNaN(ms) || !isDay || ms < 0) return undefined
  const time = BigInt(ms) * 1_000_000n + BigInt(fraction.slice(0, 9).padEnd(9, '0'))
  return time > maxTime ? undefined : time
}
