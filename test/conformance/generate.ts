import fc from 'fast-check'
import type { Json, JsonObject } from '../../src/build/json.ts'
import type { Case } from './case.ts'
import {
  dataCallbacks,
  durationCallbacks,
  endCallbacks,
  propertyCallbacks,
  startCallbacks,
} from './example-callbacks.ts'
import { builderNames, dataKeys, dataNames, oddText, patterns, propertyNames, regexes, texts } from './example-names.ts'
import { type ExampleCase, type ExampleRule, toExpectation } from './model.ts'

// `node test/conformance/generate.ts COUNT SEED` prints a file for `npm run conformance`.

/** As many cases in the shape of buildbot.json: random builds and rules, the same for the same seed. */
export function generateCases(count: number, seed: number): Case[] {
  return fc.sample(exampleCase, { numRuns: count, seed }).map((one, index) => ({
    ...one,
    name: `generated ${seed}/${index + 1}`,
    storages: one.storages.map((rules) => ({ captures: rules.map(writeRule) })),
    expect: toExpectation(one),
  }))
}

function writeRule({ kind, options }: ExampleRule): Json {
  if (Object.keys(options).length === 0) return kind
  const isShort = (kind === 'property' || kind === 'data') && Object.keys(options).join() === 'name'
  // Half of what has a name only is written short.
  return { [kind]: isShort && `${options.name}`.length % 2 === 0 ? (options.name as Json) : options }
}

const odd = (arbitrary: readonly string[]) =>
  fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...arbitrary) }, { weight: 1, arbitrary: oddText })

const scalar: fc.Arbitrary<Json> = fc.oneof(
  fc.boolean(),
  fc.integer({ min: -1000, max: 1000 }),
  fc.integer({ min: -4_000_000, max: 4_000_000 }).map((eighths) => eighths / 8),
  fc.constantFrom(0, 1e-7, 1e21, 9007199254740991),
  odd(texts),
)

/** Times of milliseconds, as Python's `isoformat` writes them, some in another zone. */
const time = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2040, 0) })
const zone = fc.constantFrom(0, 0, 0, 330, -480)
function toIsoFormat(ms: number, offset: number): string {
  const text = new Date(ms + offset * 60_000).toISOString().replace(/\.000Z|Z/, (end) => (end === 'Z' ? '000' : ''))
  const [hours, minutes] = [Math.floor(Math.abs(offset) / 60), Math.abs(offset) % 60].map((n) =>
    `${n}`.padStart(2, '0'),
  )
  return `${text}${offset < 0 ? '-' : '+'}${hours}:${minutes}`
}
const lengthMs = fc.oneof(
  fc.integer({ min: 0, max: 7_200_000 }),
  fc.integer({ min: -3_600_000, max: 0 }),
  fc.integer({ min: 0, max: 10 ** 10 }),
)

const build = fc
  .record({
    builder: odd(builderNames),
    number: fc.integer({ min: 1, max: 2 ** 31 }),
    startMs: time,
    lengthMs,
    zone,
    properties: fc.dictionary(odd(propertyNames), scalar, { maxKeys: 8, noNullPrototype: true }),
  })
  .map(({ builder, number, startMs, lengthMs, zone, properties }) => ({
    builder,
    number,
    started_at: toIsoFormat(startMs, zone),
    ended_at: toIsoFormat(startMs + lengthMs, zone),
    properties: properties as JsonObject,
  }))

/** The build's own builder half of the time, so that rules hold for it. */
const builderOf = (own: string) => {
  const one = fc.oneof(fc.constant(own), fc.constantFrom(...builderNames), fc.constantFrom(...patterns))
  return fc.oneof(one, fc.array(one, { minLength: 1, maxLength: 3 }))
}
const callbackOf = (table: object) => fc.constantFrom(...Object.keys(table))
const some = { requiredKeys: [] }

function ruleFor(own: string, properties: JsonObject): fc.Arbitrary<ExampleRule> {
  const builder = fc.oneof({ weight: 2, arbitrary: fc.constant(own) }, { weight: 3, arbitrary: builderOf(own) })
  const known = Object.keys(properties)
  const name = fc.constantFrom(...known, ...known, ...known, ...propertyNames)
  const property = { builder, callback: callbackOf(propertyCallbacks) }
  const data = { builder, callback: callbackOf(dataCallbacks) }
  const of = (kind: string, options: fc.Arbitrary<object>) => options.map((o) => ({ kind, options: o as JsonObject }))
  const unit = fc.constantFrom('seconds', 'minutes', 'hours')
  const regex = fc.constantFrom(...regexes)
  return fc.oneof(
    of('start-time', fc.record({ builder, callback: callbackOf(startCallbacks) }, some)),
    of('end-time', fc.record({ builder, callback: callbackOf(endCallbacks) }, some)),
    of('duration', fc.record({ builder, callback: callbackOf(durationCallbacks), 'report-in': unit }, some)),
    of('property', fc.record({ name, ...property }, { requiredKeys: ['name'] })),
    of('property', fc.record({ name }, { requiredKeys: ['name'] })),
    of('property', fc.record({ regex, ...property }, { requiredKeys: ['regex'] })),
    of('data', fc.record({ name: fc.constantFrom(...dataNames), ...data }, { requiredKeys: ['name'] })),
    of('data', fc.record({ name: fc.constantFrom(...dataNames), builder }, { requiredKeys: ['name'] })),
    of('data', fc.record({ regex, ...data }, { requiredKeys: ['regex'] })),
  )
}

const wrongRule: fc.Arbitrary<ExampleRule> = fc.constantFrom(
  { kind: 'duration', options: { 'report-in': 'days' }, wrong: 'an unknown unit' },
  { kind: 'duration', options: { 'report-in': 60 }, wrong: 'an unknown unit' },
  { kind: 'property', options: { builder: 'CI/build' }, wrong: 'neither name nor regex' },
  { kind: 'property', options: { name: 'a', regex: 'a' }, wrong: 'name and regex' },
  { kind: 'property', options: { name: 'a', callback: 'value *' }, wrong: 'no expression' },
  { kind: 'data', options: { callback: 'passed' }, wrong: 'neither name nor regex' },
  { kind: 'changes', options: {}, wrong: 'an unknown rule' },
)

const exampleCase: fc.Arbitrary<ExampleCase> = build.chain((build) => {
  const rule = ruleFor(build.builder, build.properties)
  const storage = fc.array(fc.oneof({ weight: 80, arbitrary: rule }, { weight: 1, arbitrary: wrongRule }), {
    maxLength: 6,
  })
  const data = fc.dictionary(fc.constantFrom(...dataKeys), scalar, { minKeys: 1, maxKeys: 6, noNullPrototype: true })
  return fc.record({
    name: fc.constant(''),
    build: fc.constant(build),
    storages: fc.array(storage, { minLength: 1, maxLength: 3 }),
    yields: fc.array(fc.record({ name: fc.constantFrom(...dataNames), data: data as fc.Arbitrary<JsonObject> }), {
      maxLength: 4,
    }),
  })
})

if (import.meta.main) {
  const [count = 500, seed = Date.now() % 2 ** 31] = process.argv.slice(2).map(Number)
  const source = `node test/conformance/generate.ts ${count} ${seed}`
  console.log(JSON.stringify({ source, cases: generateCases(count, seed) }, undefined, 1))
}
