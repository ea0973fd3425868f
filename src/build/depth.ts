import { maxDepth } from '../limits.ts'

/** Whether lists or objects are nested too deeply. JSON.parse reads any depth, but most code that reads its values does not. */
export function isDeep(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return false
  if (depth === maxDepth) return true
  const inner: readonly unknown[] = Array.isArray(value) ? value : Object.values(value)
  return inner.some((item) => isDeep(item, depth + 1))
}

/** Replaces deeper values by null, and returns whether there were any; otherwise returns the data itself. */
export function cutDeep<T>(value: T): { value: T; isCut: boolean } {
  return isDeep(value) ? { value: cutValue(value, 0) as T, isCut: true } : { value, isCut: false }
}

function cutValue(value: unknown, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (depth === maxDepth) return null
  if (Array.isArray(value)) return value.map((item) => cutValue(item, depth + 1))
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, cutValue(inner, depth + 1)]))
}
