import type { Step } from '../../src/build/build.ts'
import { compareWithPast } from '../../src/compare/history.ts'
import type { PastBuild, PastStep } from '../../src/compare/history-query.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'
import type { Column } from '../../src/point/native.ts'
import type { Outcome } from '../../src/presentation/outcome.ts'
import { presentReports } from '../../src/presentation/reports.ts'
import { presentResources } from '../../src/presentation/resources.ts'
import { toSummary } from '../../src/presentation/summary.ts'
import type { TestCase } from '../../src/reports/report.ts'
import { exampleBuild } from '../build/example-build.ts'
import { outcome as example, rule } from '../presentation/example-outcome.ts'

const keep = (text: string) => text
const startMs = Date.UTC(2026, 7, 1, 12)
const stepTimes = [
  ['Set up job', 3],
  ['Check out', 5],
  ['Set up Node.js', 6],
  ['Restore the cache', 9],
  ['Install packages', 38],
  ['Lint', 21],
  ['Type check', 17],
  ['Test', 124],
  ['Build', 41],
  ['Measure the bundle', 4],
  ['Upload bundles', 8],
  ['Report', 2],
] as const

function toSteps(slower: number): Step[] {
  let atMs = startMs
  return stepTimes.map(([name, seconds], index) => {
    const fromMs = atMs
    atMs += (name === 'Test' ? seconds + slower : seconds) * 1000
    return { name, number: index + 1, conclusion: 'success', startMs: fromMs, endMs: atMs }
  })
}

const toColumn = (key: string, value: Column['captured']['value']): Column => ({
  captured: { rule, name: key, property: { path: `steps.measure.outputs.${key}`, value: `${value}` }, value },
  ...{ key, kind: 'field' },
})
const columns = [toColumn('coverage_percent', 87.54), toColumn('bundle_bytes', 4_215_300n), toColumn('cache_hit', true)]

const toCase = (name: string, outcome: TestCase['outcome'], duration: number, message?: string): TestCase => ({
  ...{ name, outcome, duration, classname: 'Parser' },
  ...(message !== undefined && { message }),
})
const counts = { tests: 1209, passed: 1204, failed: 0, errors: 0, skipped: 3, flaky: 0 }
const failedCases = [
  toCase('reads comments', 'failed', 1.2, 'expected 3 to be 4'),
  toCase('reads an empty file', 'failed', 0.1, 'Cannot read properties of undefined'),
]
const reportsOf = (failed: readonly TestCase[]) =>
  presentReports(
    {
      digests: [
        { name: 'tests', digest: { kind: 'tests', counts: { ...counts, failed: failed.length } } },
        { name: 'coverage', digest: { kind: 'coverage', record: { lines_percent: 87.54 } } },
        {
          name: 'benchmark',
          digest: { kind: 'benchmark', benchmarks: [{ name: 'parse_json', value: 1.3204, unit: 'ms' }] },
        },
      ],
      failed: { cases: failed, omitted: 0 },
      slowest: { cases: [toCase('reads 10,000 lines', 'passed', 31.2)], omitted: 0 },
    },
    keep,
  )

/** Twenty builds before, that took about 278 s. */
const past: readonly PastBuild[] = Array.from({ length: 20 }, (_, index) => ({
  ...{ endMs: startMs - (index + 1) * 3_600_000, runId: 100 - index, attempt: 1, number: 41 - index },
  values: new Map([
    ['duration', 278 + 9 * Math.sin(index * 1.7)],
    ['coverage_percent', 88.1 + (index % 3) * 0.1],
    ['bundle_bytes', 4_210_000 + index * 1000],
  ]),
}))
const pastSteps: readonly PastStep[] = past.map(({ runId, attempt }) => ({
  name: 'Test',
  duration: 124,
  runId,
  attempt,
}))

function toBuild(slower: number, changes: Partial<ReturnType<typeof exampleBuild>> = {}) {
  const ran = toSteps(slower)
  const endMs = ran.at(-1)?.endMs ?? startMs
  return exampleBuild({ startMs, endMs, queueTime: 15, steps: { ran, others: [], late: [] }, ...changes })
}

function compare(build: ReturnType<typeof exampleBuild>, options: unknown) {
  const comparisons = parseComparisons(options).comparisons ?? []
  const value = (build.endMs - build.startMs) / 1000
  return comparisons.map((one) =>
    compareWithPast(
      build,
      { name: 'duration', field: 'duration', factor: 1, unit: 'seconds', value },
      { builds: past, steps: pastSteps },
      one,
      {
        ...{ branch: 'main', isOfBranch: true, tags: [], facts: new Map() },
        sinceFields: { number: 'since_number', shift: 'shift' },
      },
    ),
  )
}

function summarize(build: ReturnType<typeof exampleBuild>, changes: Partial<Outcome> = {}): string {
  const [storage] = example.storages
  const quiet = { misses: [], warnings: [], secretNames: [], columns }
  const storages = storage === undefined ? [] : [{ ...storage, written: 14 }]
  const data = example.data && { ...example.data, ignored: new Map(), singles: new Map() }
  const steps = 'ran' in build.steps ? build.steps.ran : []
  return toSummary({ ...example, ...quiet, data, storages, steps, build, ...changes }, [], keep)
}

const usage = Array.from({ length: 60 }, (_, index) => ({
  ...{ startMs: startMs + index * 4630, endMs: startMs + (index + 1) * 4630 },
  ...{ cpu: 0.35 + 0.3 * Math.sin(index / 7), memory: 2 ** 30 * (1 + index / 50) },
}))
const machine = { cpuMean: 0.35, cpuMax: 0.65, cores: 4, memoryMax: 2.2 * 2 ** 30, memoryTotal: 7 * 2 ** 30 }
const measured = toBuild(0, { resources: { ...machine, usage, hasSeries: false } })
const slow = toBuild(90)
const [refused] = example.storages

/** Summaries as jobs have them. */
export const summaries = {
  green: summarize(toBuild(0)),
  leg: summarize(toBuild(0, { builder: 'CI/test (ubuntu, 20)', matrix: { os: 'ubuntu', node: 20 } })),
  usual: summarize(toBuild(0), { compared: compare(toBuild(0), true), reports: reportsOf([]) }),
  slower: summarize(slow, { compared: compare(slow, { 'warn-above': 1.25 }), reports: reportsOf(failedCases) }),
  resources: summarize(measured, { resources: presentResources(measured, keep) }),
  broken: summarize(toBuild(0), {
    storages:
      refused === undefined
        ? []
        : [
            {
              ...refused,
              ...{ name: 'http://influx.example.com:8086 (v1, database ci)', written: 0, unsent: 14 },
              problems: ['connection refused'],
              kept: {
                count: 14,
                where: 'kept in the artifact build-stats-unsent-1658821493-1, which the replay action can send',
                gone: 0,
                why: '',
              },
            },
          ],
    data: example.data && {
      ...example.data,
      ...{ ignored: new Map(), singles: new Map() },
      malformed: [{ line: 3, problem: 'a field has no value' }],
      malformedCount: 1,
    },
  }),
} as const
