import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import type { Benchmark } from '../report.ts'
import { known } from './statistics.ts'
import { inSeconds } from './time-units.ts'

const statistics = v.object({
  N: v.nullish(anyNumber),
  Mean: anyNumber,
  Min: v.nullish(anyNumber),
  Max: v.nullish(anyNumber),
  StandardDeviation: v.nullish(anyNumber),
})

const names = {
  FullName: v.nullish(v.string()),
  Namespace: v.nullish(v.string()),
  Type: v.nullish(v.string()),
  Method: v.nullish(v.string()),
  Parameters: v.nullish(v.string()),
}

/** BenchmarkDotNet's JSON exporters, in nanoseconds. A benchmark that failed has no statistics. */
export const benchmarkDotNet = jsonFormat({
  name: 'BenchmarkDotNet',
  matches(sample) {
    if (!isObject(sample)) return false
    const [first] = Array.isArray(sample.Benchmarks) ? sample.Benchmarks : []
    return (
      isObject(sample.HostEnvironmentInfo) ||
      (isObject(first) && ('FullName' in first || 'Method' in first) && 'Statistics' in first)
    )
  },
  schema: v.object({
    Benchmarks: v.array(
      v.object({
        ...names,
        Statistics: v.nullish(statistics),
        Memory: v.nullish(v.object({ BytesAllocatedPerOperation: v.nullish(anyNumber) })),
      }),
    ),
  }),
  *read({ Benchmarks }): Generator<Benchmark> {
    for (const { Statistics, Memory, ...names } of Benchmarks) {
      if (Statistics === null || Statistics === undefined) continue
      const name = toName(names)
      const { N: runs, Mean: value, Min: min, Max: max, StandardDeviation: stddev } = Statistics
      yield inSeconds({ name, unit: 'ns', value, ...known({ min, max, stddev, runs }) })
      const allocated = Memory?.BytesAllocatedPerOperation
      if (typeof allocated === 'number') yield { name, unit: 'B/op', value: allocated }
    }
  },
})

/** Old versions have no full name: `Namespace.Type.Method(N: 10)`. */
function toName({
  FullName,
  Namespace,
  Type,
  Method,
  Parameters,
}: v.InferOutput<v.ObjectSchema<typeof names, undefined>>) {
  const method = [Namespace, Type, Method].filter((part) => typeof part === 'string' && part !== '').join('.')
  return FullName ?? (Parameters ? `${method}(${Parameters.replaceAll('=', ': ')})` : method)
}
