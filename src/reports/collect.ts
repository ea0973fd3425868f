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

/** What a rule wants of reports. */
export interface Wanted {
  readonly name: string | undefined
  readonly by: 'suite' | 'file' | undefined
  readonly cases: CaseChoice | undefined
  readonly limit: number | undefined
}

/** One report: what it holds counts when it is kept, which is when it was read to its end. */
export interface Stage {
  add(item: never): void
  keep(): void
}

/** What a rule's reports come to. Reports of one kind are one set. */
export interface Collection {
  readonly kind: ReportKind
  /** Why a report of this kind is of no use to the rule: a clause. */
  readonly refusal?: string | undefined
  open(): Stage
  records(redact: (text: string) => string): DataRecord[]
  /** Sentences about what limits left out. */
  omitted(): string[]
  digest(): Digest | undefined
  /** Whether having no records is a miss: a build may have no failed cases, but it has tests. */
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
    // No failed case is something to say; a report that was not read is not.
    digest: () => (isRead ? { kind: 'cases', count: cases.list().length } : undefined),
    isMissed: () => choice !== 'failed',
  }
}

/** Names are fields: as tags, each case would be a series. */
function toCaseRecord(name: string, item: TestCase, redact: (text: string) => string): DataRecord {
  const { classname, file, message, duration, outcome } = item
  const fields = {
    name: redact(item.name),
    classname: classname && redact(classname),
    file: file && redact(file),
    // A part of a secret would stay of one that is cut.
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
    // Fields are made of it where those of all data are.
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

/** Keeps the items of one report until it is known to be whole, so many at most. */
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

/** Without what is not known. Numbers of data are floats. */
function toFields(values: object): [string, number | string][] {
  const entries = Object.entries(values as Record<string, number | string | undefined>)
  return entries.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))
}
