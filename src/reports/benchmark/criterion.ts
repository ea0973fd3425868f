import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import { sampleJson } from '../json-sample.ts'
import { parseReportJson } from '../json-text.ts'
import { readLines } from '../lines.ts'
import { type Benchmark, type ReportFormat, ReportProblem } from '../report.ts'
import { known } from './statistics.ts'
import { inSeconds } from './time-units.ts'

const estimate = v.object({
  point_estimate: anyNumber,
  confidence_interval: v.object({ lower_bound: anyNumber, upper_bound: anyNumber }),
})

/** `target/criterion/NAME/new/estimates.json`, in nanoseconds; the folders are the benchmark's name. Like criterion's output, this prefers the slope to the mean. */
export const criterionEstimates = jsonFormat({
  name: "criterion's estimates",
  matches: (sample) =>
    isObject(sample) &&
    isObject(sample.mean) &&
    'point_estimate' in sample.mean &&
    'confidence_interval' in sample.mean,
  schema: v.object({
    mean: estimate,
    slope: v.nullish(estimate),
    std_dev: v.nullish(v.object({ point_estimate: anyNumber })),
  }),
  read({ mean, slope, std_dev }, path = ''): Benchmark[] {
    const [, name] = /(?:^|\/)criterion\/(.+)\/[^/]+\/estimates\.json$/.exec(path.replaceAll('\\', '/')) ?? []
    if (name === undefined) {
      throw new ReportProblem('it must be in the folder target/criterion/NAME/new/: NAME is the name of the benchmark')
    }
    const { point_estimate, confidence_interval } = slope ?? mean
    return [
      inSeconds({
        name,
        unit: 'ns',
        value: point_estimate,
        min: confidence_interval.lower_bound,
        max: confidence_interval.upper_bound,
        ...known({ stddev: std_dev?.point_estimate }),
      }),
    ]
  },
})

const bounds = v.object({ estimate: anyNumber, lower_bound: anyNumber, upper_bound: anyNumber, unit: v.string() })
const message = v.object({
  reason: v.literal('benchmark-complete'),
  id: v.string(),
  typical: bounds,
  iteration_count: v.optional(v.array(anyNumber)),
})

/** `cargo criterion --message-format=json`: one message per line, one of which for each benchmark. */
export const cargoCriterion: ReportFormat<Benchmark> = {
  name: 'cargo-criterion',
  recognizes(head) {
    const value = sampleJson(head)?.value
    return isObject(value) && (value.reason === 'benchmark-complete' || value.reason === 'group-complete')
  },
  open: (emit) =>
    readLines(
      (line, number) => {
        if (line.trim() === '') return
        const json = parseReportJson(line, number)
        if (!isObject(json) || json.reason !== 'benchmark-complete') return
        const { success, output } = v.safeParse(message, json)
        if (!success)
          throw new ReportProblem('the message benchmark-complete has no "id" or no "typical" value', number)
        const { id, typical, iteration_count } = output
        const { estimate: value, lower_bound: min, upper_bound: max, unit } = typical
        emit(inSeconds({ name: id, unit, value, min, max, ...known({ runs: iteration_count?.length }) }))
      },
      () => {},
    ),
}

/** The output of `cargo bench` with criterion: the name is before `time:` or, if it is long, on the line above. */
export const criterionText: ReportFormat<Benchmark> = {
  name: "criterion's output",
  recognizes: (head) => new RegExp(times.source, 'm').test(head),
  open(emit) {
    let above = ''
    return readLines(
      (line) => {
        const [, name = '', ...groups] = times.exec(line) ?? []
        if (groups.length > 0) {
          const [min, lowest, value, unit, max, highest] = groups
          const toTime = (number = '', unit = '') => inSeconds({ name: '', unit, value: Number(number) }).value
          emit({
            name: name.trim() === '' ? above : name.trim(),
            unit: 's',
            value: toTime(value, unit),
            min: toTime(min, lowest),
            max: toTime(max, highest),
          })
        }
        if (line.trim() !== '') above = line.trim()
      },
      () => {},
    )
  },
}

const time = /([\d.]+(?:e[+-]?\d+)?) (ps|ns|[\u00b5\u03bcu]s|ms|s)/.source
const times = new RegExp(`^(.*?)\\s+time:\\s+\\[${time} ${time} ${time}\\]`)

/**
 * `test name ... bench:  1,234.5 ns/iter (+/- 6)`: libtest's own format, and criterion's `--output-format bencher`. The value in parentheses is the range of all
 * runs, which gives neither the minimum nor the maximum.
 */
export const libtestBench: ReportFormat<Benchmark> = {
  name: "libtest's benchmarks",
  recognizes: (head) => new RegExp(libtest.source, 'm').test(head),
  open: (emit) =>
    readLines(
      (line) => {
        const [, name, value = '', unit] = libtest.exec(line) ?? []
        if (name !== undefined)
          emit(inSeconds({ name, ...(unit && { unit }), value: Number(value.replaceAll(',', '')) }))
      },
      () => {},
    ),
}

const libtest = /^test (.+?)\s+\.\.\. bench:\s+([\d,.]+) (\S+)\/iter\b/
