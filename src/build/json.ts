/** A JSON value, as `toJSON()` of a workflow expression and the event payload give it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export interface JsonObject {
  readonly [key: string]: Json
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Parses a text; undefined if it is not JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Returns an object as it is, and an empty one for anything else. */
export function toObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}
