import * as v from 'valibot'
import { isObject, type Json } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import type { Benchmark } from '../report.ts'
import { known, summarize } from './statistics.ts'
import { inSeconds } from './time-units.ts'

const entry = v.looseObject({
  name: v.string(),
  run_name: v.optional(v.string()),
  run_type: v.optional(v.string()),
  aggregate_name: v.optional(v.string()),
  repetitions: v.optional(anyNumber),
  real_time: v.optional(anyNumber),
  time_unit: v.optional(v.string()),
  error_occurred: v.optional(v.boolean()),
  skipped: v.optional(v.boolean()),
})
type Entry = v.InferOutput<typeof entry>

/**
 * Google Benchmark's JSON: the real time of each run, and its counters, whose names become units. Repetitions are combined; if only
 * aggregates are reported, they are used.
 */
export const googleBenchmark = jsonFormat({
  name: 'Google Benchmark',
  matches(sample) {
    if (!isObject(sample)) return false
    const [first] = Array.isArray(sample.benchmarks) ? sample.benchmarks : []
    return isContext(sample.context) || (isObject(first) && 'real_time' in first)
  },
  schema: v.object({ benchmarks: v.array(entry) }),
  *read({ benchmarks }): Generator<Benchmark> {
    const sound = benchmarks.filter(({ error_occurred, skipped }) => error_occurred !== true && skipped !== true)
    for (const [name, entries] of Map.groupBy(sound, toName)) {
      const runs = entries.filter((one) => one.run_type !== 'aggregate' && one.real_time !== undefined)
      yield* runs.length > 0 ? readRuns(name, runs) : readAggregates(name, entries)
    }
  },
})

const isContext = (context: Json | undefined) =>
  isObject(context) && 'num_cpus' in context && 'library_build_type' in context

/** Before 1.5, the name of an aggregate ends in its kind. */
const toName = ({ run_name, name }: Entry) => run_name ?? name.replace(/_(?:mean|median|stddev|cv)$/, '')

function* readRuns(name: string, runs: readonly Entry[]): Generator<Benchmark> {
  yield inSeconds({ name, ...toUnit(runs[0]), ...summarize(runs.map(({ real_time = Number.NaN }) => real_time)) })
  for (const counter of findCounters(runs[0])) {
    const values = runs.map((run) => run[counter]).filter((value) => typeof value === 'number')
    yield { name, unit: toCounterUnit(counter), ...summarize(values) }
  }
}

function* readAggregates(name: string, entries: readonly Entry[]): Generator<Benchmark> {
  const find = (aggregate: string) => entries.find(({ aggregate_name }) => aggregate_name === aggregate)
  // A fitted complexity (`BigO`, `RMS`) is not a measurement.
  const mean = find('mean') ?? find('median')
  if (mean?.real_time === undefined) return
  const stddev = find('stddev')
  yield inSeconds({
    name,
    ...toUnit(mean),
    value: mean.real_time,
    ...known({ stddev: stddev?.real_time, runs: mean.repetitions }),
  })
  for (const counter of findCounters(mean)) {
    const deviation = stddev?.[counter]
    yield {
      name,
      unit: toCounterUnit(counter),
      value: Number(mean[counter]),
      ...known({ stddev: typeof deviation === 'number' ? deviation : undefined, runs: mean.repetitions }),
    }
  }
}

/** Nanoseconds if the report names no unit. */
const toUnit = (run: Entry | undefined) => ({ unit: run?.time_unit ?? 'ns' })

const ownKeys = new Set([
  ...['family_index', 'per_family_instance_index', 'repetitions', 'repetition_index', 'threads', 'iterations'],
  ...['real_time', 'cpu_time', 'real_coefficient', 'cpu_coefficient', 'rms'],
])

function findCounters(run: Entry | undefined): string[] {
  return Object.entries(run ?? {}).flatMap(([key, value]) =>
    typeof value === 'number' && !ownKeys.has(key) ? [key] : [],
  )
}

function toCounterUnit(counter: string): string {
  if (counter === 'bytes_per_second') return 'B/s'
  return counter === 'items_per_second' ? 'items/s' : counter
}
