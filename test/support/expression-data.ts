import { data } from '@actions/expressions'

/** A value of a context: JSON, or a Map where the order of keys or a key such as `__proto__` counts. */
export type ContextValue =
  | null
  | string
  | number
  | boolean
  | readonly ContextValue[]
  | ReadonlyMap<string, ContextValue>
  | { readonly [key: string]: ContextValue | undefined }

/**
 * The runner's DictionaryContextData: keys in order of their first setting and found whatever their case, a second value
 * replaces the first. The one of @actions/expressions keeps the first value and loses keys such as `constructor`,
 * because it looks them up in an object literal.
 */
class Dictionary extends data.Dictionary {
  readonly #pairs = new Map<string, { key: string; value: data.ExpressionData }>()
  readonly #caseSensitive: boolean

  constructor(caseSensitive: boolean) {
    super()
    this.#caseSensitive = caseSensitive
  }

  override add(key: string, value: data.ExpressionData): void {
    const known = this.#pairs.get(this.#fold(key))
    if (known === undefined) this.#pairs.set(this.#fold(key), { key, value })
    else known.value = value
  }

  override get(key: string): data.ExpressionData | undefined {
    return this.#pairs.get(this.#fold(key))?.value
  }

  override pairs(): { key: string; value: data.ExpressionData }[] {
    return [...this.#pairs.values()]
  }

  override values(): data.ExpressionData[] {
    return this.pairs().map(({ value }) => value)
  }

  #fold(key: string): string {
    return this.#caseSensitive ? key : key.toLowerCase()
  }
}

class NumberValue extends data.NumberData {
  override coerceString(): string {
    return formatNumber(this.value)
  }
}

/** @param caseSensitive whether keys are told apart by case: only in the `env` context, and only off Windows. */
export function toExpressionData(value: ContextValue | undefined, caseSensitive = false): data.ExpressionData {
  if (value === null || value === undefined) return new data.Null()
  if (typeof value === 'string') return new data.StringData(value)
  if (typeof value === 'number') return new NumberValue(value)
  if (typeof value === 'boolean') return new data.BooleanData(value)
  if (isList(value)) return new data.Array(...value.map((item) => toExpressionData(item)))
  return toDictionary(value instanceof Map ? value : Object.entries(value), caseSensitive)
}

export function toDictionary(
  pairs: Iterable<readonly [string, ContextValue | undefined]>,
  caseSensitive = false,
): data.Dictionary {
  const dictionary = new Dictionary(caseSensitive)
  for (const [key, value] of pairs) if (value !== undefined) dictionary.add(key, toExpressionData(value))
  return dictionary
}

/** Text as the runner's toJSON writes it (ToJson.cs): two spaces a level, keys in their order. */
export function toJson(value: data.ExpressionData, indent = ''): string {
  const inner = `${indent}  `
  const block = (open: string, items: string[], close: string) =>
    items.length === 0 ? open + close : `${open}\n${items.map((item) => inner + item).join(',\n')}\n${indent}${close}`
  switch (value.kind) {
    case data.Kind.Array:
      return block(
        '[',
        value.values().map((item) => toJson(item, inner)),
        ']',
      )
    case data.Kind.Dictionary:
      return block(
        '{',
        value.pairs().map((pair) => `${quote(pair.key)}: ${toJson(pair.value, inner)}`),
        '}',
      )
    case data.Kind.String:
      return quote(value.value)
    case data.Kind.Number:
      return formatNumber(value.value)
    case data.Kind.Boolean:
      return String(value.value)
    case data.Kind.Null:
      return 'null'
  }
}

/** Newtonsoft's JsonConvert also escapes the three line breaks of Unicode that JSON.stringify leaves alone. */
function quote(text: string): string {
  return JSON.stringify(text).replace(
    /[\u0085\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

/** A number as .NET's `G15` format writes it: 15 significant digits, `1E+15` and `1E-05` beyond the middle. */
function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return String(value)
  const [mantissa = '', power = '0'] = value.toExponential(14).split('e')
  const exponent = Number(power)
  if (exponent >= -5 && exponent < 15) return String(Number(value.toPrecision(15)))
  const digits = mantissa.replace(/\.?0+$/, '')
  return `${digits}E${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function isList(value: object): value is readonly ContextValue[] {
  return Array.isArray(value)
}
