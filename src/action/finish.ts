import type { Build } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { JsonObject } from '../build/json.ts'
import { explainMiss } from '../capture/capture.ts'
import { appliesTo } from '../capture/matching.ts'
import { mergeMisses } from '../capture/merge-misses.ts'
import { printLostLines } from '../presentation/lost-lines.ts'
import { explainVerdict, findFaults, findNotes, type Outcome, toHeadline } from '../presentation/outcome.ts'
import { toSummary, toVerdictLine } from '../presentation/summary.ts'
import { createCallbackRunner } from '../runner/callbacks.ts'
import type { Runner } from '../runner/runner.ts'
import { redactData } from '../secrets/redact.ts'
import { SettingsError } from '../settings/problem.ts'
import { parseSettings, type Settings } from '../settings/settings.ts'
import { toSurroundings } from '../settings/surroundings.ts'
import { toFallbackPath } from '../settings/targets.ts'
import { keepUnsent } from '../unsent/keep-unsent.ts'
import type { Spooled, sendSpool } from '../unsent/send-spool.ts'
import type { AskedBuild } from './ask-build.ts'
import { type CapturedFor, captureFor } from './capture-for.ts'
import type { compareBuild } from './compare-build.ts'
import { openDeadlines, toCallbackMs, toReserveMs } from './deadlines.ts'
import { explainRepeated, leaveToEarlier } from './earlier-steps.ts'
import type { Edges } from './edges.ts'
import { readKnownInputs } from './known-storages.ts'
import { type DataReport, mergeReports } from './point-stream.ts'
import { readBuild } from './read-build.ts'
import { reconcileStorages } from './reconcile-storages.ts'
import type { State } from './state.ts'
import { writeBuild } from './write-build.ts'

/**
 * The post phase: settings again, the job from the API, captures, storages, log and summary.
 * @param given the build, as it is known before GitHub has answered
 * @param callbackScript of the process in which callbacks run
 */
export async function finish(edges: Edges, given: AskedBuild, callbackScript: URL): Promise<void> {
  const { runner } = edges
  const { log } = runner
  const { state } = given
  if (state === 'failed') {
    log.info('Build Stats: nothing is written, since its inputs are not right.')
    return
  }
  let settings: Settings
  try {
    settings = await parseEndSettings(state, runner, given.event)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const text = `No statistics of this job were written. ${error.message}`
    if (runner.readInput('fail-on-error').toLowerCase() === 'true') log.fail(text)
    else log.error(text)
    return
  }
  // Secrets of a `config` are known by now, and were not when GitHub was asked.
  const early = redactData(given.early, log.redact)
  const asked = { ...given, early, contexts: redactData(given.contexts, log.redact) }
  const left = leaveToEarlier(settings, state?.earlier ?? [], early.builder, runner.readInput)
  settings = left.settings
  if (left.repeated.length > 0) log.info(explainRepeated(left.repeated))
  if (left.repeated.length > 0 && settings.storages.length === 0) return
  const { build, warnings } = await readBuild(runner, asked, settings, state)
  const reserveMs = edges.upload === undefined || settings.dryRun ? 0 : toReserveMs(settings.timeoutMs)
  const deadlines = openDeadlines(settings.timeoutMs, reserveMs, edges.cancel)
  const runCallbacks = createCallbackRunner(callbackScript, {
    signal: deadlines.signal,
    budgetMs: toCallbackMs(settings.timeoutMs),
  })
  const captured = await captureFor(settings.storages, build, runCallbacks)
  const sources = { early, state, settings, runCallbacks }
  // Side by side: this build's own row is known by its run, and is not among the earlier ones.
  const [compared, written] = await Promise.all([
    settings.compare && compare(build, captured, settings.compare, edges, deadlines),
    writeBuild(captured, sources, edges, deadlines),
  ])
  const places = { spool: settings.spool, upload: edges.upload, log }
  const files = written.map(({ unsent }) => unsent)
  const kept = await keepUnsent(files, toUnsentStem(build), places, deadlines.keepSignal)
  const spooled = await sendSpooled(written, settings, edges, deadlines)
  const data = mergeReports(written.map((one) => one.data))
  const outcome: Outcome = {
    build,
    placed: unique(
      captured.flatMap(({ laidOut }) => laidOut.placed),
      // Storages may have rules of their own for one column, and in the Buildbot layout times share a measurement.
      ({ key, kind, captured }) => `${kind} ${key} ${captured.rule.kind} ${toValueText(captured.value)}`,
    ),
    misses: mergeMisses(
      unique(
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
    storages: written.map(({ settings: { layout, rules }, outcome, hasStart, unsent }, index) => ({
      ...{ ...outcome, hasStart, kept: kept.get(unsent) },
      origin: {
        builder: captured[index]?.build.builder ?? build.builder,
        ...{ layout, rules, placed: captured[index]?.laidOut.placed ?? [] },
      },
    })),
    spooled,
    mistakes: [...settings.mistakes, ...settings.losses],
    verdict: compared?.verdict,
    history: compared?.history,
    medians: compared?.medians,
    steps: 'ran' in build.steps ? build.steps.ran : [],
  }
  tell(outcome, settings, runner)
}

/** The settings of post, as far as they agree with those of main. */
async function parseEndSettings(state: State | undefined, runner: Runner, event: JsonObject): Promise<Settings> {
  const { redact } = runner.log
  const around = toSurroundings(runner, 'post', event)
  const settings = await parseSettings(readKnownInputs(runner.readInput, state?.inputs), around)
  if (state?.storages === undefined || settings.storages.length === 0) return settings
  const { storages, warnings } = reconcileStorages(settings.storages, state.storages, toFallbackPath(around), redact)
  // What the inputs of now say of a file that stands in for a server is not so.
  const told = warnings.length > 0 ? { notices: [], mistakes: [] } : {}
  return { ...settings, ...told, storages, warnings: [...settings.warnings, ...warnings] }
}

/** Loaded where there is a spool. Whatever goes wrong with it is told, and costs nothing else. */
async function sendSpooled(...parameters: Parameters<typeof sendSpool>): Promise<Spooled> {
  const [, { spool, dryRun }] = parameters
  const nothing: Spooled = { sent: 0, problems: [], losses: [] }
  if (spool === undefined || dryRun) return nothing
  try {
    const { sendSpool } = await import('../unsent/send-spool.ts')
    return await sendSpool(...parameters)
  } catch (error) {
    return { ...nothing, problems: [`The spool ${spool} could not be sent: ${(error as Error).message}.`] }
  }
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

/** What names of kept files and artifacts begin with. */
function toUnsentStem(build: Build): string {
  return `build-stats-unsent-${build.runId ?? 0}-${build.attempt ?? 1}`
}

function tell(outcome: Outcome, settings: Settings, { log, writeSummary }: Runner): void {
  for (const { text, failsJob, level } of findFaults(outcome, settings.failOnError)) {
    if (failsJob || (settings.failOnError && level === 'lost')) log.fail(text)
    else log.warning(text)
  }
  const { verdict } = outcome
  if (verdict?.level === 'told') log.info(explainVerdict(outcome, verdict))
  for (const text of findNotes(outcome)) log.info(text)
  printLostLines(outcome.storages, log)
  log.info(toHeadline(outcome))
  if (settings.summary === 'verdict') writeSummary(toVerdictLine(outcome, log.redact))
  else if (settings.summary) writeSummary(toSummary(outcome, settings.notices, log.redact))
}

function unique<T>(items: readonly T[], toKey: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [toKey(item), item])).values()]
}

function toValueText(value: FieldValue): string {
  return typeof value === 'object' ? `${value.value}` : JSON.stringify(typeof value === 'bigint' ? `${value}i` : value)
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
