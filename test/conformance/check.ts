import type { Build } from '../../src/build/build.ts'
import { toFields } from '../../src/build/fields.ts'
import { askMatches } from '../../src/capture/ask-matches.ts'
import { applyCallbacks, applyDataCallbacks, type RunCallbacks, type RunMatches } from '../../src/capture/callback.ts'
import { captureBuild, listNames } from '../../src/capture/capture.ts'
import { createDataCapture } from '../../src/capture/data.ts'
import type { Miss } from '../../src/capture/miss.ts'
import type { Rule } from '../../src/capture/rules.ts'
import { layOutBuild, openDataLayout } from '../../src/point/layout.ts'
import type { Point } from '../../src/point/point.ts'
import { javascriptFlags } from '../../src/regex/to-javascript.ts'
import { createCallbackRunner } from '../../src/runner/callbacks.ts'
import { parseCallback } from '../../src/settings/callback-parser.ts'
import { exampleBuild, exampleProperties } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'
import { batchCallbacks } from './callback-batch.ts'
import type { Case } from './case.ts'
import { findDifferences, type Outcome } from './difference.ts'
import { documentedTypes, type ExpectedTypes, findTypeDifferences } from './types.ts'

const layout = { kind: 'buildbot' } as const

export interface Checked {
  readonly name: string
  /** Sentences; none where the case passes. */
  readonly differences: readonly string[]
  /** Fields that InfluxDB types in another way, as the page about Buildbot says. */
  readonly types: readonly string[]
}

/**
 * Runs every case through captures, callbacks and layout, and compares what comes out.
 * @param types of what the cases expect, in their order
 */
export async function checkCases(
  cases: readonly Case[],
  types: readonly (readonly ExpectedTypes[])[] = [],
): Promise<Checked[]> {
  // A process for the callbacks of all cases instead of two a storage.
  const run = batchCallbacks(createCallbackRunner(new URL('../../src/callback-worker.ts', import.meta.url)))
  return Promise.all(
    cases.map(async (one, index) => {
      try {
        const outcome = await runCase(one, run)
        const points = 'storages' in outcome ? outcome.storages : []
        const found = (types[index] ?? []).flatMap((ones, at) => findTypeDifferences(ones, points[at] ?? []))
        const isDocumented = (text: string) => documentedTypes.includes(text)
        return {
          name: one.name,
          differences: [...findDifferences(one.expect, outcome), ...found.filter((text) => !isDocumented(text))],
          types: [...new Set(found.filter(isDocumented))],
        }
      } catch (error) {
        return { name: one.name, differences: [`it ended with ${(error as Error).stack ?? error}`], types: [] }
      }
    }),
  )
}

async function runCase(one: Case, run: RunCallbacks): Promise<Outcome> {
  const parsed = one.storages.map(({ captures }) =>
    parseRules(captures, ([index]) => Number(index) + 1, { source: 'captures', layout: layout.kind }),
  )
  const problems = parsed.flatMap(({ rules, problems }) => [
    ...problems.map(({ text }) => text),
    ...rules.flatMap(({ callback }) => (callback === undefined ? [] : (parseCallback(callback) ?? []))),
  ])
  if (problems.length > 0) return { problems }
  const build = exampleBuild({
    builder: one.build.builder,
    number: BigInt(one.build.number),
    startMs: toMs(one.build.started_at),
    endMs: toMs(one.build.ended_at),
    properties: exampleProperties({ own: one.build.properties }),
  })
  const storages = await Promise.all(parsed.map(({ rules }) => runStorage(one, build, rules, run)))
  return { storages: storages.map(({ points }) => points), errors: storages.flatMap(({ errors }) => errors) }
}

async function runStorage(
  { yields }: Case,
  build: Build,
  rules: readonly Rule[],
  run: RunCallbacks,
): Promise<{ points: Point[]; errors: string[] }> {
  const names = yields.map(({ name }) => name)
  const namesFor = (rule: Rule) => (rule.kind === 'data' ? names : listNames(build, rule))
  const { known } = await askMatches(rules, namesFor, matchHere)
  const captures = await applyCallbacks(captureBuild(build, rules, known), run)
  const laidOut = layOutBuild(build, captures, layout)
  const capture = createDataCapture(build.builder, rules, known)
  const found = yields.map(({ name, data }) => capture({ name, tags: [], fields: toFields(data).fields }))
  const data = await applyDataCallbacks(found, run)
  const dataLayout = openDataLayout(build, layout)
  const points = [...laidOut.points]
  for (const records of data.captured) points.push(...dataLayout.toPoints(records, points.length))
  return { points, errors: [...toErrors([...captures.misses, ...laidOut.misses]), ...data.misses.map(toReason)] }
}

/** The expressions of these cases end by themselves. */
const matchHere: RunMatches = async (calls) =>
  calls.map(({ javascript, name }) => ({ value: new RegExp(javascript, javascriptFlags).test(name) }))

/** Buildbot reports an error once a rule, whatever the number of properties that the rule's regex finds. */
function toErrors(misses: readonly Miss[]): string[] {
  return [...Map.groupBy(misses, ({ rule }) => rule).values()].map((group) => group.map(toReason).join('; '))
}

function toReason({ reason }: Miss): string {
  return reason
}

/** Milliseconds since 1970; microseconds, which Buildbot's clock has, are the fraction. */
function toMs(text: string): number {
  const digits = /\.\d{3}(\d+)/.exec(text)?.[1] ?? ''
  return Date.parse(text) + Number(`0.${digits}0`)
}
