import { maxPatternCount } from '../limits.ts'
import type { PatternReader } from './pattern-reader.ts'

/** Reads how often `*`, `+`, `?` or `{minimum,maximum}` repeats the preceding part; undefined for a literal brace. */
export function readCount(reader: PatternReader, token: string, at: number): { min: number; max: number } | undefined {
  if (token !== '{') return { min: token === '+' ? 1 : 0, max: token === '?' ? 1 : Number.POSITIVE_INFINITY }
  const from = reader.at
  const low = reader.takeWhile(/^[0-9]$/)
  const hasComma = reader.match(',')
  const high = hasComma ? reader.takeWhile(/^[0-9]$/) : low
  if ((low === '' && !hasComma) || !reader.match('}')) {
    reader.seek(from)
    return undefined
  }
  const [min, max] = [low === '' ? 0 : Number(low), high === '' ? Number.POSITIVE_INFINITY : Number(high)]
  if (Math.max(min, high === '' ? 0 : max) >= maxPatternCount)
    throw reader.fail('the repetition count is too large', at)
  if (max < min) throw reader.fail('the minimum count is greater than the maximum: write {minimum,maximum}', at)
  return { min, max }
}
