import type { Build } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { JsonObject } from '../build/json.ts'
import { type DataReport, mergeReports } from '../capture/data-report.ts'
import { appliesTo } from '../capture/matching.ts'
import { explainMiss, mergeMisses } from '../capture/miss.ts'
import { printLostLines } from '../presentation/lost-lines.ts'
import { explainVerdict, findFaults, findNotes, type Outcome, toHeadline } from '../presentation/outcome.ts'
import type { Spooled } from '../presentation/spool-report.ts'
import { toSummary, toVerdictLine } from '../presentation/summary.ts'
import { createCallbackRunner } from '../runner/callbacks.ts'
import type { Runner } from '../runner/runner.ts'
import { redactData } from '../secrets/redact.ts'
import { readFailOnError } from '../settings/early-inputs.ts'
import { SettingsError } from '../settings/problem.ts'
import { toRunFacts } from '../settings/run-facts.ts'
import { parseSettings, type Settings } from '../settings/settings.ts'
import { toFallbackPath } from '../settings/targets.ts'
import type { keepUnsent } from '../unsent/keep-unsent.ts'
import type { AskedBuild } from './ask-build.ts'
import { type CapturedForStorage, captureForStorages } from './capture-for.ts'
import type { compareBuild } from './compare-build.ts'
import { openDeadlines, toCallbackMs, toReserveMs } from './deadlines.ts'
import { explainRepeated, leaveToEarlier } from './earlier-steps.ts'
import type { askEarly, EarlyQuestion } from './early-question.ts'
import { readKnownInputs } from './known-storages.ts'
import { openLateFields } from './late-fields.ts'
import type { Outside } from './phase.ts'
import { readBuild, toEarlyBuild } from './read-build.ts'
import { reconcileStorages } from './reconcile-storages.ts'
import { readReportsFor, toReportsOutcome } from './reports.ts'
import type { sendSpooled } from './send-spooled.ts'
import type { State } from './state.ts'
import { writeBuild } from './write-build.ts'

/**
 * The post phase: settings again, the job from the API, captures, storages, log and summary.
 * @param given the build, as it is known before GitHub has answered
 * @param callbackScript of the process in which callbacks run
 */
export async function finish(outside: Outside, given: AskedBuild, callbackScript: URL): Promise<void> {
  const { runner } = outside
  const { log } = runner
  const { state } = given
  if (state === 'failed') {
    log.info('Build Stats: nothing is written because the inputs are invalid.')
    return
  }
  let settings: Settings
  try {
    settings = await parseEndSettings(state, runner, given.event)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    const text = `No statistics of this job were written. ${error.message}`
    if (readFailOnError(runner.readInput)) log.fail(text)
    else log.error(text)
    return
  }
  // Secrets of a `config` are known by now, and were not when GitHub was asked.
  const startIdentity = redactData(given.startIdentity, log.redact)
  const asked = { ...given, startIdentity, contexts: redactData(given.contexts, log.redact) }
  const left = leaveToEarlier(settings, state?.earlier ?? [], startIdentity.builder, runner.readInput)
  settings = left.settings
  if (left.repeated.length > 0) log.info(explainRepeated(left.repeated))
  if (left.repeated.length > 0 && settings.storages.length === 0) return
  // Read while GitHub is asked.
  const reading = readReportsFor(settings, startIdentity.builder, outside, state)
  const early = toEarlyBuild(runner, asked, settings, state)
  const question = settings.compare && (await askEarlier(early, settings, outside))
  const { build, warnings } = await readBuild(runner, asked, settings, state, early)
  const reserveMs = outside.upload === undefined || settings.dryRun ? 0 : toReserveMs(settings.timeoutMs)
  const deadlines = openDeadlines(settings.timeoutMs, reserveMs, outside.cancel)
  const runCallbacks = createCallbackRunner(callbackScript, {
    signal: deadlines.signal,
    budgetMs: toCallbackMs(settings.timeoutMs),
  })
  const captured = await captureForStorages(settings.storages, build, runCallbacks)
  const late = settings.compare && openLateFields(settings.compare, captured.length)
  const sources = { startIdentity, state, settings, runCallbacks, reports: reading, late }
  // Side by side: this build's own row is known by its run, and is not among the earlier ones.
  const [compared, written] = await Promise.all([
    settings.compare && late && compare(build, captured, settings.compare, late, question, outside, deadlines),
    writeBuild(captured, sources, outside, deadlines),
  ])
  const places = { spool: settings.spool, upload: outside.upload, log }
  const files = written.map(({ unsent }) => unsent)
  const kept = await keep(files, toUnsentStem(build), places, deadlines.keepSignal)
  const spooled = await sendEarlier(written, settings, outside, deadlines)
  const data = mergeReports(written.map((one) => one.data))
  const reports = await toReportsOutcome(await reading, log.redact)
  const outcome: Outcome = {
    build,
    columns: unique(
      captured.flatMap(({ laidOut }) => laidOut.columns),
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
          // What is wrong with a file comes before what is wrong with a value.
          ...reports.misses,
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
        ...data.warnings,
        ...reports.warnings,
        ...[...data.reported].filter((name) => data.names.has(name)).map(explainTwice),
      ],
      (text) => text,
    ),
    secretNames: unique(
      captured.flatMap(({ captures }) => captures.secretNames),
      (name) => name,
    ),
    data,
    notes: unique(
      [...captured.flatMap(({ captures }) => captures.notes), ...data.notes].map((text) => `${text}.`),
      (text) => text,
    ),
    reports: reports.parts,
    reportNotes: reports.notes,
    unyielded: findUnyielded(captured, data),
    storages: written.map(({ settings: { layout, rules }, outcome, hasStart, unsent }, index) => ({
      ...{ ...outcome, hasStart, kept: kept.get(unsent) },
      origin: {
        builder: captured[index]?.build.builder ?? build.builder,
        ...{ layout, rules, columns: captured[index]?.laidOut.columns ?? [] },
      },
    })),
    spooled,
    settingFaults: [...settings.missingSecrets, ...settings.losses],
    compared: compared ?? [],
    steps: 'ran' in build.steps ? build.steps.ran : [],
  }
  reportOutcome(outcome, settings, runner)
}

/** The settings of post, as far as they agree with those of main. */
async function parseEndSettings(state: State | undefined, runner: Runner, event: JsonObject): Promise<Settings> {
  const { redact } = runner.log
  const run = toRunFacts(runner, 'post', event)
  const settings = await parseSettings(readKnownInputs(runner.readInput, state?.inputs), run)
  if (state?.storages === undefined || settings.storages.length === 0) return settings
  const { storages, warnings } = reconcileStorages(settings.storages, state.storages, toFallbackPath(run), redact)
  // What the inputs of now say of a file that stands in for a server is not so.
  const told = warnings.length > 0 ? { notices: [], missingSecrets: [] } : {}
  return { ...settings, ...told, storages, warnings: [...settings.warnings, ...warnings] }
}

/** Loaded where there is a spool. */
async function sendEarlier(...parameters: Parameters<typeof sendSpooled>): Promise<Spooled> {
  const [, { spool, dryRun }] = parameters
  if (spool === undefined || dryRun) return { sent: 0, problems: [], losses: [] }
  const { sendSpooled } = await import('./send-spooled.ts')
  return await sendSpooled(...parameters)
}

/** Loaded while GitHub is asked. Where it goes wrong the question is asked later. */
async function askEarlier(...parameters: Parameters<typeof askEarly>): Promise<EarlyQuestion | undefined> {
  try {
    const { askEarly } = await import('./early-question.ts')
    return askEarly(...parameters)
  } catch {
    return undefined
  }
}

/** Loaded where somebody asks for it. Whatever goes wrong with it, what is written is told. */
async function compare(...parameters: Parameters<typeof compareBuild>) {
  try {
    const { compareBuild } = await import('./compare-build.ts')
    return await compareBuild(...parameters)
  } catch (error) {
    const [, , , , , { runner }] = parameters
    const why = `because of a defect in Build Stats: ${(error as Error).message}`
    runner.log.warning(`This build was not compared with earlier ones, ${why}`)
    return undefined
  } finally {
    const [, , , late] = parameters
    late.settle([])
  }
}

/** Loaded where there is something to keep: hardly ever. */
async function keep(...given: Parameters<typeof keepUnsent>): ReturnType<typeof keepUnsent> {
  if (given[0].every(({ lines, failure }) => lines === 0 && failure === undefined)) return new Map()
  const { keepUnsent } = await import('../unsent/keep-unsent.ts')
  return await keepUnsent(...given)
}

/** What names of kept files and artifacts begin with. */
function toUnsentStem(build: Build): string {
  return `build-stats-unsent-${build.runId ?? 0}-${build.attempt ?? 1}`
}

function reportOutcome(outcome: Outcome, settings: Settings, { log, writeSummary }: Runner): void {
  for (const { text, failsJob, level } of findFaults(outcome, settings.failOnError)) {
    if (failsJob || (settings.failOnError && level === 'lost')) log.fail(text)
    else log.warning(text)
  }
  for (const one of outcome.compared ?? []) {
    if (one.verdict.level === 'info') log.info(explainVerdict(outcome, one))
  }
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
function findUnyielded(captured: readonly CapturedForStorage[], data: DataReport): Map<string, string | undefined> {
  const names = captured.flatMap(({ storage, build }) =>
    storage.rules.flatMap((rule) =>
      rule.kind === 'data' && 'name' in rule.match && appliesTo(rule, build.builder) ? [rule.match.name] : [],
    ),
  )
  const empty = new Map(captured.flatMap(({ outputs }) => [...outputs.empty]))
  return new Map(names.filter((name) => !data.names.has(name)).map((name) => [name, empty.get(name)]))
}

function explainTwice(name: string): string {
  return `Both a report and other data are called "${name}": a table of it shows the two as one. Give the report's rule a "name".`
}
