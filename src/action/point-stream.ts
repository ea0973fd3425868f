import type { Build } from '../build/build.ts'
import type { DataRecord } from '../build/data.ts'
import { askMatches } from '../capture/ask-matches.ts'
import { applyDataCallbacks, type RunCalls, redactAnswers } from '../capture/callback.ts'
import type { Miss } from '../capture/capture.ts'
import { type CapturedData, createDataCapture, dataRules } from '../capture/data.ts'
import type { KnownMatches } from '../capture/matching.ts'
import { mergeMisses } from '../capture/merge-misses.ts'
import { hasCallback, type Regex, type Rule } from '../capture/rules.ts'
import { maxMalformed, pointBatch } from '../limits.ts'
import type { ParsedLine } from '../line-protocol/reader.ts'
import { type Layout, openDataLayout } from '../point/layout.ts'
import type { Point } from '../point/point.ts'
import { redactRecord } from '../secrets/redact.ts'

/** What came out of the data file, for the owner of the job. */
export interface DataReport {
  /** Points by measurement. */
  readonly points: ReadonlyMap<string, number>
  /** Records that no rule captured, by name. */
  readonly ignored: ReadonlyMap<string, number>
  /** Names of data that rules captured. */
  readonly names: ReadonlySet<string>
  /** The first malformed lines, and how many there are in all. */
  readonly malformed: readonly { readonly line: number; readonly problem: string }[]
  readonly malformedCount: number
  /** What callbacks did not give. */
  readonly misses: readonly Miss[]
  /** Data names that were changed because the builds' own measurements have them. */
  readonly renamed: ReadonlySet<string>
  /** Why the data file could not be read. */
  readonly failure: string | undefined
}

export interface PointStreamSources {
  readonly build: Build
  readonly rules: readonly Rule[]
  readonly layout: Layout
  /** Points that are there already: of the build itself. */
  readonly points: readonly Point[]
  /** Index in the build of the first point that comes after them. */
  readonly nextIndex: number
  /** Data from step outputs: for each record, what the rules made of it. */
  readonly outputs: readonly (readonly CapturedData[])[]
  /** Opens the data file. */
  readData(): AsyncIterable<readonly ParsedLine[]>
  readonly runCallbacks: RunCalls
}

/** Misses are merged when they are so many. */
const maxMisses = 100

/**
 * All points of a build, in batches: its own first, so that they are safe, then the data, read from the file piece by
 * piece. Each storage reads a stream of its own; the report is complete when the stream has ended.
 */
export function createPointStream(sources: PointStreamSources): {
  batches: AsyncGenerator<readonly Point[]>
  report: DataReport
} {
  const { build, rules } = sources
  const layout = openDataLayout(build, sources.layout)
  const known: KnownMatches & Map<Regex, ReadonlyMap<string, boolean>> = new Map()
  const capture = createDataCapture(build.builder, rules, known)
  const asked = new Set<string>()
  const hasCallbacks = hasCallback(rules)
  const { redact = (text: string) => text } = sources.layout
  const runCallbacks = redactAnswers(sources.runCallbacks, redact)
  const points = new Map<string, number>()
  const ignored = new Map<string, number>()
  const names = new Set<string>()
  const malformed: { line: number; problem: string }[] = []
  const report = {
    points,
    ignored,
    names,
    malformed,
    malformedCount: 0,
    misses: [] as Miss[],
    renamed: layout.renamed,
    failure: undefined as string | undefined,
  }
  const batch: Point[] = [...sources.points]
  let index = sources.nextIndex

  const redactCaptured = ({ rule, record }: CapturedData) => ({ rule, record: redactRecord(record, redact) })

  function addMisses(misses: readonly Miss[]): void {
    report.misses.push(...misses)
    if (report.misses.length > maxMisses) report.misses = mergeMisses(report.misses)
  }

  async function addAll(found: readonly (readonly CapturedData[])[], isPlain: boolean): Promise<void> {
    const { captured, misses } = hasCallbacks
      ? await applyDataCallbacks(found, runCallbacks)
      : { captured: found, misses: [] }
    addMisses(misses)
    for (const one of found) for (const { record } of one) names.add(record.name)
    for (const one of captured) {
      // Lines are redacted before they are captured; names and values of the others may have been put together since.
      for (const point of layout.toPoints(isPlain && !hasCallbacks ? one : one.map(redactCaptured), index)) {
        batch.push(point)
        count(points, point.measurement)
        index++
      }
    }
  }

  /** The record of a line; none of one that is malformed. */
  function readLine(parsed: ParsedLine): DataRecord[] {
    if ('record' in parsed) return [redactRecord(parsed.record, redact)]
    report.malformedCount++
    if (malformed.length < maxMalformed) malformed.push(parsed)
    return []
  }

  /** What the rules find in records; those that no rule captures are counted. */
  async function captureRecords(records: readonly DataRecord[]): Promise<CapturedData[][]> {
    const names = [...new Set(records.map(({ name }) => name))].filter((name) => !asked.has(name))
    for (const name of names) asked.add(name)
    const answered = await askMatches(dataRules(build.builder, rules), () => names, runCallbacks)
    addMisses(answered.misses)
    for (const [regex, answers] of answered.known) {
      if (answers.size > 0) known.set(regex, new Map([...(known.get(regex) ?? []), ...answers]))
    }
    return records.flatMap((record) => {
      const captured = capture(record)
      if (captured.length === 0) count(ignored, record.name)
      return captured.length > 0 ? [captured] : []
    })
  }

  function* takeFull(): Generator<readonly Point[]> {
    while (batch.length >= pointBatch) yield batch.splice(0, pointBatch)
  }

  async function* toBatches(): AsyncGenerator<readonly Point[]> {
    // Callbacks, and files that are large, take their time: the build's own points do not wait for them.
    if (batch.length > 0) yield batch.splice(0)
    for (let at = 0; at < sources.outputs.length; at += pointBatch) {
      await addAll(sources.outputs.slice(at, at + pointBatch), false)
      yield* takeFull()
    }
    try {
      for await (const lines of sources.readData()) {
        for (let at = 0; at < lines.length; at += pointBatch) {
          await addAll(await captureRecords(lines.slice(at, at + pointBatch).flatMap(readLine)), true)
          yield* takeFull()
        }
      }
    } catch (error) {
      report.failure = (error as Error).message
    }
    if (batch.length > 0) yield batch
  }

  return { batches: toBatches(), report }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}

/** What the streams of several storages came to: their points together; ignored is what none of them captured. */
export function mergeReports(reports: readonly DataReport[]): DataReport {
  const [first] = reports
  const points = new Map<string, number>()
  for (const report of reports) {
    for (const [name, count] of report.points) points.set(name, Math.max(count, points.get(name) ?? 0))
  }
  const ignored = [...(first?.ignored ?? [])].filter(([name]) => reports.every((report) => report.ignored.has(name)))
  return {
    points,
    ignored: new Map(ignored),
    names: new Set(reports.flatMap(({ names }) => [...names])),
    malformed: first?.malformed ?? [],
    malformedCount: first?.malformedCount ?? 0,
    misses: reports.flatMap(({ misses }) => misses),
    renamed: new Set(reports.flatMap(({ renamed }) => [...renamed])),
    failure: reports.find(({ failure }) => failure !== undefined)?.failure,
  }
}
