import jsonata from 'jsonata'

/** @returns what is wrong with a JSONata expression, and where; undefined if it can run. */
export function parseCallback(expression: string): string | undefined {
  try {
    jsonata(expression)
    return undefined
  } catch (error) {
    const { message, position } = error as { message?: string; position?: number }
    const place = position === undefined ? '' : `, at character ${position}`
    return `callback ${JSON.stringify(expression)} is not a JSONata expression${place}: ${message ?? String(error)}`
  }
}
