import { countOf } from '../build/quantity.ts'
import { readClockMs } from '../clock.ts'
import { openArtifacts } from '../github/artifacts.ts'
import { readEvent } from '../github/context.ts'
import { toApiUrl } from '../github/job.ts'
import { maxReplayFiles, maxReplayTurnMs, maxRequestLines, minReplayTurnMs } from '../limits.ts'
import { explainConflicts } from '../presentation/explain-conflict.ts'
import { printLostLines } from '../presentation/lost-lines.ts'
import {
  findReplayFaults,
  mergeReplayed,
  type ReplayOutcome,
  toLeftReplayed,
  toReplayed,
  toReplayHeadline,
  toReplaySummary,
  toTotals,
} from '../presentation/replay-report.ts'
import { explainChanges, explainPassedOver } from '../presentation/spool-report.ts'
import { SettingsError } from '../settings/problem.ts'
import { parseReplaySettings, type ReplaySettings } from '../settings/replay.ts'
import { toRunFacts } from '../settings/run-facts.ts'
import { offerArtifacts, unsentPrefix } from '../unsent/replay-artifacts.ts'
import { createSender, type Sender } from '../unsent/sender.ts'
import { toSending } from '../unsent/sending.ts'
import { openSpool, type SpoolSource } from '../unsent/spool-source.ts'
import type { Outside } from './phase.ts'

/** The replay action: writes points that jobs could not write, from the spool and from artifacts of the repository. */
export async function replay(outside: Outside): Promise<void> {
  const { runner } = outside
  const { log } = runner
  let settings: ReplaySettings
  try {
    const run = toRunFacts(runner, 'replay', readEvent(runner.env))
    settings = await parseReplaySettings(runner.readInput, run)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    log.fail(error.message)
    return
  }
  const endMs = readClockMs() + settings.timeoutMs
  const signal = AbortSignal.any([outside.cancel, AbortSignal.timeout(settings.timeoutMs)])
  const sender = createSender(
    settings.storages.map((one) => toSending(one, settings.dryRun, outside, false)),
    {
      signal,
      remainingMs: () => Math.max(0, endMs - readClockMs()),
      now: readClockMs,
      turnMs: Math.min(maxReplayTurnMs, Math.max(minReplayTurnMs, settings.timeoutMs / 20)),
      maxBytes: Number.POSITIVE_INFINITY,
      maxFiles: maxReplayFiles,
      maxLines: maxRequestLines,
      maxRefusals: 30,
      mayMove: true,
      isDryRun: settings.dryRun,
      redact: log.redact,
    },
  )
  const spooled = settings.spool === undefined ? { problems: [], notes: [] } : await offerSpool(settings.spool, sender)
  const found = await offerRepository(settings, sender, outside, signal)
  await sender.finish()
  printLostLines(sender.results, log)
  const outcome: ReplayOutcome = {
    replayed: mergeReplayed([...sender.files.map(toReplayed), ...found.replayed]),
    sent: sender.sent,
    problems: [...spooled.problems, ...found.problems, ...explainConflicts(sender.results)],
    notes: [...spooled.notes, ...found.notes, ...explainChanges(sender.results)],
    dryRun: settings.dryRun,
  }
  reportReplay(outcome, settings, outside)
}

type Told = Pick<ReplayOutcome, 'problems' | 'notes'>

async function offerSpool(folder: string, sender: Sender): Promise<Told> {
  let spool: SpoolSource
  try {
    spool = openSpool(folder)
  } catch (error) {
    return { problems: [explainSpool(folder, error as NodeJS.ErrnoException)], notes: [] }
  }
  for (const waiting of spool.waiting) await sender.offer(waiting)
  const { claimed } = spool
  const are = claimed === 1 ? 'is' : 'are'
  return {
    problems: explainPassedOver(spool, folder),
    notes: claimed === 0 ? [] : [`${countOf(claimed, 'file')} in ${folder} ${are} being sent by other jobs.`],
  }
}

/** A sentence with what to change. */
function explainSpool(folder: string, { code, message }: NodeJS.ErrnoException): string {
  const remedy =
    code === 'ENOENT'
      ? 'it does not exist: give the folder that jobs on this runner use as spool, or create it'
      : code === 'ENOTDIR'
        ? 'it is not a folder: give the folder that jobs on this runner use as spool'
        : code === 'EACCES' || code === 'EPERM'
          ? `this user may not read it (${code}): run the replay as the user that runs the jobs`
          : message
  return `The spool ${folder} was not read (input spool): ${remedy}.`
}

async function offerRepository(
  settings: ReplaySettings,
  sender: Sender,
  { runner, http }: Outside,
  signal: AbortSignal,
): Promise<Told & Pick<ReplayOutcome, 'replayed'>> {
  const { env, log } = runner
  if (settings.githubToken === undefined) return { replayed: [], problems: [], notes: [] }
  const query = { token: settings.githubToken, apiUrl: toApiUrl(env), repository: env.GITHUB_REPOSITORY ?? '' }
  try {
    const artifacts = await openArtifacts(query, http, signal)
    const { artifacts: found, isCut } = await artifacts.list(unsentPrefix, (seen, total) => {
      if (seen % 1000 === 0 && seen > 0) log.info(`Read the list of artifacts: ${seen} of ${total}.`)
    })
    const own = found.filter(({ isOwn }) => isOwn)
    if (own.length > 0) log.info(`Artifacts with points that could not be written: ${own.length}.`)
    const left = await offerArtifacts(own, artifacts, sender, runner, signal)
    const cut = 'The repository has more artifacts than this action lists, and older ones may also hold points.'
    return {
      replayed: left.map(toLeftReplayed),
      problems: isCut ? [cut] : [],
      notes: explainForeign(found.length - own.length),
    }
  } catch (error) {
    const problem = `Artifacts of the repository were not listed: ${(error as Error).message}.`
    return { replayed: [], problems: [problem], notes: [] }
  }
}

function explainForeign(count: number): string[] {
  const are = count === 1 ? 'is' : 'are'
  return count === 0
    ? []
    : [`${countOf(count, 'artifact')} ${are} skipped: a run of a fork made them and could have put anything into them.`]
}

function reportReplay(outcome: ReplayOutcome, { failOnError, summary }: ReplaySettings, { runner }: Outside): void {
  const { log, writeSummary, setOutput } = runner
  for (const [name, count] of Object.entries(toTotals(outcome))) setOutput(name, String(count))
  for (const text of findReplayFaults(outcome)) {
    if (failOnError) log.fail(text)
    else log.warning(text)
  }
  for (const text of outcome.notes) log.info(text)
  log.info(toReplayHeadline(outcome))
  if (summary) writeSummary(toReplaySummary(outcome, log.redact))
}
