import { numeral, parseNumeral } from './numerals.ts'

/** `83.3%` is 83.3; a bare number stays as it is. */
export function parsePercent(text: string): number | undefined {
  return parseNumeral(text.replace(/(?<=[\d.])\s{0,3}%$/, ''))
}

/** Larger units first. A unit is a number of seconds, or that many of it are a second: 5 ns are 5 / 1e9, because 5 * 1e-9 is another float. */
const durationUnits: readonly (readonly [words: RegExp, seconds: number, perSecond?: number])[] = [
  [/^(?:d|days?)$/, 86_400],
  [/^(?:h|hrs?|hours?)$/, 3600],
  [/^(?:m|mins?|minutes?)$/, 60],
  [/^(?:s|secs?|seconds?)$/, 1],
  [/^(?:ms|msecs?|millis|milliseconds?)$/, 1, 1e3],
  // U+00B5 and U+03BC look the same.
  [/^(?:us|\u00b5s|\u03bcs|usecs?|micros|microseconds?)$/, 1, 1e6],
  [/^(?:ns|nsecs?|nanos|nanoseconds?)$/, 1, 1e9],
]

const measure = new RegExp(`(${numeral})\\s{0,3}([a-z\u00b5\u03bc]+)\\s*`, 'y')
const clock = /^(?:(\d+):(\d\d)|(\d+)):(\d\d(?:\.\d*)?)$/
const iso =
  /^P(?=\d|T\d)(?:(\d+(?:\.\d+)?)W)?(?:(\d+(?:\.\d+)?)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

/** `2m 3.5s`, `120ms`, `02:03` (minutes and seconds), `00:02:03`, `PT2M3S`; a bare number is seconds. */
export function parseSeconds(text: string): number | undefined {
  const number = parseNumeral(text)
  if (number !== undefined) return number
  const [, sign, rest = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  const seconds = parseClock(rest) ?? parseIso(rest) ?? parseUnits(rest)
  return seconds === undefined || !Number.isFinite(seconds) ? undefined : sign === '-' ? -seconds : seconds
}

function parseClock(text: string): number | undefined {
  const [found, hours = '0', minutes, onlyMinutes, seconds = ''] = clock.exec(text) ?? []
  if (found === undefined || Number(seconds) >= 60 || Number(minutes ?? 0) >= 60) return undefined
  return Number(hours) * 3600 + Number(minutes ?? onlyMinutes) * 60 + Number(seconds)
}

/** Years and months have no fixed length. */
function parseIso(text: string): number | undefined {
  const [found, weeks = 0, days = 0, hours = 0, minutes = 0, seconds = 0] = iso.exec(text) ?? []
  if (found === undefined) return undefined
  return +weeks * 604_800 + +days * 86_400 + +hours * 3600 + +minutes * 60 + +seconds
}

/** Each unit once, the larger before the smaller. */
function parseUnits(text: string): number | undefined {
  let seconds: number | undefined
  let last = -1
  measure.lastIndex = 0
  for (let at = 0; at < text.length; at = measure.lastIndex) {
    const [, number = '', word = ''] = measure.exec(text) ?? []
    const index = durationUnits.findIndex(([words]) => words.test(word))
    const unit = durationUnits[index]
    if (unit === undefined || index <= last) return undefined
    last = index
    const [, length, perSecond = 1] = unit
    seconds = (seconds ?? 0) + (Number(number.replaceAll(',', '')) * length) / perSecond
  }
  return seconds
}

const size = new RegExp(`^([+-]?${numeral})\\s{0,3}(?:(B|bytes?)|([kKMGTP])(B|iB?)?)$`)
const prefixes = ['K', 'M', 'G', 'T', 'P']

/** kB, MB and GB are powers of 1000, KiB, MiB and GiB of 1024; `4.2M` is a power of 1024, as `du` writes it. A bare number is bytes. */
export function parseBytes(text: string): number | undefined {
  const [found, number = '', bytes, prefix = '', suffix] = size.exec(text) ?? []
  if (found === undefined) return parseNumeral(text)
  const value = Number(number.replaceAll(',', ''))
  if (bytes !== undefined) return Number.isFinite(value) ? value : undefined
  const result = value * (suffix === 'B' ? 1000 : 1024) ** (prefixes.indexOf(prefix.toUpperCase()) + 1)
  return Number.isFinite(result) ? result : undefined
}
