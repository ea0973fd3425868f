import { cutText } from './cut-text.ts'

/** A value of the user's for a message: short, whatever it is. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return 'empty'
  try {
    return cutText(JSON.stringify(value), 60)
  } catch {
    return 'a value that contains itself or is nested too deeply'
  }
}

/** The same without what is in a list or a map: it may be a secret. */
export function showOutside(value: unknown): string {
  if (typeof value !== 'object' || value === null) return showValue(value)
  return Array.isArray(value) ? 'a list' : 'a map'
}
