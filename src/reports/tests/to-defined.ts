/** Removes values that are undefined or an empty text. */
export function toDefined<Value extends object>(
  value: { [Key in keyof Value]: Value[Key] | undefined },
): Partial<Value> {
  const defined: Partial<Value> = {}
  for (const key in value) {
    const one = value[key]
    if (one !== undefined && one !== '') defined[key] = one
  }
  return defined
}
