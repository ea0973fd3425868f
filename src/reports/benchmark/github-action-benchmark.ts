import * as v from 'valibot'
import { isObject, type Json } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import { parseReportJson } from '../json-text.ts'
import { type Benchmark, type ReportFormat, ReportProblem } from '../report.ts'
import { inSeconds } from './time-units.ts'

const bench = v.object({
  name: v.string(),
  unit: v.optional(v.string()),
  value: anyNumber,
  range: v.optional(v.union([v.string(), v.number()])),
})

/** The input of github-action-benchmark for `customSmallerIsBetter` and `customBiggerIsBetter`, which many tools write. */
export const githubActionBenchmark = jsonFormat({
  name: 'github-action-benchmark',
  matches: (sample) => Array.isArray(sample) && sample.length > 0 && sample.every(isBench),
  schema: v.array(bench),
  read: (report) => report.map(toBenchmark),
})

/** The sample of the text may end inside the last one. */
const isBench = (json: Json, index: number, all: readonly Json[]) =>
  isObject(json) &&
  ((typeof json.name === 'string' && typeof json.value === 'number') || (index > 0 && index === all.length - 1))

const history = v.object({ entries: v.record(v.string(), v.array(v.object({ benches: v.array(bench) }))) })

/** The `data.js` in which github-action-benchmark stores all runs; only the last run is read. */
export const githubActionBenchmarkHistory: ReportFormat<Benchmark> = {
  name: "github-action-benchmark's data.js",
  recognizes: (head) => assignment.test(head),
  open(emit) {
    const pieces: string[] = []
    return {
      write: (text) => void pieces.push(text),
      end() {
        const json = parseReportJson(pieces.join('').replace(assignment, '').trimEnd().replace(/;$/, ''))
        const { success, output } = v.safeParse(history, json)
        if (!success) throw new ReportProblem('it has no "entries" with "benches"')
        for (const [suite, runs] of Object.entries(output.entries)) {
          for (const one of runs.at(-1)?.benches ?? []) {
            const benchmark = toBenchmark(one)
            emit(Object.keys(output.entries).length === 1 ? benchmark : { ...benchmark, name: `${suite}/${one.name}` })
          }
        }
      },
    }
  },
}

const assignment = /^\s*window\.BENCHMARK_DATA\s*=/

function toBenchmark({ name, unit, value, range }: v.InferOutput<typeof bench>): Benchmark {
  return inSeconds({ name, ...(unit === undefined ? {} : { unit }), value, ...toSpread(value, String(range ?? '')) })
}

/** `± 3`, `±3.5%` and `stddev: 3` are the values of `range` that github-action-benchmark writes. Other text is ignored. */
function toSpread(value: number, range: string): Partial<Benchmark> {
  const pattern = /^\s*(±|\+\/-|stddev:)\s*([\d.]+(?:[eE][+-]?\d+)?)\s*(%?)\s*$/
  const [, kind, digits, percent] = pattern.exec(range.replaceAll(',', '')) ?? []
  const spread = Number(digits) * (percent === '%' ? Math.abs(value) / 100 : 1)
  if (!Number.isFinite(spread)) return {}
  return kind === 'stddev:' ? { stddev: spread } : { min: value - spread, max: value + spread }
}
