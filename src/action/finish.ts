import type { Build } from '../build/build.ts'
import { explainMiss } from '../capture/capture.ts'
import { appliesTo } from '../capture/matching.ts'
import { toOffsetNs } from '../point/time.ts'
import { createCallbackRunner } from '../runner/callbacks.ts'
import type { Runner } from '../runner/runner.ts'
import type { AskedBuild } from './ask-build.ts'
import { type CapturedFor, captureFor } from './capture-for.ts'
import type { compareBuild } from './compare-build.ts'
import { openDeadlines } from './deadlines.ts'
import { explainRepeated, leaveToEarlier } from './earlier-steps.ts'
import type { Edges } from './edges.ts'
import { keepUnsent } from './keep-unsent.ts'
import { explainVerdict, findFaults, findNotes, type Outcome, toHeadline } from './outcome.ts'
import { type DataReport, mergeReports } from './point-stream.ts'
import { SettingsError } from './problem.ts'
import { readBuild } from './read-build.ts'
import { sendSpool } from './send-spool.ts'
import { parseSettings, type Settings } from './settings.ts'
import { toSummary, toVerdictLine } from './summary.ts'
import { toSurroundings } from './surroundings.ts'
import { writeBuild } from './write-build.ts'

/** What is left of the timeout for an artifact of what could not be written. */
const maxReserveMs = 5000

/**
 * The post phase: settings again, the job from the API, captures, storages, log and summary.
 * @param asked the build, as it is known before GitHub has answered
 * @param callbackScript of the process in which callbacks run
 */
export async function finish(edges: Edges, asked: AskedBuild, callbackScript: URL): Promise<void> {
  const { runner } = edges
  const { log } = runner
  const { early, state } = asked
  if (state === 'failed') {
    log.info('Build Stats: nothing is written, since its inputs are not right.')
    return
  }
  let settings: Settings
  try {
    settings = await parseSettings(runner.readInput, toSurroundings(runner, 'post', asked.event))
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const text = `No statistics of this job were written. ${error.message}`
    if (runner.readInput('fail-on-error').toLowerCase() === 'true') log.fail(text)
    else log.error(text)
    return
  }
  const left = leaveToEarlier(settings, state?.earlier ?? [], early.builder, runner.readInput)
  settings = left.settings
  if (left.repeated.length > 0) log.info(explainRepeated(left.repeated))
  if (left.repeated.length > 0 && settings.storages.length === 0) return
  const { build, warnings } = await readBuild(runner, asked, settings, state)
  const reserveMs = edges.upload === undefined || settings.dryRun ? 0 : Math.min(maxReserveMs, settings.timeoutMs / 4)
  const deadlines = openDeadlines(settings.timeoutMs, reserveMs, edges.cancel)
  const runCallbacks = createCallbackRunner(callbackScript, deadlines.signal)
  const captured = await captureFor(settings.storages, build, runCallbacks)
  const sources = { early, state, settings, runCallbacks }
  // Side by side: this build's own row is known by its run, and is not among the earlier ones.
  const [compared, written] = await Promise.all([
    settings.compare && compare(build, captured, settings.compare, edges, deadlines),
    writeBuild(captured, sources, edges, deadlines),
  ])
  const places = { spool: settings.spool, upload: edges.upload, log }
  const files = written.map(({ unsent }) => unsent)
  const kept = await keepUnsent(files, toUnsentName(build), places, deadlines.keepSignal)
  const spooled = await sendSpool(written, settings, edges, deadlines)
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
    unyielded: findUnyielded(captured, data),
    storages: written.map(({ outcome, hasStart, unsent }) => ({ ...outcome, hasStart, kept: kept.get(unsent) })),
    spooled,
    mistakes: settings.mistakes,
    verdict: compared?.verdict,
    history: compared?.history,
    medians: compared?.medians,
    steps: 'ran' in build.steps ? build.steps.ran : [],
  }
  tell(outcome, settings, runner)
}

/** Loaded where somebody asks for it. Whatever goes wrong with it, what is written is told. */
async function compare(...parameters: Parameters<typeof compareBuild>) {
  try {
    const { compareBuild } = await import('./compare-build.ts')
    return await compareBuild(...parameters)
  } catch (error) {
    const [, , , { runner }] = parameters
    const why = `by a defect of Build Stats: ${(error as Error).message}`
    runner.log.warning(`This build was not compared with earlier ones, ${why}`)
    return undefined
  }
}

/** An artifact of that name is the job's own: the run has one of each name. */
function toUnsentName(build: Build): string {
  const hash = toOffsetNs(build).toString(16).padStart(5, '0')
  return `build-stats-unsent-${build.runId ?? 0}-${build.attempt ?? 1}-${hash}`
}

function tell(outcome: Outcome, settings: Settings, { log, writeSummary }: Runner): void {
  for (const { text, failsJob, level } of findFaults(outcome, settings.failOnError)) {
    if (failsJob || (settings.failOnError && level === 'lost')) log.fail(text)
    else log.warning(text)
  }
  const { verdict } = outcome
  if (verdict?.level === 'told') log.info(explainVerdict(outcome, verdict))
  for (const text of findNotes(outcome)) log.info(text)
  log.info(toHeadline(outcome))
  if (settings.summary === 'verdict') writeSummary(toVerdictLine(outcome, log.redact))
  else if (settings.summary) writeSummary(toSummary(outcome, settings.notices, log.redact))
}

function unique<T>(items: readonly T[], toKey: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [toKey(item), item])).values()]
}

/** A rule that names data which nobody yielded is no fault, but the likeliest cause is a mistake. */
function findUnyielded(captured: readonly CapturedFor[], data: DataReport): string[] {
  const names = captured.flatMap(({ storage, build }) =>
    storage.rules.flatMap((rule) =>
      rule.kind === 'data' && 'name' in rule.match && appliesTo(rule, build.builder) ? [rule.match.name] : [],
    ),
  )
  return [...new Set(names)].filter((name) => !data.names.has(name))
}
