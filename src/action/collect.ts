import { readEvent } from '../github/context.ts'
import { toApiUrl } from '../github/job.ts'
import { openRunsApi } from '../github/runs-api.ts'
import { collectWritePart } from '../limits.ts'
import {
  type CollectOutcome,
  findCollectFaults,
  findCollectNotes,
  toCollectHeadline,
  toCollectSummary,
  toCollectTotals,
} from '../presentation/collect-report.ts'
import { printLostLines } from '../presentation/lost-lines.ts'
import { type CollectSettings, parseCollectSettings } from '../settings/collect.ts'
import { SettingsError } from '../settings/problem.ts'
import { toRunFacts } from '../settings/run-facts.ts'
import { keepUnsent } from '../unsent/keep-unsent.ts'
import { readKnownCollected } from './collect/known-collected.ts'
import { collectRepositories } from './collect/repositories.ts'
import { collectTriggering } from './collect/triggering.ts'
import { openCollectWriter } from './collect/write-collected.ts'
import { openDeadlines, toReserveMs } from './deadlines.ts'
import type { Outside } from './phase.ts'

/** The collect action: writes GitHub's records of whole runs, either of the run that triggered it or of all runs since the last collection. */
export async function collect(outside: Outside): Promise<void> {
  const { runner, http, upload } = outside
  const { env, log } = runner
  const event = readEvent(env)
  let settings: CollectSettings
  try {
    const run = toRunFacts(runner, 'collect', event)
    settings = await parseCollectSettings(runner.readInput, run, runner.now())
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    log.fail(error.message)
    return
  }
  const deadlines = openDeadlines(
    settings.timeoutMs,
    upload === undefined || settings.dryRun ? 0 : toReserveMs(settings.timeoutMs),
    outside.cancel,
  )
  const asking = AbortSignal.any([outside.cancel, AbortSignal.timeout(settings.timeoutMs * (1 - collectWritePart))])
  const query = { token: settings.githubToken, apiUrl: toApiUrl(env), maxRequests: settings.maxRequests }
  const api = await openRunsApi(query, http, asking)
  const isTriggered = env.GITHUB_EVENT_NAME === 'workflow_run'
  const known = isTriggered ? nothingKnown : await readKnownCollected(settings, outside, asking)
  const writer = openCollectWriter(settings, known.storages, outside, deadlines)
  const work = {
    settings,
    api,
    writer,
    env,
    event,
    asking,
    known: known.storages.filter((one) => one !== undefined),
    nowMs: runner.now(),
  }
  const report = isTriggered ? await collectTriggering(work) : await collectRepositories(work)
  const places = { spool: settings.spool, upload, log }
  const files = writer.results.map(({ unsent }) => unsent)
  const stem = `build-stats-unsent-${env.GITHUB_RUN_ID ?? 0}-${env.GITHUB_RUN_ATTEMPT ?? 1}`
  const kept = await keepUnsent(files, stem, places, deadlines.keepSignal)
  const outcome: CollectOutcome = {
    ...report,
    notes: [...settings.notes, ...known.notes, ...report.notes],
    problems: [...known.problems, ...report.problems],
    storages: writer.results.map(({ outcome, unsent }) => ({ ...outcome, kept: kept.get(unsent) })),
    requests: api.requests,
    dryRun: settings.dryRun,
  }
  tell(outcome, settings, outside)
}

const nothingKnown = { storages: [], notes: [], problems: [] }

function tell(outcome: CollectOutcome, { failOnError, summary }: CollectSettings, { runner }: Outside): void {
  const { log, setOutput, writeSummary } = runner
  const { untilMs, ...totals } = toCollectTotals(outcome)
  for (const [name, count] of Object.entries(totals)) setOutput(name, String(count))
  setOutput('until', untilMs === undefined ? '' : new Date(untilMs).toISOString())
  printLostLines(outcome.storages, log)
  for (const text of findCollectFaults(outcome)) {
    if (failOnError) log.fail(text)
    else log.warning(text)
  }
  for (const text of outcome.limits) log.notice(text)
  for (const text of findCollectNotes(outcome)) log.info(text)
  log.info(toCollectHeadline(outcome))
  log.debug(`${outcome.requests} requests to GitHub.`)
  if (summary) writeSummary(toCollectSummary(outcome, log.redact))
}
