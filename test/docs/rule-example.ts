import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { readReports } from '../../src/action/reports/read-reports.ts'
import type { Build, Step } from '../../src/build/build.ts'
import type { DataRecord, FieldValue } from '../../src/build/data.ts'
import { isObject, type Json, type JsonObject } from '../../src/build/json.ts'
import { applyCallbacks, applyDataCallbacks } from '../../src/capture/callback.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { captureOutputs, createDataCapture } from '../../src/capture/data.ts'
import { nameRule, type Rule } from '../../src/capture/rules.ts'
import { createDataShaper } from '../../src/capture/shape.ts'
import type { Layout } from '../../src/point/layout.ts'
import { createCallbackRunner } from '../../src/runner/callbacks.ts'
import { parseCaptures } from '../../src/settings/captures.ts'
import type { SettingProblem } from '../../src/settings/problem.ts'
import { parseYaml } from '../../src/settings/yaml.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'

const runCallbacks = createCallbackRunner(new URL('../../dist/callback-worker.js', import.meta.url))
const native: Layout = { kind: 'native', options: { measurement: 'build', tags: [], matrixTags: true } }

/** What the steps of the docs set, and what tools print. */
const outputs = {
  coverage: '87.5',
  bundle: '48213',
  bundle_bytes: '48213',
  dist_bytes: '48213',
  bench_parse: '1250.5',
  cache_hit: '1',
  tests: '[{"suite":"unit","passed":10,"failed":2},{"suite":"e2e","passed":3,"failed":0}]',
}

const github = { ref: 'refs/heads/main', ref_name: 'main', event_name: 'push' }

/** Lines of $BUILD_STATS, for rules that name no output. */
const lines: readonly DataRecord[] = [
  { name: 'bench', tags: [['suite', 'parser']], fields: [['ops', 1250.5]] },
  { name: 'bundle_file', tags: [['file', 'main.js']], fields: [['bytes', 48213]] },
]

/** What the line above a rule says: what the rule finds, and what it makes of it. */
export interface Claim {
  readonly given: Json
  readonly made: Json
}

/** Parses a list of rules as the input `captures` is parsed, callbacks included. */
export async function parseExampleRules(
  text: string,
  layout: Layout = native,
): Promise<{ rules: readonly Rule[]; problems: readonly SettingProblem[] }> {
  const problems: SettingProblem[] = []
  const yaml = await parseYaml('captures', text, problems)
  if (yaml === undefined) return { rules: [], problems }
  const rules = await parseCaptures({ ...yaml, source: 'captures' }, layout, problems)
  return { rules, problems }
}

export function findClaim(text: string, rule: Rule): Claim | undefined {
  const above = text.split('\n')[(rule.line ?? 1) - 2] ?? ''
  const [, given, made] = /^# (.+) -> (.+)$/.exec(above) ?? []
  return given === undefined || made === undefined ? undefined : { given: JSON.parse(given), made: JSON.parse(made) }
}

/** What a rule makes of an example build in which it applies, and which has what the claim gives. Misses are errors. */
export async function runRule(rule: Rule, given?: Json): Promise<Json[]> {
  if (rule.kind === 'report') return await runReport(rule)
  const build = toBuild(rule, given)
  if (rule.kind === 'data') {
    const fromOutputs = captureOutputs(build.builder, [rule], build.properties)
    const found =
      fromOutputs.captured.length > 0 ? fromOutputs.captured : lines.map(createDataCapture(build.builder, [rule]))
    const shaper = createDataShaper()
    const { captured, misses } = await applyDataCallbacks(found, runCallbacks, shaper.toBase)
    const shaped = captured.flat().flatMap((one) => shaper.shape(one) ?? [])
    requireNone(
      [...fromOutputs.misses, ...misses, ...shaper.takeMisses()].map(({ reason }) => reason),
      rule,
    )
    return shaped.map(({ record }) => toObject(record))
  }
  const { captured, steps, misses } = await applyCallbacks(captureBuild(build, [rule]), runCallbacks)
  requireNone(
    misses.map(({ reason }) => reason),
    rule,
  )
  return [
    ...captured.map(({ value }) => toJson(value)),
    ...steps.map(({ name, startMs, endMs }) => ({ step: name, duration: (endMs - startMs) / 1000 })),
  ]
}

/** A report of each kind that a glob may speak of. */
const reports: readonly (readonly [path: RegExp, text: string])[] = [
  [
    /\.xml$/,
    '<testsuite name="unit"><testcase name="a" time="1"/><testcase name="b"><failure/></testcase></testsuite>',
  ],
  [/lcov\.info$/, 'SF:a.ts\nDA:1,1\nend_of_record\n'],
  [/tests\.tap$/, 'TAP version 13\nok 1 - a\n1..1\n'],
  [/bench\.json$/, '[{"name": "parse", "unit": "ms", "value": 1.3}]'],
  [/vitest\.json$/, readFileSync(join(import.meta.dirname, 'recipe-files', 'vitest.json'), 'utf8')],
  [/\.ndjson$/, '{"at": 1790000000, "size": 12}\n'],
]

async function runReport(rule: Extract<Rule, { kind: 'report' }>): Promise<Json[]> {
  const workspace = mkdtempSync(join(tmpdir(), 'rule-example-'))
  try {
    for (const glob of rule.files.filter((file) => !file.startsWith('!'))) {
      const path = join(workspace, glob.replaceAll('**', 'any').replaceAll('*', 'any'))
      const text = reports.find(([pattern]) => pattern.test(path))?.[1]
      if (text === undefined) throw new Error(`say in rule-example.ts what ${glob} holds`)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
    }
    const facts = { workspace, temp: undefined, startMs: undefined, budgetMs: 10_000, redact: (text: string) => text }
    const { results } = await readReports([rule], { ...facts, cancel: new AbortController().signal })
    const { captured = [], misses = [] } = results.get(rule) ?? {}
    requireNone(
      misses.map(({ reason }) => reason),
      rule,
    )
    return captured.map(({ record }) => toObject(record))
  } finally {
    rmSync(workspace, { recursive: true })
  }
}

function toBuild(rule: Rule, given: Json | undefined): Build {
  const builder = rule.builder?.[0]?.replaceAll('*', 'any') ?? 'CI/test'
  if (rule.kind === 'start-time' && typeof given === 'string')
    return exampleBuild({ builder, startMs: Date.parse(given) })
  if (rule.kind === 'end-time' && typeof given === 'string') return exampleBuild({ builder, endMs: Date.parse(given) })
  if (rule.kind === 'duration' && typeof given === 'number') {
    const { startMs } = exampleBuild()
    return exampleBuild({ builder, endMs: startMs + given * 1000 })
  }
  const claimed =
    given === undefined || !('match' in rule) || !rule.match || !('name' in rule.match) ? {} : toOutputs(rule, given)
  const steps = { test: { outcome: 'success', outputs: { ...outputs, ...claimed } } }
  const ref = claimed['github.ref']
  return exampleBuild({
    builder,
    steps: { ran: ['Set up job', 'Test', 'Run npm run bench'].map(toStep), others: [], late: [] },
    properties: exampleProperties({ steps, github: { ...github, ...(ref === undefined ? {} : { ref }) } }),
  })
}

function toStep(name: string, index: number): Step {
  const startMs = Date.UTC(2026, 7, 1, 12) + index * 60_000
  return { name, number: index + 1, conclusion: 'success', startMs, endMs: startMs + 60_000 }
}

/** A property is what is given; `{value, ...}` is that and others beside it. Data is JSON text, as an output is. */
function toOutputs(rule: Extract<Rule, { match: unknown }>, given: Json): JsonObject {
  const name = rule.match && 'name' in rule.match ? rule.match.name : ''
  if (rule.kind === 'data') return { [name]: JSON.stringify(given) }
  if (!isObject(given)) return { [name]: given }
  const { value = null, ...others } = given
  return { ...others, [name]: value }
}

function requireNone(reasons: readonly string[], rule: Rule): void {
  if (reasons.length > 0) throw new Error(`${nameRule(rule)}: ${reasons.join('; ')}`)
}

function toObject({ fields }: DataRecord): JsonObject {
  return Object.fromEntries(fields.map(([key, value]) => [key, toJson(value)]))
}

function toJson(value: FieldValue): Json {
  if (typeof value === 'bigint') return Number(value)
  return typeof value === 'object' ? Number(value.value) : value
}
