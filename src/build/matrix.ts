import type { Json, JsonObject } from './json.ts'

/** A value of a matrix that is neither a map nor a list, and the keys and indices that lead to it. */
export interface Leaf {
  readonly path: readonly string[]
  /** As GitHub shows it; empty for null and empty text, which GitHub does not show. */
  readonly text: string
}

/** The leaves of a matrix in order: the leaves of maps and lists distinguish matrix legs too. */
export function listLeaves(matrix: JsonObject): Leaf[] {
  return Object.entries(matrix).flatMap(([key, value]) => toLeaves(value, [key]))
}

function toLeaves(value: Json, path: readonly string[]): Leaf[] {
  if (typeof value !== 'object' || value === null) return [{ path, text: value === null ? '' : String(value) }]
  return Object.entries(value).flatMap(([key, inner]: [string, Json]) => toLeaves(inner, [...path, key]))
}

/** ` (v1, v2)`, as GitHub appends it to the name of a matrix leg; empty where there is nothing to show. */
export function toLegSuffix(matrix: JsonObject): string {
  const shown = listLeaves(matrix).flatMap(({ text }) => (text === '' ? [] : [text]))
  return shown.length === 0 ? '' : ` (${shown.join(', ')})`
}
