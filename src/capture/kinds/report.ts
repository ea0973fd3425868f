import * as v from 'valibot'
import { maxReportRecords } from '../../limits.ts'
import { onMissing, parseRecordKeys, recordKeys, text } from '../rule-keys.ts'
import type { RuleParser } from '../rule-parser.ts'
import type { MissingLevel, RecordKeys, RuleBase } from '../rules.ts'

/** How a report's records are grouped: by test suite, or by covered file. */
const groupings = ['suite', 'file'] as const
const caseChoices = ['failed', 'slowest', 'all'] as const
/** Formats that are not recognised by content, because any tool may write them. */
const plainFormats = ['json', 'ndjson', 'csv'] as const

/** Reports that tools write: test results, coverage, benchmarks. */
export interface ReportRule extends RuleBase, RecordKeys {
  readonly kind: 'report'
  /** Globs; those that begin with `!` leave files out. */
  readonly files: readonly string[]
  /** Undefined: recognised by content. */
  readonly format: (typeof plainFormats)[number] | undefined
  /** Undefined: the default of the kind of report, such as `tests`. */
  readonly name: string | undefined
  readonly by: (typeof groupings)[number] | undefined
  /** Undefined: counts. */
  readonly cases: (typeof caseChoices)[number] | undefined
  /** The most cases. */
  readonly limit: number | undefined
  readonly measurement: string | undefined
  readonly onMissing: MissingLevel
}

const glob = v.pipe(
  text('a glob such as build/**/*.xml'),
  v.check((pattern) => !leavesWorkspace(pattern), 'must not leave the workspace'),
)
const wholeNumber = `must be a whole number from 1 to ${maxReportRecords}`
const someFiles = 'must be a glob such as build/**/*.xml, or a list of them, not empty'

const options = v.strictObject({
  files: v.union([glob, v.pipe(v.array(glob, someFiles), v.minLength(1, someFiles))], someFiles),
  format: v.optional(
    v.picklist(
      plainFormats,
      `must be one of ${plainFormats.join(', ')}; leave it out for other formats, which are recognised by their content`,
    ),
  ),
  name: v.optional(text('the name of the data, such as tests')),
  by: v.optional(v.picklist(groupings, `must be one of ${groupings.join(', ')}`)),
  cases: v.optional(v.picklist(caseChoices, `must be one of ${caseChoices.join(', ')}`)),
  limit: v.optional(
    v.pipe(
      v.number(wholeNumber),
      v.integer(wholeNumber),
      v.minValue(1, wholeNumber),
      v.maxValue(maxReportRecords, wholeNumber),
    ),
  ),
  ...recordKeys,
  'on-missing': onMissing,
})

export const reportRule: RuleParser<ReportRule, typeof options> = {
  kind: 'report',
  description:
    'Files that tools write: test counts, coverage, benchmarks. Text and lists are short for {files: ...}. Formats are recognised by content.',
  options,
  descriptions: {
    files: 'Globs, relative to the workspace; those that begin with ! leave files out.',
    format: 'Read as plain records, even if the content is that of a tool. Default: recognised by content.',
    name: 'The name of the data. Default: tests, test_case, coverage or benchmark, depending on the report.',
    by: 'A record for each suite of the tests, or for each covered file, with its name as a tag.',
    cases: 'Single test cases instead of counts: those that failed, the slowest, or all.',
    limit: 'The most cases. Default: 100.',
  },
  short: 'files',
  parse(given, { base }) {
    const { format, name, by, cases, limit, measurement, 'on-missing': onMissing = 'warn' } = given
    const files = typeof given.files === 'string' ? [given.files] : given.files
    const problems = findContradictions(given, files)
    if (problems.length > 0) return problems
    const keys = parseRecordKeys(given)
    if ('text' in keys) return [keys]
    return { kind: 'report', files, format, name, by, cases, limit, measurement, ...keys, onMissing, ...base }
  },
}

/** Contradictions between the keys of a rule for reports: sentences. */
function findContradictions(
  { format, name, by, cases, limit, measurement }: v.InferOutput<typeof options>,
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

/** Whether a relative glob leads above its base folder. */
function leavesWorkspace(pattern: string): boolean {
  let depth = 0
  for (const part of pattern.replace(/^!/, '').split(/[/\\]/)) {
    if (part === '..') depth--
    else if (part !== '' && part !== '.') depth++
    if (depth < 0) return true
  }
  return false
}
