import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import type { Benchmark } from '../report.ts'
import { known, summarize } from './statistics.ts'
import { inSeconds } from './time-units.ts'

/** JMH writes NaN as the text "NaN", such as the error of a single measurement. */
const metric = v.object({
  score: v.union([anyNumber, v.literal('NaN')]),
  scorePercentiles: v.nullish(v.record(v.string(), v.unknown())),
  scoreUnit: v.string(),
  rawData: v.nullish(v.array(v.array(v.unknown()))),
})
const result = v.object({
  benchmark: v.string(),
  mode: v.string(),
  params: v.nullish(v.record(v.string(), v.string())),
  primaryMetric: metric,
  secondaryMetrics: v.nullish(v.record(v.string(), metric)),
})
type Result = v.InferOutput<typeof result>

/** JMH's `-rf json`: times per operation in seconds; operations per time, and the metrics of profilers, in JMH's own units. */
export const jmh = jsonFormat({
  name: 'JMH',
  matches(sample) {
    const [first] = Array.isArray(sample) ? sample : []
    return isObject(first) && ('jmhVersion' in first || isObject(first.primaryMetric))
  },
  schema: v.array(result),
  *read(results): Generator<Benchmark> {
    const modes = Map.groupBy(results, toName)
    for (const one of results) {
      const name = toName(one)
      // One mode measures the mean time, another each single time: if both are present, their names differ.
      const full = (modes.get(name)?.length ?? 0) > 1 ? `${name}:${one.mode}` : name
      yield toBenchmark(full, one.primaryMetric)
      for (const [metricName, value] of Object.entries(one.secondaryMetrics ?? {})) {
        // Percentiles would be many series with little more information than min and max.
        const own = metricName.replace(/^\u00b7/, '')
        if (!/^p[\d.]+$/.test(own)) yield toBenchmark(`${full}:${own}`, value)
      }
    }
  },
})

function toName({ benchmark, params }: Result): string {
  const values = Object.entries(params ?? {}).map(([key, value]) => `${key}=${value}`)
  return values.length === 0 ? benchmark : `${benchmark} (${values.join(', ')})`
}

function toBenchmark(
  name: string,
  { score, scorePercentiles, scoreUnit, rawData }: Result['primaryMetric'],
): Benchmark {
  const raw = (rawData ?? []).flat().filter((value) => typeof value === 'number')
  const { stddev, runs } = raw.length > 0 ? summarize(raw) : {}
  const [min, max] = [scorePercentiles?.['0.0'], scorePercentiles?.['100.0']]
  // The score of some metrics of profilers, such as gc.count, is the sum of all iterations.
  const isMean = typeof min === 'number' && typeof max === 'number' && Number(score) >= min && Number(score) <= max
  const spread = isMean ? known({ min, max, stddev }) : {}
  return inSeconds({ name, unit: scoreUnit, value: Number(score), ...spread, ...known({ runs }) })
}
