import { maxReportRecords } from '../../limits.ts'
import { readLines } from '../lines.ts'
import { type Benchmark, type ReportFormat, ReportProblem } from '../report.ts'
import { summarize } from './statistics.ts'
import { inSeconds } from './time-units.ts'

interface Measurement {
  readonly name: string
  readonly package: string
  readonly values: ReadonlyArray<readonly [value: number, unit: string]>
}

/**
 * The output of `go test -bench`: `BenchmarkName-8  1000  1234 ns/op  5 B/op`, each unit is a separate benchmark; `-count` repeats the line. Other
 * lines are output of tests, and are skipped.
 */
export const goBench: ReportFormat<Benchmark> = {
  name: 'go test -bench',
  recognizes: (head) => /^Benchmark\S*[ \t]+\d+[ \t]+[\d.eE+-]+[ \t]+\S*/m.test(head) || isHeader(head),
  open(emit) {
    const measurements: Measurement[] = []
    let current = ''
    /** If a benchmark prints text, its name is on a separate line before that text. */
    let begun: string | undefined
    return readLines(
      (line, number) => {
        const [, path] = /^pkg: (\S+)/.exec(line) ?? []
        if (path !== undefined) current = path
        const [, name = begun, rest] = /^(?:(Benchmark\S*)|\s*)\s*(\d+\s+[\d.eE+-]+\s+\S.*)$/.exec(line) ?? []
        if (name !== undefined && rest !== undefined) {
          if (measurements.length === maxReportRecords) {
            throw new ReportProblem(
              `it holds more than ${maxReportRecords} results: split it into several files`,
              number,
            )
          }
          measurements.push({ name, package: current, values: toValues(rest) })
          begun = undefined
        } else begun = /^(Benchmark\S*)[ \t]+/.exec(line)?.[1] ?? begun
      },
      () => {
        for (const benchmark of toBenchmarks(measurements)) emit(benchmark)
      },
    )
  },
}

const isHeader = (head: string) => /^goos: \S+\r?\ngoarch: /m.test(head)

function toValues(rest: string): [number, string][] {
  const [, ...words] = rest.trim().split(/\s+/)
  const pairs = words.flatMap((word, index): [number, string][] => {
    const unit = words[index + 1]
    return index % 2 === 0 && unit !== undefined ? [[Number(word), unit]] : []
  })
  return pairs.filter(([value]) => !Number.isNaN(value))
}

function* toBenchmarks(measurements: readonly Measurement[]): Generator<Benchmark> {
  const toShort = findShortener(measurements)
  const packages = Map.groupBy(measurements, ({ name }) => toShort(name))
  const byName = Map.groupBy(measurements, (one) => {
    const name = toShort(one.name)
    const isAlone = new Set(packages.get(name)?.map((other) => other.package)).size === 1
    return isAlone ? name : `${one.package}.${name}`
  })
  for (const [name, repeated] of byName) {
    const values = repeated.flatMap((one) => one.values)
    for (const [unit, ofUnit] of Map.groupBy(values, ([, unit]) => unit)) {
      yield inSeconds({ name, unit, ...summarize(ofUnit.map(([value]) => value)) })
    }
  }
}

/**
 * Go appends the number of processors to each name, unless it is 1. If all names end in the same number, it is removed; otherwise it is part
 * of the name, such as `size-1024`, or of several runs with `-cpu`.
 */
function findShortener(measurements: readonly Measurement[]): (name: string) => string {
  const [suffix, ...others] = new Set(measurements.map(({ name }) => /-\d+$/.exec(name)?.[0]))
  return suffix === undefined || others.length > 0 ? (name) => name : (name) => name.slice(0, -suffix.length)
}
