import { isObject, type Json, type JsonObject } from '../../src/build/json.ts'
import type { Case, Expectation, ExpectedPoint } from './case.ts'
import {
  dataCallbacks,
  durationCallbacks,
  endCallbacks,
  propertyCallbacks,
  startCallbacks,
} from './example-callbacks.ts'

/** A rule as the generator writes it, with what is wrong with it, if anything. */
export interface ExampleRule {
  readonly kind: string
  readonly options: JsonObject
  readonly wrong?: string
}
export type ExampleCase = Omit<Case, 'storages' | 'expect'> & {
  readonly storages: readonly (readonly ExampleRule[])[]
}

/**
 * What Buildbot's capture classes make of a case, written from the cases of buildbot.json and not from the code under
 * test. Of that code's own are `*` and lists in `builder`, regexes in data rules, and that a callback which fails for one
 * property of a regex leaves it the others.
 */
export function toExpectation(one: ExampleCase): Expectation {
  const wrong = one.storages.flat().find((rule) => rule.wrong !== undefined)?.wrong
  if (wrong !== undefined) return { configuration_error: wrong }
  const errors: string[] = []
  const storages = one.storages.map((rules) =>
    rules
      .filter(({ options }) => holdsFor(options.builder, one.build.builder))
      .flatMap((rule) => {
        const post = (name: string, fields: JsonObject): ExpectedPoint => ({
          measurement: `${one.build.builder}-${name}`,
          tags: { builder_name: one.build.builder, build_number: `${one.build.number}` },
          fields,
        })
        if (rule.kind === 'data') return postData(one, rule, post, errors)
        return rule.kind === 'property' ? postProperties(one, rule, post, errors) : postTime(one, rule, post, errors)
      }),
  )
  return { storages, errors }
}

type Post = (name: string, fields: JsonObject) => ExpectedPoint

function postTime({ build }: ExampleCase, { kind, options }: ExampleRule, post: Post, errors: string[]) {
  const input = { startMs: Date.parse(build.started_at), endMs: Date.parse(build.ended_at) }
  const tables: Record<string, Readonly<Record<string, (given: typeof input) => Json | undefined>>> = {
    'start-time': startCallbacks,
    'end-time': endCallbacks,
    duration: durationCallbacks,
  }
  const plain: Record<string, () => Json> = {
    'start-time': () => build.started_at,
    'end-time': () => build.ended_at,
    duration: () => {
      const seconds = Math.max(0, input.endMs - input.startMs) / 1000
      if (options['report-in'] === 'minutes') return seconds / 60
      return options['report-in'] === 'hours' ? seconds / 3600 : seconds
    },
  }
  const value = call(options.callback, tables[kind] ?? {}, input, errors, () => plain[kind]?.())
  return value === undefined ? [] : [post('build-times', { [kind]: value })]
}

function postProperties({ build }: ExampleCase, { options }: ExampleRule, post: Post, errors: string[]) {
  const { name, regex, callback } = options
  const isThere = regex !== undefined || Object.hasOwn(build.properties, `${name}`)
  if (!isThere && callback === undefined) errors.push(`The property ${name} not found`)
  const found = Object.keys(build.properties).filter((key) =>
    regex === undefined ? key === name : reMatch(regex, key),
  )
  if (!isThere && callback !== undefined) found.push(`${name}`)
  const ownErrors: string[] = []
  const points = found.flatMap((key) => {
    const value = Object.hasOwn(build.properties, key) ? build.properties[key] : undefined
    const input = { value, name: key, props: build.properties }
    const made = call(callback, propertyCallbacks, input, ownErrors, () => input.value)
    return made === undefined ? [] : [post(key, { name: key, value: made })]
  })
  errors.push(...ownErrors.slice(0, 1))
  return points
}

function postData({ yields }: ExampleCase, { options }: ExampleRule, post: Post, errors: string[]) {
  const { name, regex, callback } = options
  return yields
    .filter((one) => (regex === undefined ? one.name === name : reMatch(regex, one.name)))
    .flatMap((one) => {
      const value = call(callback, dataCallbacks, one.data, errors, () => one.data)
      const sets = Array.isArray(value) ? value : [value]
      if (value !== undefined && sets.some((set) => Object.keys(set).length === 0)) {
        errors.push(`${callback} gave no fields`)
        return []
      }
      return sets.filter(isObject).map((set) => post(one.name, set))
    })
}

/** What a callback gives, or without one `plain`; an error where it gives nothing. */
function call<Input>(
  callback: Json | undefined,
  table: Readonly<Record<string, (input: Input) => Json | undefined>>,
  input: Input,
  errors: string[],
  plain: () => Json | undefined,
): Json | undefined {
  if (callback === undefined) return plain()
  try {
    const value = table[`${callback}`]?.(input)
    if (value === undefined) errors.push(`${callback} returned nothing`)
    return value
  } catch (error) {
    errors.push(`${callback}: ${error}`)
    return undefined
  }
}

function reMatch(regex: Json, text: string): boolean {
  return new RegExp(`^(?:${regex})`).test(text)
}

function holdsFor(wanted: Json | undefined, builder: string): boolean {
  if (wanted === undefined) return true
  return [wanted].flat().some((pattern) => {
    const pieces = `${pattern}`
      .split('*')
      .map((piece) => piece.replace(/[^\w]/gu, (sign) => `\\u{${sign.codePointAt(0)?.toString(16)}}`))
    return new RegExp(`^${pieces.join('[^]*')}$`, 'u').test(builder)
  })
}
