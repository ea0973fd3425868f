import { type FieldValue, Unsigned } from '../../build/data.ts'

const maxInt64 = 2n ** 63n - 1n
const minInt64 = -(2n ** 63n)

/**
 * Converts a value to another type if that loses nothing; otherwise undefined.
 * @param type as InfluxDB names it
 */
export function convertValue(value: FieldValue, type: string): FieldValue | undefined {
  switch (type) {
    case 'float':
      return toFloat(value)
    case 'integer': {
      const whole = toWhole(value)
      return whole !== undefined && whole >= minInt64 && whole <= maxInt64 ? whole : undefined
    }
    case 'unsigned': {
      const whole = toWhole(value)
      return whole !== undefined && whole >= 0n && whole <= maxInt64 ? new Unsigned(whole) : undefined
    }
    case 'string':
      return typeof value === 'object' ? `${value.value}` : `${value}`
    case 'boolean':
      return typeof value === 'string' && /^(true|false)$/i.test(value) ? /^t/i.test(value) : undefined
    default:
      return undefined
  }
}

/** The number of digits that every float can store. */
const safeDigits = 15

function toFloat(value: FieldValue): number | undefined {
  if (typeof value === 'string') {
    if (!/^-?\d{1,400}(\.\d{1,400})?(e[+-]?\d{1,3})?$/i.test(value)) return undefined
    const float = Number(value)
    if (!Number.isFinite(float)) return undefined
    const digits = value.replace(/e.*/i, '').replace(/[-.]/g, '').replace(/^0+/, '')
    if (digits.length <= safeDigits) return float
    return /^-?\d+$/.test(value) && BigInt(float) === BigInt(value) ? float : undefined
  }
  if (typeof value === 'number') return value
  const whole = toWhole(value)
  return whole !== undefined && BigInt(Number(whole)) === whole ? Number(whole) : undefined
}

function toWhole(value: FieldValue): bigint | undefined {
  switch (typeof value) {
    case 'bigint':
      return value
    case 'object':
      return value.value
    case 'number':
      return Number.isSafeInteger(value) ? BigInt(value) : undefined
    case 'string':
      return /^-?\d{1,20}(\.0{1,20})?$/.test(value) ? BigInt(value.replace(/\..*/, '')) : undefined
    default:
      return undefined
  }
}
