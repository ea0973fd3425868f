import { explainMiss } from '../capture/capture.ts'
import { appliesTo } from '../capture/matching.ts'
import { readEvent } from '../github/context.ts'
import { createCallbackRunner } from '../runner/callbacks.ts'
import { readDataFile } from '../runner/read-data.ts'
import type { Runner } from '../runner/runner.ts'
import { captureFor } from './capture-for.ts'
import { type Edges, openStorage, type WrittenTo, writeTo } from './edges.ts'
import { findFaults, findNotes, type Outcome, toHeadline } from './outcome.ts'
import { createPointStream, type DataReport, mergeReports, type PointStreamSources } from './point-stream.ts'
import { SettingsError } from './problem.ts'
import { readBuild } from './read-build.ts'
import { parseSettings, type Settings } from './settings.ts'
import { toStartPointOf } from './start-point.ts'
import { readState } from './state.ts'
import type { StorageSettings } from './storage-settings.ts'
import { toSummary } from './summary.ts'
import { toSurroundings } from './surroundings.ts'
import { outlivesCheckout } from './workspace.ts'

/**
 * The post phase: settings again, the job from the API, captures, storages, log and summary.
 * @param callbackScript of the process in which callbacks run
 */
export async function finish(edges: Edges, callbackScript: URL): Promise<void> {
  const { runner } = edges
  const { log } = runner
  const endMs = runner.now()
  const state = readState(runner)
  if (state === 'failed') {
    log.info('Build Stats: nothing is written, since its inputs are not right.')
    return
  }
  const event = readEvent(runner.env)
  let settings: Settings
  try {
    settings = await parseSettings(runner.readInput, toSurroundings(runner, 'post', event))
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const text = `No statistics of this job were written. ${error.message}`
    if (runner.readInput('fail-on-error').toLowerCase() === 'true') log.fail(text)
    else log.error(text)
    return
  }
  const { build, warnings } = await readBuild(edges, settings, state, event, endMs)
  const signal = AbortSignal.timeout(settings.timeoutMs)
  const runCallbacks = createCallbackRunner(callbackScript, signal)
  const captured = await captureFor(settings.storages, build, runCallbacks)
  const written = await Promise.all(
    captured.map(({ storage, outputs, laidOut }) => {
      const isLate = settings.startPoint && !outlivesCheckout(storage.target, runner.env)
      const wasUnknown = settings.startPoint && state !== undefined && !state.storagesKnown
      const late = isLate || wasUnknown ? toStartPointOf(storage, build, state?.startMs ?? build.startMs) : undefined
      return writeStream(storage, settings, edges, signal, {
        build,
        rules: storage.rules,
        layout: storage.layout,
        points: [...(late === undefined ? [] : [late]), ...laidOut.points],
        nextIndex: laidOut.points.length,
        outputs: outputs.captured,
        readData: () => readDataFile(state?.dataFile ?? runner.env.BUILD_STATS),
        runCallbacks,
      })
    }),
  )
  const data = mergeReports(written.map((one) => one.data))
  const outcome: Outcome = {
    build,
    placed: unique(
      captured.flatMap(({ laidOut }) => laidOut.placed),
      ({ key, kind }) => `${kind} ${key}`,
    ),
    misses: unique(
      [
        ...captured.flatMap(({ captures, outputs, laidOut }) => [
          ...captures.misses,
          ...outputs.misses,
          ...laidOut.misses,
        ]),
        ...data.misses,
      ],
      explainMiss,
    ),
    warnings: unique(
      [
        ...settings.warnings,
        ...warnings,
        ...captured.flatMap(({ captures, outputs }) => [...captures.warnings, ...outputs.warnings]),
      ],
      (text) => text,
    ),
    secretNames: unique(
      captured.flatMap(({ captures }) => captures.secretNames),
      (name) => name,
    ),
    data,
    unyielded: findUnyielded(settings.storages, build.builder, data),
    storages: written.map(({ storage }) => ({
      ...storage,
      hasStart: state?.startWritten.includes(storage.name) ?? false,
    })),
    startProblems: state?.startProblems ?? [],
    mistakes: settings.mistakes,
  }
  tell(outcome, settings, runner)
}

async function writeStream(
  storageSettings: StorageSettings,
  settings: Settings,
  edges: Edges,
  signal: AbortSignal,
  sources: PointStreamSources,
): Promise<{ storage: WrittenTo; data: DataReport }> {
  const { batches, report } = createPointStream(sources)
  const storage = openStorage(storageSettings, settings, edges)
  return { storage: await writeTo(storage, batches, sources.points.length, signal), data: report }
}

function tell(outcome: Outcome, settings: Settings, { log, writeSummary }: Runner): void {
  for (const { text, failsJob, level } of findFaults(outcome, settings.failOnError)) {
    if (failsJob || (settings.failOnError && level === 'lost')) log.fail(text)
    else log.warning(text)
  }
  for (const text of findNotes(outcome)) log.info(text)
  log.info(toHeadline(outcome))
  if (!settings.summary) return
  try {
    writeSummary(toSummary(outcome, settings.notices, log.redact))
  } catch (error) {
    log.warning(`The job summary could not be written: ${(error as Error).message}`)
  }
}

function unique<T>(items: readonly T[], toKey: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [toKey(item), item])).values()]
}

/** A rule that names data which nobody yielded is no fault, but the likeliest cause is a mistake. */
function findUnyielded(storages: readonly StorageSettings[], builder: string, data: DataReport): string[] {
  const names = storages.flatMap(({ rules }) =>
    rules.flatMap((rule) =>
      rule.kind === 'data' && 'name' in rule.match && appliesTo(rule, builder) ? [rule.match.name] : [],
    ),
  )
  return [...new Set(names)].filter((name) => !data.names.has(name))
}
