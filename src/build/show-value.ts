import { cutText } from './cut-text.ts'

/** Shows a value of the user in a message, shortened. */
export function showValue(value: unknown): string {
  if (value === undefined || value === null) return 'empty'
  try {
    return cutText(JSON.stringify(value), 60)
  } catch {
    return 'a value that contains itself or is nested too deeply'
  }
}

/** The same without the contents of lists and maps, which may be secret. */
export function showOutside(value: unknown): string {
  if (typeof value !== 'object' || value === null) return showValue(value)
  return Array.isArray(value) ? 'a list' : 'a map'
}
