import type { MadeReport } from '../tool.ts'

/** What a tool prints of each benchmark, by its name: seconds, to as many digits as it shows. */
export type BenchmarkSummary = Readonly<Record<string, number>>

const seconds: Readonly<Record<string, number>> = { s: 1, ms: 1e3, us: 1e6, µs: 1e6, ns: 1e9, ps: 1e12 }

/**
 * A report of a command that prints a line a benchmark. `pattern` has the groups `name`, `value` and `unit`, unless it is always
 * the same one.
 */
export function benchmarkReport(
  file: string,
  command: string,
  from: string,
  pattern: RegExp,
  options: { unit?: string; toName?: (name: string) => string } = {},
): MadeReport<BenchmarkSummary> {
  const { unit = 'ns', toName = (name: string) => name } = options
  return {
    file,
    command,
    from,
    summary: /[\s\S]+/,
    toCounts(text) {
      const matches = [...text.matchAll(new RegExp(pattern.source, 'gm'))]
      if (matches.length === 0) throw new Error(`${file}: nothing is measured: ${text}`)
      return Object.fromEntries(
        matches.map(({ groups = {} }) => [
          toName(groups.name?.trim() ?? ''),
          Number(groups.value?.replaceAll(',', '')) / (seconds[groups.unit ?? unit] ?? 1),
        ]),
      )
    },
  }
}
