import type * as v from 'valibot'
import type { ruleOptions } from './rule-schema.ts'

/** Contradictions between the keys of a rule for reports: sentences. */
export function findReportProblems(
  { format, name, by, cases, limit, measurement }: v.InferOutput<typeof ruleOptions.report>,
  files: readonly string[],
): string[] {
  return [
    ...(files.every((file) => file.startsWith('!'))
      ? ['"files" only excludes files: add a glob that includes some']
      : []),
    ...(by !== undefined && cases !== undefined ? ['report takes either "by" or "cases", not both'] : []),
    ...(limit !== undefined && cases === undefined
      ? ['"limit" is the largest number of test cases to store and needs "cases"']
      : []),
    ...(format !== undefined && (by !== undefined || cases !== undefined)
      ? [
          `"format: ${format}" reads plain records, which have no suites, files or cases: leave "${by === undefined ? 'cases' : 'by'}" out`,
        ]
      : []),
    ...(format !== undefined && name === undefined && measurement === undefined
      ? [`"format: ${format}" needs a "name" for the data`]
      : []),
  ]
}
