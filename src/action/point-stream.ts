import type { Build } from '../build/build.ts'
import type { DataRecord, Fields } from '../build/data.ts'
import { askMatches } from '../capture/ask-matches.ts'
import { applyDataCallbacks, type RunCalls } from '../capture/callback.ts'
import { type CapturedData, createDataCapture, dataRules } from '../capture/data.ts'
import type { DataReport } from '../capture/data-report.ts'
import type { KnownMatches } from '../capture/matching.ts'
import { type Miss, mergeMisses } from '../capture/miss.ts'
import { hasCallback, type Regex, type Rule } from '../capture/rules.ts'
import { createDataShaper } from '../capture/shape.ts'
import { maxMalformed, pointBatch } from '../limits.ts'
import type { ParsedLine } from '../line-protocol/reader.ts'
import { type Layout, openDataLayout } from '../point/layout.ts'
import type { Point } from '../point/point.ts'
import { redactAnswers, redactRecord } from '../secrets/redact.ts'
import { addFields, type DataWatch, type LateFields } from './compare/late-fields.ts'

export interface PointStreamSources {
  readonly build: Build
  readonly rules: readonly Rule[]
  readonly layout: Layout
  /** The points of the build itself, which are already laid out. */
  readonly points: readonly Point[]
  /** The build's row among them; undefined if no fields are added to it. */
  readonly row?: Point | undefined
  /** The fields that are added to it. */
  readonly late?: LateFields | undefined
  readonly watch?: DataWatch | undefined
  /** Index in the build of the first point that comes after them. */
  readonly nextIndex: number
  /** Data from step outputs: the captured data of each record. */
  readonly outputs: readonly (readonly CapturedData[])[]
  /** Data from reports, one record for each rule. */
  readReports?(): Promise<readonly CapturedData[]>
  /** Opens the data file. */
  readData(): AsyncIterable<readonly ParsedLine[]>
  readonly runCallbacks: RunCalls
}

/** Misses are merged when there are this many. */
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
  const shaper = createDataShaper()
  const { redact = (text: string) => text } = sources.layout
  const runCallbacks = redactAnswers(sources.runCallbacks, redact)
  const singles = new Map<string, Fields | undefined>()
  const ignored = new Map<string, number>()
  const names = new Set<string>()
  const malformed: { line: number; problem: string }[] = []
  const report = {
    singles,
    ignored,
    names,
    reported: new Set<string>(),
    malformed,
    malformedCount: 0,
    misses: [] as Miss[],
    notes: shaper.notes,
    warnings: [] as string[],
    renamed: layout.renamed,
    failure: undefined as string | undefined,
  }
  const batch: Point[] = []
  let own: readonly Point[] = sources.points
  let index = sources.nextIndex

  const redactCaptured = ({ rule, record }: CapturedData) => ({ rule, record: redactRecord(record, redact) })

  function addMisses(misses: readonly Miss[]): void {
    report.misses.push(...misses)
    if (report.misses.length > maxMisses) report.misses = mergeMisses(report.misses)
  }

  async function addAll(found: readonly (readonly CapturedData[])[], isPlain: boolean): Promise<void> {
    const { captured, misses } = hasCallbacks
      ? await applyDataCallbacks(found, runCallbacks, shaper.toBase)
      : { captured: found, misses: [] }
    addMisses(misses)
    const { reported } = report
    for (const one of found)
      for (const { rule, record } of one) (rule.kind === 'report' ? reported : names).add(record.name)
    for (const one of captured) {
      // Lines are redacted before they are captured; names and values from other sources may have been put together since.
      const isReport = one.some(({ rule }) => rule.kind === 'report')
      const clean = isPlain && !hasCallbacks ? one : one.map(redactCaptured)
      const shaped = clean.flatMap((captured) => shaper.shape(captured) ?? [])
      for (const point of layout.toPoints(shaped, index)) {
        batch.push(point)
        sources.watch?.add(point)
        const isSingle = !isReport && !singles.has(point.measurement)
        singles.set(point.measurement, isSingle ? point.fields : undefined)
        index++
      }
    }
    addMisses(shaper.takeMisses())
  }

  /** The record of a line; undefined if it is malformed. */
  function readLine(parsed: ParsedLine): DataRecord[] {
    if ('record' in parsed) return [redactRecord(parsed.record, redact)]
    report.malformedCount++
    if (malformed.length < maxMalformed) malformed.push(parsed)
    return []
  }

  /** Applies the rules to records; counts records that no rule captures. */
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

  async function* takeOwn(): AsyncGenerator<readonly Point[]> {
    if (own.length === 0) return
    const { row, late } = sources
    const added = row === undefined || late === undefined ? [] : await late.fields
    const points = added.length === 0 ? own : own.map((point) => (point === row ? addFields(point, added) : point))
    own = []
    yield points
  }

  async function* toBatches(): AsyncGenerator<readonly Point[]> {
    const isFirst = sources.row === undefined || sources.late?.waitsForData !== true
    let isKnown = isFirst
    void sources.late?.fields.then(() => {
      isKnown = true
    })
    // Callbacks and large files are slow: the build's own points do not wait for them unless a comparison needs data.
    if (isFirst) yield* takeOwn()
    for (let at = 0; at < sources.outputs.length; at += pointBatch) {
      await addAll(sources.outputs.slice(at, at + pointBatch), false)
      yield* takeFull()
      if (isKnown) yield* takeOwn()
    }
    const reports = (await sources.readReports?.()) ?? []
    for (let at = 0; at < reports.length; at += pointBatch) {
      await addAll(
        reports.slice(at, at + pointBatch).map((one) => [one]),
        false,
      )
      yield* takeFull()
    }
    try {
      for await (const lines of sources.readData()) {
        for (let at = 0; at < lines.length; at += pointBatch) {
          await addAll(await captureRecords(lines.slice(at, at + pointBatch).flatMap(readLine)), true)
          yield* takeFull()
          if (isKnown) yield* takeOwn()
        }
      }
    } catch (error) {
      report.failure = (error as Error).message
    }
    report.warnings.push(...shaper.findUnused())
    sources.watch?.end()
    if (batch.length > 0) yield batch.splice(0)
    yield* takeOwn()
  }

  return { batches: toBatches(), report }
}

function count(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
