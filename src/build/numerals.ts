/**
 * A decimal number as tools print it. An exponent needs a sign or a point before it (`1e-07`, `1.5E10`): in a commit's
 * hash such as `12e4567` the `e` is a digit.
 */
const decimal = /^[+-]?(?:\d+(?:[eE][+-]\d+)?|(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?)$/

/** A number with a given type may have any exponent, or groups of thousands. */
export const numeral = '(?:[1-9]\\d{0,2}(?:,\\d{3})+(?:\\.\\d*)?|(?:\\d+(?:\\.\\d*)?|\\.\\d+)(?:[eE][+-]?\\d+)?)'
const wholeNumeral = new RegExp(`^[+-]?${numeral}$`)

/** As C, Python, Go, JavaScript and YAML write a number that is not finite. */
const noNumber = /^[+-]?\.?(?:nan|inf|infinity)$/i

const int64 = { min: -(2n ** 63n), max: 2n ** 63n - 1n }

/** Parses text without a type; undefined if it is not a decimal number, or is beyond 64-bit floats. */
export function parseDecimal(text: string): number | undefined {
  return decimal.test(text) ? toFinite(Number(text)) : undefined
}

/** Parses text whose type is a number; undefined if it is not one, or is beyond 64-bit floats. */
export function parseNumeral(text: string): number | undefined {
  return wholeNumeral.test(text) ? toFinite(Number(text.replaceAll(',', ''))) : undefined
}

function toFinite(number: number): number | undefined {
  return Number.isFinite(number) ? number : undefined
}

/** Whether a text is a number that is not finite: `NaN`, `Infinity`, or more than 64-bit floats hold. */
export function isNoNumber(text: string): boolean {
  return noNumber.test(text) || (decimal.test(text) && !Number.isFinite(Number(text)))
}

/** A whole number of 64 bits, all its digits kept; `range`: it has more bits; undefined: it is not a whole number. */
export function parseWhole(text: string): bigint | 'range' | undefined {
  if (!wholeNumeral.test(text)) return undefined
  const [, sign, whole = '', fraction = '', exponent = '0'] =
    /^([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text.replaceAll(',', '')) ?? []
  const digits = (whole + fraction).replace(/^0+(?=\d)/, '')
  if (digits === '0') return 0n
  const end = digits.length + Number(exponent) - fraction.length
  if (!isZeros(digits.slice(Math.max(0, end)))) return undefined
  if (end > 19) return 'range'
  const value = BigInt(`${sign === '-' ? '-' : ''}${digits.slice(0, end).padEnd(end, '0')}`)
  return value < int64.min || value > int64.max ? 'range' : value
}

function isZeros(digits: string): boolean {
  return /^0*$/.test(digits)
}

/** What to change in text that people read as a number but no type accepts; undefined for other text. */
export function explainNumeral(text: string): string | undefined {
  const ascii = text.normalize('NFKC').replace(/[\u2010-\u2013\u2212]/g, '-')
  const compact = ascii.replace(/(?<=\d)[ '_\u2019](?=\d{3})/g, '')
  const [, number = '', rest = ''] = /^([+-]?\d[\d.,]*)(\D*)$/.exec(compact) ?? []
  if (/^[+-]?(?:\d+|\d{1,3}(?:\.\d{3})+),\d+$/.test(number) && parseNumeral(number) === undefined) {
    const plain = number.replaceAll('.', '').replace(',', '.')
    return `a comma only separates groups of three digits: write ${plain}${rest}`
  }
  if (parseNumeral(number) === undefined) return undefined
  if (compact !== ascii) return `only commas separate groups of digits: write ${number}${rest}`
  return ascii === text ? undefined : `write ${number}${rest} with ASCII digits`
}
