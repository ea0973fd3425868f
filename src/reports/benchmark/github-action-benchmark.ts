import * as v from 'valibot'
import { isObject, type Json } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import type { Benchmark } from '../report.ts'
import { inSeconds } from './time-units.ts'

const benches = v.array(
  v.object({
    name: v.string(),
    unit: v.optional(v.string()),
    value: anyNumber,
    range: v.optional(v.union([v.string(), v.number()])),
  }),
)

/** What github-action-benchmark takes as `customSmallerIsBetter` and `customBiggerIsBetter`, which many tools write. */
export const githubActionBenchmark = jsonFormat({
  name: 'github-action-benchmark',
  matches: (sample) => Array.isArray(sample) && sample.length > 0 && sample.every(isBench),
  schema: benches,
  read: (report) => report.map((bench) => toBenchmark(bench)),
})

const isBench = (json: Json, index: number, all: readonly Json[]) =>
  isObject(json) &&
  ((typeof json.name === 'string' && typeof json.value === 'number') || (index > 0 && index === all.length - 1))

export function toBenchmark({ name, unit, value, range }: v.InferOutput<typeof benches>[number]): Benchmark {
  return inSeconds({ name, ...(unit === undefined ? {} : { unit }), value, ...toSpread(value, String(range ?? '')) })
}

/** `± 3`, `±3.5%` and `stddev: 3` are what its own readers of other tools write as `range`. Other text says nothing. */
function toSpread(value: number, range: string): Partial<Benchmark> {
  const pattern = /^\s*(±|\+\/-|stddev:)\s*([\d.]+(?:[eE][+-]?\d+)?)\s*(%?)\s*$/
  const [, kind, digits, percent] = pattern.exec(range.replaceAll(',', '')) ?? []
  const spread = Number(digits) * (percent === '%' ? Math.abs(value) / 100 : 1)
  if (!Number.isFinite(spread)) return {}
  return kind === 'stddev:' ? { stddev: spread } : { min: value - spread, max: value + spread }
}
