import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import type { Benchmark } from '../report.ts'
import { hasBenchmarks } from '../vitest-json.ts'
import { known } from './statistics.ts'
import { inSeconds } from './time-units.ts'

const statistics = { mean: anyNumber, min: v.nullish(anyNumber), max: v.nullish(anyNumber), sd: v.nullish(anyNumber) }
const task = v.object({ name: v.string(), ...statistics, sampleCount: v.nullish(anyNumber) })

/** `vitest bench --outputJson`, up to Vitest 4. Times are milliseconds. */
export const vitestBench = jsonFormat({
  name: 'Vitest bench',
  matches(sample) {
    const [file] = isObject(sample) && Array.isArray(sample.files) ? sample.files : []
    return isObject(file) && Array.isArray(file.groups)
  },
  schema: v.object({
    files: v.array(
      v.object({ groups: v.array(v.object({ fullName: v.string(), benchmarks: v.array(v.partial(task)) })) }),
    ),
  }),
  *read({ files }): Generator<Benchmark> {
    for (const { fullName, benchmarks } of files.flatMap(({ groups }) => groups)) {
      for (const { name = '', mean, min, max, sd, sampleCount } of benchmarks) {
        // A benchmark that failed has no times.
        if (mean !== undefined) yield toBenchmark(`${fullName} > ${name}`, { mean, min, max, sd }, sampleCount)
      }
    }
  },
})

const latency = v.object({ ...statistics, samplesCount: v.nullish(anyNumber) })
const assertion = v.object({
  benchmarks: v.optional(
    v.array(v.object({ name: v.string(), tasks: v.array(v.object({ name: v.string(), latency })) })),
  ),
})

/** `vitest bench --reporter=json` since Vitest 5: benchmarks belong to tests. */
export const vitestTests = jsonFormat({
  name: "Vitest's JSON with benchmarks",
  matches: hasBenchmarks,
  schema: v.object({ testResults: v.array(v.object({ assertionResults: v.array(assertion) })) }),
  *read({ testResults }): Generator<Benchmark> {
    const assertions = testResults.flatMap(({ assertionResults }) => assertionResults)
    for (const { name, tasks } of assertions.flatMap(({ benchmarks = [] }) => benchmarks)) {
      for (const task of tasks) yield toBenchmark(`${name} > ${task.name}`, task.latency, task.latency.samplesCount)
    }
  },
})

function toBenchmark(
  name: string,
  { mean, min, max, sd }: { mean: number } & Partial<Record<'min' | 'max' | 'sd', number | null | undefined>>,
  runs: number | null | undefined,
): Benchmark {
  return inSeconds({ name, unit: 'ms', value: mean, ...known({ min, max, stddev: sd, runs }) })
}
