import * as v from 'valibot'
import { isObject, type Json } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import type { Benchmark } from '../report.ts'
import { known } from './statistics.ts'
import { inSeconds } from './time-units.ts'

const metric = v.object({ value: anyNumber, lower_value: v.nullish(anyNumber), upper_value: v.nullish(anyNumber) })

/** The units of Bencher's built-in measures. Other measures have their name as the unit. */
const units: Readonly<Record<string, string>> = {
  latency: 'ns',
  throughput: 'ops/s',
  'build-time': 's',
  'file-size': 'B',
}

/** Bencher Metric Format: benchmarks by name, each with measures by name. */
export const bencher = jsonFormat({
  name: 'Bencher Metric Format',
  matches(sample) {
    const benchmarks = isObject(sample) ? Object.values(sample) : []
    return benchmarks.length > 0 && benchmarks.every((one, index) => isBenchmark(one, index === benchmarks.length - 1))
  },
  schema: v.record(v.string(), v.record(v.string(), metric)),
  *read(report): Generator<Benchmark> {
    for (const [name, measures] of Object.entries(report)) {
      for (const [measure, { value, lower_value, upper_value }] of Object.entries(measures)) {
        const unit = units[measure.toLowerCase()] ?? measure
        yield inSeconds({ name, unit, value, ...known({ min: lower_value, max: upper_value }) })
      }
    }
  },
})

/** The sample of the text may end inside the last one. */
function isBenchmark(json: Json, isLast: boolean): boolean {
  if (!isObject(json)) return false
  const measures = Object.values(json)
  return (
    (isLast || measures.length > 0) &&
    measures.every((one, index) => isMetric(one, isLast && index === measures.length - 1))
  )
}

function isMetric(json: Json, isLast: boolean): boolean {
  if (!isObject(json)) return false
  const isKnown = Object.keys(json).every((key) => ['value', 'lower_value', 'upper_value'].includes(key))
  return isKnown && (isLast || typeof json.value === 'number')
}
