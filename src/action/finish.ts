import type { Build } from '../build/build.ts'
import { redactData } from '../secrets/redact.ts'
import type { AskedBuild } from './ask-build.ts'
import { captureForStorages } from './capture-for.ts'
import { openLateFields } from './compare/late-fields.ts'
import { openDeadlines, toCallbackMs, toReserveMs } from './deadlines.ts'
import { explainRepeated, leaveToEarlier } from './earlier-steps.ts'
import { readEndSettings } from './end-settings.ts'
import { askEarlier, compare, keep, openCallbacks, sendEarlier } from './on-demand.ts'
import type { Outside } from './phase.ts'
import { readBuild, toEarlyBuild } from './read-build.ts'
import { reportNotices } from './report-notices.ts'
import { reportOutcome } from './report-outcome.ts'
import { readReportsFor, toReportsOutcome } from './reports/start-reading.ts'
import { toOutcome } from './to-outcome.ts'
import { writeBuild } from './write-build.ts'

/**
 * The post phase, in order: settings, the job from the API, captures, storages, what was not written, log and summary.
 * @param given the build as it is known before GitHub has answered
 * @param callbackScript the script of the process in which callbacks run
 */
export async function finish(outside: Outside, given: AskedBuild, callbackScript: URL): Promise<void> {
  const { runner } = outside
  const { log } = runner
  const { state } = given
  if (state === 'failed') {
    log.info('Build Stats: nothing is written because the inputs are invalid.')
    return
  }
  // The sampling process ends here even if something below fails.
  const used =
    state?.sampler &&
    (await (await import('./resources/read-resources.ts')).readResources(state.sampler, given.askedMs, runner))
  const endSettings = await readEndSettings(state, given.readInput, runner, given.event)
  if (endSettings === undefined) {
    for (const warning of given.warnings) log.warning(warning)
    return
  }
  // Main reports what it knows of the storages.
  if (state?.storages === undefined) reportNotices(endSettings, log)
  // The secrets of a `config` were not known when GitHub was asked.
  const startIdentity = redactData(given.startIdentity, log.redact)
  const asked = { ...given, startIdentity, contexts: redactData(given.contexts, log.redact) }
  const left = leaveToEarlier(endSettings, state?.earlier ?? [], startIdentity.builder, given.readInput)
  const { settings } = left
  if (left.repeated.length > 0) log.info(explainRepeated(left.repeated))
  if (left.repeated.length > 0 && settings.storages.length === 0) return
  // Reports are read while GitHub is asked.
  const reading = readReportsFor(settings, startIdentity.builder, outside, state)
  const early = toEarlyBuild(runner, asked, settings, state)
  const question = settings.compare && (await askEarlier(early, settings, outside))
  const { build: known, warnings: ofBuild } = await readBuild(runner, asked, settings, state, early)
  const build = used?.addTo(known) ?? known
  const warnings = [...ofBuild, ...(used?.warnings ?? [])]
  const reserveMs = outside.upload === undefined || settings.dryRun ? 0 : toReserveMs(settings.timeoutMs)
  const deadlines = openDeadlines(settings.timeoutMs, reserveMs, outside.cancel)
  const runCallbacks = openCallbacks(callbackScript, {
    signal: deadlines.signal,
    budgetMs: toCallbackMs(settings.timeoutMs),
  })
  const captured = await captureForStorages(settings.storages, build, runCallbacks)
  const late = settings.compare && openLateFields(settings.compare, captured.length)
  const sources = { startIdentity, state, settings, runCallbacks, reports: reading, late }
  // Both run at once: the query for earlier builds leaves this run out.
  const [compared, written] = await Promise.all([
    settings.compare && late && compare(build, captured, settings.compare, late, question, outside, deadlines),
    writeBuild(captured, sources, outside, deadlines),
  ])
  const places = { spool: settings.spool, upload: outside.upload, log }
  const files = written.map(({ unsent }) => unsent)
  const kept = await keep(files, toUnsentStem(build), places, deadlines.keepSignal)
  const spooled = await sendEarlier(written, settings, outside, deadlines)
  const reports = await toReportsOutcome(await reading, log.redact)
  const resources = used?.present(build)
  const results = { build, warnings, settings, captured, written, kept, spooled, compared, reports, resources }
  reportOutcome(toOutcome(results), settings, state?.warned ?? [], runner)
}

/** The names of kept files and artifacts start with it. */
function toUnsentStem(build: Build): string {
  return `build-stats-unsent-${build.runId ?? 0}-${build.attempt ?? 1}`
}
