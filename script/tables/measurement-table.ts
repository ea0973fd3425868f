import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Identity } from '../../src/build/build.ts'
import type { FieldValue } from '../../src/build/data.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { type CapturedData, captureOutputs, captureReport } from '../../src/capture/data.ts'
import type { ReportRule } from '../../src/capture/kinds/report.ts'
import { parseRules } from '../../src/capture/parse-rules.ts'
import { type Layout, layOutBuild, openDataLayout } from '../../src/point/layout.ts'
import type { Point } from '../../src/point/point.ts'
import { toStartPoint } from '../../src/point/start-point.ts'
import { openCollection } from '../../src/reports/collect.ts'
import { findFormat } from '../../src/reports/formats.ts'
import { exampleBuild, exampleProperties, type TimedBuild } from '../../test/build/example-build.ts'
import { exampleRun } from '../../test/support/example-run.ts'
import { toCode, toTable } from './markdown-table.ts'

const root = join(import.meta.dirname, '..', '..')
const options = { measurement: 'build', tags: [], matrixTags: true } as const
const layout: Layout = { kind: 'native', options }

/** Steps of a job, for the kinds of rules that make points of them. */
const steps = {
  ran: [
    {
      name: 'Test',
      number: 3,
      conclusion: 'success',
      startMs: Date.UTC(2026, 7, 1, 12),
      endMs: Date.UTC(2026, 7, 1, 12, 1),
    },
  ],
  others: [],
  late: [],
}

/** What a hosted runner says of itself. */
const circumstances = {
  ...{ runnerImage: 'ubuntu24', runnerImageVersion: '20261116.1.0', runnerLabels: ['ubuntu-latest'] },
  ...{
    runnerGroup: 'GitHub Actions',
    workflowRef: `${exampleRun.repository}/${exampleRun.workflowPath}@refs/heads/main`,
  },
  ...{ pullRequest: undefined, isFlaky: false },
}

/** The points of a build with these rules. `omitted`: what is not known when it starts. */
function layOutExample(
  captures: readonly object[] | string,
  given: readonly ExampleStep[],
  changes: Partial<TimedBuild>,
  omitted: Partial<Identity> = {},
): Point[] {
  const { rules, problems } = parseRules(captures, () => 1, { source: 'captures', layout: 'native' })
  if (problems.length > 0) throw new Error(problems.map(({ text }) => text).join('; '))
  const properties = exampleProperties({ steps: { test: { outputs: readOutputs(given) } } })
  const build = exampleBuild({ properties, circumstances, steps, ...changes })
  const { points } = layOutBuild(build, captureBuild(build, rules), layout)
  const data = [
    ...captureOutputs(build.builder, rules, properties).captured,
    ...rules.flatMap((rule) => (rule.kind === 'report' ? captureExample(rule, given) : [])),
  ]
  return [
    ...points,
    ...data.flatMap((captured, index) => openDataLayout(build, layout).toPoints(captured, index + 1)),
    toStartPoint({ ...build, ...omitted }, build.startMs ?? 0, options),
  ]
}

/** What a rule captures in the report that a step writes with `echo '…' > file`. */
function captureExample(rule: ReportRule, given: readonly ExampleStep[]): CapturedData[][] {
  const reports = given.flatMap(({ run = '' }) => [...run.matchAll(/^echo '(.*)' > (\S+)/gm)])
  const text = reports.find(([, , path = '']) => rule.files.includes(path))?.[1] ?? ''
  const known = findFormat(text)
  if (known === undefined) throw new Error(`no step writes ${rule.files.join(', ')}`)
  const collection = openCollection(known.kind, rule)
  const stage = collection.open()
  const parser = known.format.open((item) => stage.add(item as never))
  parser.write(text)
  parser.end()
  stage.keep()
  const captured = collection.records((text) => text).map((record) => captureReport(rule, record))
  return captured.map((one) => (typeof one === 'string' ? [] : [one]))
}

interface ExampleStep {
  readonly run?: string
  readonly with?: { readonly captures?: string }
}

interface ExampleWorkflow {
  readonly jobs: Readonly<Record<string, { readonly steps: readonly ExampleStep[] }>>
}

function readOutputs(given: readonly ExampleStep[]): Record<string, string> {
  const lines = given.flatMap(({ run = '' }) => [...run.matchAll(/^echo (["'])(\w+)=(.*)\1 >> "\$GITHUB_OUTPUT"$/gm)])
  return Object.fromEntries(lines.map(([, , name = '', value = '']) => [name, value]))
}

/** Beside what was captured, the fields of the rows that readers of the README look for. */
const telling = new Set(['number', 'branch', 'sha', 'queue_time', 'job_name'])

/** The rows that the README's first workflow writes, with their values: the build's tags in full, and what differs from them. */
export function toRowTable(): string {
  const workflow = /```yaml\n(.*?)```/s.exec(readFileSync(join(root, 'README.md'), 'utf8'))?.[1] ?? ''
  const [job] = Object.values((parse(workflow) as ExampleWorkflow).jobs)
  const given = job?.steps ?? []
  const captures = parse(given.find((step) => step.with?.captures !== undefined)?.with?.captures ?? '')
  const points = layOutExample(captures, given, {}, { jobId: undefined, runnerName: '' })
  const bare = exampleBuild({ circumstances })
  const [unmeasured] = layOutBuild(bare, captureBuild(bare, []), layout).points
  const known = new Set(unmeasured?.fields.map(([key]) => key))
  const buildTags = new Set(points[0]?.tags.map(([key]) => key))
  const rows = points.map(({ measurement, tags, fields }, index) => {
    const names = new Set(tags.map(([key]) => key))
    const without = toCode([...buildTags].filter((key) => !names.has(key)))
    const same = `the same${without === '' ? '' : ` but ${without}`}`
    const measured = fields.filter(([key]) => !known.has(key))
    const others = fields.filter(([key]) => known.has(key) && telling.has(key))
    return [toCode([measurement]), index === 0 ? toPairs(tags) : same, toPairs([...measured, ...others])]
  })
  return toTable(['measurement', 'tags', 'fields (some of them)'], rows)
}

function toPairs(pairs: readonly (readonly [string, FieldValue])[]): string {
  return pairs.map(([key, value]) => `\`${key}\` ${key === 'sha' ? `${String(value).slice(0, 7)}…` : value}`).join(', ')
}

const exampleSteps: readonly ExampleStep[] = [
  {
    run: `echo "coverage=87.5" >> "$GITHUB_OUTPUT"
echo '<testsuite><testcase name="adds" time="0.2"/></testsuite>' > junit.xml`,
  },
]

/** Every column that the layout makes by itself, with its type and where it is. */
export function toColumnTable(): string {
  const captures = ['start-time', 'end-time', 'duration', { property: 'coverage' }, { report: 'junit.xml' }] as object[]
  const points = layOutExample(captures, exampleSteps, { caller: 'nightly' })
  const columns = new Map<string, { kind: string; of: string[]; example: string }>()
  for (const { measurement, tags, fields } of points) {
    const add = (key: string, kind: string, example: string) => {
      const column = columns.get(`${key} ${kind}`) ?? { kind, of: [], example }
      column.of.push(measurement)
      columns.set(`${key} ${kind}`, column)
    }
    for (const [key, value] of tags) add(key, 'tag', value)
    for (const [key, value] of fields) add(key, `field, ${toType(value)}`, String(value))
  }
  const rows = [...columns].map(([id, { kind, of, example }]) => [
    toCode([id.split(' ')[0] ?? '']),
    kind,
    of.length === points.length ? 'all' : toCode(of),
    toCode([example]),
  ])
  return toTable(['column', 'kind', 'measurements', 'example'], rows)
}

function toType(value: FieldValue): string {
  switch (typeof value) {
    case 'number':
      return 'float'
    case 'bigint':
    case 'object':
      return 'integer'
    default:
      return typeof value
  }
}
