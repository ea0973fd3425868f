import type { Json, JsonObject } from '../../src/build/json.ts'

/** What callbacks are given in a case: Buildbot gives its own properties, times and data. */
export interface PropertyInput {
  /** Undefined where there is no such property: Buildbot calls the callback all the same. */
  readonly value: Json | undefined
  readonly name: string
  readonly props: JsonObject
}
export interface TimeInput {
  readonly startMs: number
  readonly endMs: number
}

/** JSONata, and by hand what it means; what throws, or gives nothing, is an error of its rule. */
type Table<Input> = Readonly<Record<string, (input: Input) => Json | undefined>>

export const propertyCallbacks: Table<PropertyInput> = {
  value: ({ value }) => value,
  'value * 2': ({ value }) => toNumber(value) * 2,
  '-value': ({ value }) => -toNumber(value),
  'value > 10 ? "high" : "low"': ({ value }) => (value !== undefined && toNumber(value) > 10 ? 'high' : 'low'),
  "'v' & value": ({ value = '' }) => `v${value}`,
  'name & "!"': ({ name }) => `${name}!`,
  '$uppercase(name)': ({ name }) => name.toUpperCase(),
  '$length(name)': ({ name }) => [...name].length,
  '$count($keys(props))': ({ props }) => Object.keys(props).length,
  '$exists(props.flag)': ({ props }) => Object.hasOwn(props, 'flag'),
  'props.coverage - props.baseline': ({ props }) => getNumber(props, 'coverage') - getNumber(props, 'baseline'),
  'props."a b,c=d"': ({ props }) => props['a b,c=d'],
  '$type(value) = "string"': ({ value }) => typeof value === 'string',
  missing: () => undefined,
  '$error("never")': () => {
    throw new Error('never')
  },
}

const day = (ms: number) => new Date(ms).toISOString().slice(0, 10)

export const startCallbacks: Table<TimeInput> = {
  start: ({ startMs }) => new Date(startMs).toISOString(),
  '$toMillis(start)': ({ startMs }) => startMs,
  '$substring(start, 0, 10)': ({ startMs }) => day(startMs),
  '$number($substring(start, 11, 2)) < 12': ({ startMs }) => new Date(startMs).getUTCHours() < 12,
  // A start does not know its build's end.
  end: () => undefined,
}

export const endCallbacks: Table<TimeInput> = {
  end: ({ endMs }) => new Date(endMs).toISOString(),
  '$toMillis(end) / 1000': ({ endMs }) => endMs / 1000,
  "'on ' & $substring(end, 0, 10)": ({ endMs }) => `on ${day(endMs)}`,
  start: () => undefined,
}

export const durationCallbacks: Table<TimeInput> = {
  '($toMillis(end) - $toMillis(start)) / 1000': ({ startMs, endMs }) => (endMs - startMs) / 1000,
  '$toMillis(end) - $toMillis(start)': ({ startMs, endMs }) => endMs - startMs,
  '$toMillis(end) < $toMillis(start)': ({ startMs, endMs }) => endMs < startMs,
  '$substring(start, 0, 10) & "/" & $substring(end, 0, 10)': ({ startMs, endMs }) => `${day(startMs)}/${day(endMs)}`,
  'seconds * 4': ({ startMs, endMs }) => (Math.max(0, endMs - startMs) / 1000) * 4,
}

export const dataCallbacks: Table<JsonObject> = {
  "{'total': passed + failed}": (data) => ({ total: getNumber(data, 'passed') + getNumber(data, 'failed') }),
  "$merge([$, {'twice': passed * 2}])": (data) =>
    data.passed === undefined ? data : { ...data, twice: toNumber(data.passed) * 2 },
  "[{'kind': 'passed', 'n': passed}, {'kind': 'failed', 'n': failed}]": (data) =>
    ['passed', 'failed'].map((kind) => ({ kind, ...(data[kind] === undefined ? {} : { n: data[kind] }) })),
  "$sift($, function($v) { $type($v) = 'number' })": (data) =>
    Object.fromEntries(Object.entries(data).filter(([, value]) => typeof value === 'number')),
  "{'keys': $count($keys($))}": (data) => ({ keys: Object.keys(data).length }),
  missing: () => undefined,
  '$error("never")': () => {
    throw new Error('never')
  },
}

function getNumber(object: JsonObject, key: string): number {
  return toNumber(object[key])
}

function toNumber(value: Json | undefined): number {
  if (typeof value !== 'number') throw new Error(`${value} is no number`)
  return value
}
