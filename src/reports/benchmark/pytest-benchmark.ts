import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import { known } from './statistics.ts'

/** `pytest --benchmark-json`: the mean of the rounds, in seconds. */
export const pytestBenchmark = jsonFormat({
  name: 'pytest-benchmark',
  matches(sample) {
    if (!isObject(sample)) return false
    const [first] = Array.isArray(sample.benchmarks) ? sample.benchmarks : []
    return isObject(sample.machine_info) || (isObject(first) && isObject(first.stats) && 'fullname' in first)
  },
  schema: v.object({
    benchmarks: v.array(
      v.object({
        fullname: v.string(),
        stats: v.object({
          mean: anyNumber,
          min: v.nullish(anyNumber),
          max: v.nullish(anyNumber),
          stddev: v.nullish(anyNumber),
          rounds: v.nullish(anyNumber),
        }),
      }),
    ),
  }),
  read: ({ benchmarks }) =>
    benchmarks.map(({ fullname, stats: { mean, min, max, stddev, rounds } }) => ({
      name: fullname,
      unit: 's',
      value: mean,
      ...known({ min, max, stddev, runs: rounds }),
    })),
})
