/**
 * Numbers as they are written in their source, if a float prints them differently (`1.20`, `9007199254740993`). They are kept apart from the
 * object or list that holds them, so that other code sees plain JSON.
 */
const writtenNumbers = new WeakMap<object, Map<string, string>>()

export function findWritten(holder: object, key: string): string | undefined {
  return writtenNumbers.get(holder)?.get(key)
}

/** Keeps how a number is written, if the float prints it differently. */
export function keepWritten(holder: object, key: string, number: number, text: string): void {
  if (String(number) === text) return
  const known = writtenNumbers.get(holder)
  if (known === undefined) writtenNumbers.set(holder, new Map([[key, text]]))
  else known.set(key, text)
}

/** Keeps them for a copy too, as far as the texts may be kept. */
export function copyWritten(from: object, to: object, isKept: (text: string) => boolean): void {
  const kept = [...(writtenNumbers.get(from) ?? [])].filter(([, text]) => isKept(text))
  if (kept.length > 0) writtenNumbers.set(to, new Map(kept))
}
