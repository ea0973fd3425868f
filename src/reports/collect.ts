import { cutText } from '../build/cut-text.ts'
import type { DataRecord } from '../build/data.ts'
import type { JsonObject } from '../build/json.ts'
import { defaultCases, maxMessageCharacters, maxReportRecords, maxReportSeries } from '../limits.ts'
import { sumCoverage } from './coverage/sum-coverage.ts'
import { CoverageGroups } from './coverage-groups.ts'
import type { Digest } from './digest.ts'
import type { Benchmark, FileCoverage, ReportKind, TestCase } from './report.ts'
import { TestCounter } from './tests/count-tests.ts'
import { type CaseChoice, CaseSelection } from './tests/select-cases.ts'

/** The keys of a rule that select data of reports. */
export interface Wanted {
  readonly name: string | undefined
  readonly by: 'suite' | 'file' | undefined
  readonly cases: CaseChoice | undefined
  readonly limit: number | undefined
}

/** The items of one report. They only count after `keep`, which is called when the report was read to its end. */
export interface Stage {
  add(item: never): void
  keep(): void
}

/** The items of a rule's reports of one kind. */
export interface Collection {
  readonly kind: ReportKind
  /** A clause that says why the rule cannot use reports of this kind. */
  readonly refusal?: string | undefined
  open(): Stage
  records(redact: (text: string) => string): DataRecord[]
  /** Sentences about items that limits excluded. */
  omitted(): string[]
  digest(): Digest | undefined
  /** Whether it is a miss if there are no records: a build may have no failed cases, but it should have tests. */
  isMissed(): boolean
}

/** Opens the collection of a kind of report for a rule. */
export function openCollection(kind: ReportKind, wanted: Wanted): Collection {
  switch (kind) {
    case 'tests':
      return wanted.cases === undefined ? collectCounts(wanted) : collectCases(wanted, wanted.cases)
    case 'coverage':
      return collectCoverage(wanted)
    case 'benchmark':
      return collectBenchmarks(wanted)
    case 'json':
      return collectRecords(wanted)
  }
}

function collectCounts({ name = 'tests', by }: Wanted): Collection {
  const bySuite = by === 'suite'
  const [counter, total] = [new TestCounter({ bySuite }), new TestCounter()]
  return {
    kind: 'tests',
    refusal: by === 'file' ? 'it holds tests, which can only be grouped by suite: write "by: suite"' : undefined,
    open() {
      const own = new TestCounter({ bySuite })
      return {
        add: (item: TestCase) => own.add(item),
        keep() {
          counter.merge(own)
          total.merge(own)
        },
      }
    },
    records: (redact) =>
      counter.list().map(({ suite, counts }) => ({
        name,
        tags: suite === undefined ? [] : [['suite', redact(suite)]],
        fields: toFields(counts),
      })),
    omitted: () =>
      counter.hasMoreSuites
        ? [
            `The reports have more than ${maxReportSeries} suites: the tests of the other suites are counted in one record without a suite`,
          ]
        : [],
    digest() {
      const [sum] = total.list()
      return sum && { kind: 'tests', counts: sum.counts }
    },
    isMissed: () => true,
  }
}

function collectCases({ name = 'test_case', limit = defaultCases }: Wanted, choice: CaseChoice): Collection {
  const cases = new CaseSelection(choice, limit)
  let isRead = false
  return {
    kind: 'tests',
    open() {
      const own = new CaseSelection(choice, limit)
      return {
        add: (item: TestCase) => own.add(item),
        keep() {
          isRead = true
          cases.merge(own)
        },
      }
    },
    records: (redact) => cases.list().map((item) => toCaseRecord(name, item, redact)),
    omitted: () =>
      cases.omitted > 0 ? [`${cases.omitted} more test cases are not stored: the limit is ${limit}`] : [],
    // Zero failed cases are shown, unless no report was read.
    digest: () => (isRead ? { kind: 'cases', count: cases.list().length } : undefined),
    isMissed: () => choice !== 'failed',
  }
}

/** Names are fields, because as tags, each case would be a series. */
function toCaseRecord(name: string, item: TestCase, redact: (text: string) => string): DataRecord {
  const { classname, file, message, duration, outcome } = item
  const fields = {
    name: redact(item.name),
    classname: classname && redact(classname),
    file: file && redact(file),
    // Redacted before it is cut: a part of a secret would remain.
    message: message && cutText(redact(message), maxMessageCharacters),
    duration,
  }
  return { name, tags: [['outcome', outcome]], fields: toFields(fields) }
}

function collectCoverage({ name = 'coverage', by, cases }: Wanted): Collection {
  const byFile = by === 'file'
  const sums = new CoverageGroups(byFile)
  return {
    kind: 'coverage',
    refusal: refuse('coverage', by === 'suite' ? 'suite' : undefined, cases, 'by: file'),
    open() {
      const own = new CoverageGroups(byFile)
      return { add: (item: FileCoverage) => own.add(item), keep: () => sums.merge(own) }
    },
    records: (redact) =>
      sums.list().flatMap((item) => {
        const sum = sumCoverage()
        sum.add(item)
        const fields = sum.records().flatMap((record) => toFields(record))
        const tags = item.file === undefined ? [] : [['file', redact(item.file)] as const]
        return fields.length === 0 ? [] : [{ name, tags, fields }]
      }),
    omitted: () =>
      sums.hasMore
        ? [
            `The reports cover more than ${maxReportSeries} files: the other files are added up in one record without a file`,
          ]
        : [],
    digest() {
      const total = sumCoverage()
      for (const item of sums.list()) total.add(item)
      const [record] = total.records()
      return record && { kind: 'coverage', record }
    },
    isMissed: () => true,
  }
}

function collectBenchmarks({ name = 'benchmark', by, cases }: Wanted): Collection {
  const benchmarks: Benchmark[] = []
  let more = 0
  const add = (item: Benchmark) => {
    if (benchmarks.length < maxReportSeries) benchmarks.push(item)
    else more++
  }
  return {
    kind: 'benchmark',
    refusal: refuse('benchmarks', by, cases),
    open: () => stage(add, maxReportSeries, (count) => (more += count)),
    records: (redact) =>
      benchmarks.map(({ name: benchmark, unit, ...values }) => ({
        name,
        tags: [['benchmark', redact(benchmark)], ...(unit === undefined ? [] : [['unit', redact(unit)] as const])],
        fields: toFields(values),
      })),
    omitted: () =>
      more > 0
        ? [`${more} more benchmarks are not stored: the limit is ${maxReportSeries}, because each is a series`]
        : [],
    digest: () => ({ kind: 'benchmark', benchmarks }),
    isMissed: () => true,
  }
}

function collectRecords({ name, by, cases }: Wanted): Collection {
  const records: JsonObject[] = []
  let more = 0
  const add = (item: JsonObject) => {
    if (records.length < maxReportRecords) records.push(item)
    else more++
  }
  return {
    kind: 'json',
    refusal:
      name === undefined
        ? 'it is not in the format of a known tool: give the rule a "name" to store its records unchanged'
        : refuse('plain records', by, cases),
    open: () => stage(add, maxReportRecords, (count) => (more += count)),
    // The JSON becomes fields together with other data.
    records: () => records.map((json) => ({ name: name ?? '', tags: [], fields: [], json })),
    omitted: () =>
      more > 0
        ? [`${more} more records are not stored: the limit is ${maxReportRecords}; append them to $BUILD_STATS instead`]
        : [],
    digest: () => (records.length === 0 ? undefined : { kind: 'records', count: records.length }),
    isMissed: () => true,
  }
}

function refuse(what: string, by: string | undefined, cases: string | undefined, instead?: string): string | undefined {
  if (cases !== undefined) return `it holds ${what}, which have no cases: leave "cases" out`
  if (by === undefined) return undefined
  return `it holds ${what}, which cannot be grouped by ${by}: ${instead === undefined ? 'leave "by" out' : `write "${instead}"`}`
}

/** Holds the items of one report until it was read to its end, `most` of them at most. */
function stage<Item>(add: (item: Item) => void, most: number, onMore: (count: number) => void = () => {}): Stage {
  const items: Item[] = []
  let more = 0
  return {
    add(item: Item) {
      if (items.length < most) items.push(item)
      else more++
    },
    keep() {
      for (const item of items) add(item)
      onMore(more)
    },
  }
}

/** Leaves out undefined values. Numbers of data are floats. */
function toFields(values: object): [string, number | string][] {
  const entries = Object.entries(values as Record<string, number | string | undefined>)
  return entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
}
