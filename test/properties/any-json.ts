import fc from 'fast-check'
import { anyText } from './any-text.ts'

export type AnyJson = null | boolean | number | string | AnyJson[] | { [key: string]: AnyJson }

const key = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('outputs', 'result', 'outcome', 'status', 'id', 'name', 'token', 'a', 'length'),
  },
  { weight: 1, arbitrary: fc.constantFrom('__proto__', 'constructor', 'toString', 'hasOwnProperty', 'time', '') },
  { weight: 1, arbitrary: anyText },
)

const scalar = fc.oneof(
  anyText,
  fc.double(),
  fc.integer(),
  fc.boolean(),
  fc.constantFrom(null, '', '1', 'true', '{"a":1}', '[{"a":1},{"b":"x"}]', '[[]]', 2 ** 53, -0, 1e308, 5e-324),
) as fc.Arbitrary<AnyJson>

/** Any JSON, of little depth. */
export const anyJson: fc.Arbitrary<AnyJson> = fc.letrec<{ any: AnyJson }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    { weight: 3, arbitrary: scalar },
    { weight: 1, arbitrary: fc.array(tie('any'), { maxLength: 4 }) },
    {
      weight: 2,
      // As JSON.parse has it: `__proto__` is a key of its own there.
      arbitrary: fc
        .array(fc.tuple(key, tie('any')), { maxLength: 4 })
        .map((entries) => JSON.parse(toObjectText(entries)) as AnyJson),
    },
  ),
})).any

function toObjectText(entries: readonly (readonly [string, AnyJson])[]): string {
  return `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join(',')}}`
}

/** What recursion does not survive, as reports of failures show it. */
const deep = [100, 3000, 20_000].flatMap((depth) => [`@lists ${depth}@`, `@objects ${depth}@`])

/** Puts lists in lists, and objects in objects, where a text says so. */
export function expandDeep(text: string): string {
  return text.replace(/@(lists|objects) (\d+)@/g, (_, kind: string, depth: string) => {
    const [open, close] = kind === 'lists' ? ['[', ']'] : ['{"a":', '}']
    return `${open.repeat(Number(depth))}1${close.repeat(Number(depth))}`
  })
}

/** JSON as text, for `expandDeep`: most often the value's, sometimes deeper than stacks are, sometimes none. */
export function toJsonText(value: fc.Arbitrary<AnyJson>): fc.Arbitrary<string> {
  return fc.oneof(
    { weight: 30, arbitrary: value.map((json) => JSON.stringify(json)) },
    { weight: 2, arbitrary: fc.constantFrom(...deep) },
    { weight: 1, arbitrary: fc.constantFrom(...deep).map((text) => `{"build":{"outputs":{"deep":${text}}}}`) },
    { weight: 1, arbitrary: anyText },
    { weight: 1, arbitrary: value.map((json) => JSON.stringify(json).slice(0, -1)) },
  )
}

/** A value with up to four of its parts, wherever they are, taken away or replaced. */
export function mutated(values: fc.Arbitrary<AnyJson>): fc.Arbitrary<AnyJson> {
  const change = fc.record({
    way: fc.array(fc.nat(), { minLength: 1, maxLength: 5 }),
    to: fc.oneof({ weight: 3, arbitrary: anyJson }, { weight: 1, arbitrary: fc.constant(undefined) }),
  })
  return fc
    .tuple(values, fc.array(change, { maxLength: 4 }))
    .map(([value, changes]) =>
      changes.reduce<AnyJson>((given, { way, to }) => replaceAt(given, way, to) ?? null, value),
    )
}

/** Follows the way, each step modulo the parts there are, and puts the new value where it ends. */
function replaceAt(value: AnyJson, [step = 0, ...way]: number[], to: AnyJson | undefined): AnyJson | undefined {
  if (typeof value !== 'object' || value === null) return to
  const keys = Object.keys(value)
  if (keys.length === 0) return to
  const name = keys[step % keys.length] ?? ''
  const inner = (value as { [key: string]: AnyJson })[name] ?? null
  const next = way.length === 0 ? to : replaceAt(inner, way, to)
  if (Array.isArray(value))
    return value.flatMap((one, index) => (`${index}` === name ? (next ?? []) : [one])) as AnyJson
  const { [name]: _, ...others } = value
  return next === undefined ? others : { ...others, [name]: next }
}
