import type { CompareOptions } from './compare-schema.ts'
import { type Limit, type LimitKey, limitKeys } from './comparison.ts'

/** The given limits, severest first. */
export function toLimits(options: CompareOptions): Limit[] {
  return limitKeys.flatMap((key) => {
    const given = options[key]
    return given === undefined ? [] : [toLimit(key, given)]
  })
}

function toLimit(key: LimitKey, given: NonNullable<CompareOptions[LimitKey]>): Limit {
  if (typeof given === 'object') return { key, value: given.value, text: `${given.value}` }
  if (typeof given === 'number') return { key, ratio: given, text: `${given}` }
  if (/^[\d.]+$/.test(given)) return { key, ratio: Number(given), text: given }
  if (given.endsWith('%')) return { key, ratio: 1 + toSign(key) * (Number.parseFloat(given) / 100), text: given }
  return { key, value: parseSeconds(given), text: given }
}

/** 1: values above the limit pass it; -1: values below. */
export function toSign(key: LimitKey): 1 | -1 {
  return key.endsWith('above') ? 1 : -1
}

/** `1h 30m` */
export function parseSeconds(text: string): number {
  const units = { h: 3600, m: 60, s: 1 } as const
  const parts = [...text.matchAll(/([\d.]+)([hms])/g)]
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit as keyof typeof units], 0)
}

/** Contradictions between the limits, by key. */
export function findLimitProblems(limits: readonly Limit[], isTime: boolean, statistic: string) {
  const problems: { key: LimitKey; text: string }[] = []
  for (const limit of limits) {
    const { key, text } = limit
    if (/[hms]/.test(text) && !isTime) {
      const given = `"${key}" is a time, ${JSON.stringify(text)}, but the statistic ${JSON.stringify(statistic)} is not in seconds`
      problems.push({ key, text: `${given}: write {value: ${parseSeconds(text)}}` })
    }
    if (!('ratio' in limit)) continue
    const [least, most] = toSign(key) > 0 ? [1, 100] : [0, 1]
    if (limit.ratio >= least && limit.ratio <= most) continue
    const range = `"${key}" is a ratio to the median, from ${least} to ${most}, but is ${JSON.stringify(text)}`
    const number = Number.parseFloat(text)
    const percents = `write a percentage from 0% to ${toSign(key) > 0 ? 9900 : 100}%`
    const inUnits = isTime ? `write ${number}s for seconds` : `write {value: ${number}} for a number`
    problems.push({ key, text: `${range}; ${text.endsWith('%') ? percents : inUnits}` })
  }
  for (const side of ['above', 'below'] as const) {
    const warn = limits.find(({ key }) => key === `warn-${side}`)
    const fail = limits.find(({ key }) => key === `fail-${side}`)
    if (warn === undefined || fail === undefined) continue
    const difference =
      'ratio' in warn && 'ratio' in fail
        ? fail.ratio - warn.ratio
        : 'value' in warn && 'value' in fail
          ? fail.value - warn.value
          : 0
    if (toSign(fail.key) * difference >= 0) continue
    const than = side === 'above' ? 'below' : 'above'
    const text = `"fail-${side}" (${fail.text}) is ${than} "warn-${side}" (${warn.text}), which would never be seen`
    problems.push({ key: fail.key, text })
  }
  return problems
}
