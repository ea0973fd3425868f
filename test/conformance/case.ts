import * as v from 'valibot'
import { isObject, type JsonObject } from '../../src/build/json.ts'

/** A point as Buildbot posts it: it has no time of its own. */
export interface ExpectedPoint {
  readonly measurement: string
  readonly tags: JsonObject
  readonly fields: JsonObject
}

/** What Buildbot makes of a case: points a storage and the errors that it reports, or settings that it does not take. */
export type Expectation =
  | { readonly storages: readonly (readonly ExpectedPoint[])[]; readonly errors: readonly string[] }
  | { readonly configuration_error: string }

/** A build, the rules of its storages, the data that its steps yield, and what Buildbot makes of them. */
export interface Case {
  readonly name: string
  readonly build: {
    readonly builder: string
    readonly number: number
    /** ISO 8601 with an offset. */
    readonly started_at: string
    readonly ended_at: string
    readonly properties: JsonObject
  }
  readonly storages: readonly { readonly captures: readonly unknown[] }[]
  readonly yields: readonly { readonly name: string; readonly data: JsonObject }[]
  readonly expect: Expectation
}

// Not v.record, which leaves out keys such as "constructor".
const object = v.custom<JsonObject>(isObject, 'must be an object')
const instant = v.pipe(
  v.string(),
  v.check((text) => Number.isFinite(Date.parse(text)), 'must be a time, such as 2026-01-01T10:00:00+00:00'),
)
const expectation = v.union(
  [
    v.strictObject({ configuration_error: v.string() }),
    v.strictObject({
      storages: v.array(v.array(v.strictObject({ measurement: v.string(), tags: object, fields: object }))),
      errors: v.array(v.string()),
    }),
  ],
  'must hold "storages", a list of points for each storage, and "errors"; or "configuration_error" alone',
)
const shape = v.object({
  cases: v.array(
    v.pipe(
      v.strictObject({
        name: v.string(),
        build: v.strictObject({
          builder: v.string(),
          number: v.pipe(v.number(), v.safeInteger()),
          started_at: instant,
          ended_at: instant,
          properties: object,
        }),
        storages: v.array(v.strictObject({ captures: v.array(v.unknown()) })),
        yields: v.array(v.strictObject({ name: v.string(), data: object })),
        expect: expectation,
      }),
      v.check(
        ({ storages, expect }) => !('storages' in expect) || expect.storages.length === storages.length,
        'must expect one list of points for each of its storages',
      ),
    ),
  ),
})

/**
 * The cases of a file shaped as buildbot.json.
 * @throws Error that names the place of what is wrong
 */
export function parseCases(text: string): Case[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new Error(`it is no JSON: ${(error as Error).message}`, { cause: error })
  }
  const result = v.safeParse(shape, value)
  if (result.success) return result.output.cases
  const [issue] = result.issues
  throw new Error(`its shape is another: ${v.getDotPath(issue) ?? 'the file'}: ${issue.message}`)
}
