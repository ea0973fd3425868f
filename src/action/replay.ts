import { openArtifacts } from '../github/artifacts.ts'
import { readEvent } from '../github/context.ts'
import { toApiUrl } from '../github/job.ts'
import { replayArtifacts, unsentPrefix } from '../unsent/replay-artifacts.ts'
import {
  findReplayFaults,
  findReplayNotes,
  type Replayed,
  type ReplayOutcome,
  toReplayHeadline,
  toReplaySummary,
} from '../unsent/replay-report.ts'
import { replaySpool } from '../unsent/replay-spool.ts'
import { createFileReplayer, type FileReplayer } from '../unsent/sender.ts'
import type { Edges } from './edges.ts'
import { SettingsError } from './problem.ts'
import { parseReplaySettings, type ReplaySettings } from './replay-settings.ts'
import { toSurroundings } from './surroundings.ts'

/** The replay action: what jobs could not write is written, from the spool and from artifacts of the repository. */
export async function replay(edges: Edges): Promise<void> {
  const { runner } = edges
  const { log } = runner
  let settings: ReplaySettings
  try {
    const around = toSurroundings(runner, 'replay', readEvent(runner.env))
    settings = await parseReplaySettings(runner.readInput, around)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    log.fail(error.message)
    return
  }
  const endMs = performance.now() + settings.timeoutMs
  const signal = AbortSignal.any([edges.cancel, AbortSignal.timeout(settings.timeoutMs)])
  const files = createFileReplayer(settings, edges, signal, () => Math.max(0, endMs - performance.now()))
  const spooled = settings.spool === undefined ? [] : await replaySpool(settings.spool, files, settings.dryRun, runner)
  const { replayed, problems, foreign } = await replayRepository(settings, files, edges, signal)
  const outcome: ReplayOutcome = {
    replayed: [...spooled, ...replayed],
    sent: files.sent,
    problems: [...problems, ...files.conflicts],
    foreign,
    dryRun: settings.dryRun,
  }
  tell(outcome, settings, edges)
}

type FromRepository = Pick<ReplayOutcome, 'replayed' | 'problems' | 'foreign'>

async function replayRepository(
  settings: ReplaySettings,
  files: FileReplayer,
  { runner, http }: Edges,
  signal: AbortSignal,
): Promise<FromRepository> {
  const { env, log } = runner
  if (settings.githubToken === undefined) return { replayed: [], problems: [], foreign: 0 }
  const query = { token: settings.githubToken, apiUrl: toApiUrl(env), repository: env.GITHUB_REPOSITORY ?? '' }
  let replayed: readonly Replayed[] = []
  try {
    const artifacts = await openArtifacts(query, http, signal)
    const { artifacts: found, isCut } = await artifacts.list(unsentPrefix, (seen, total) => {
      if (seen % 1000 === 0 && seen > 0) log.info(`${seen} of ${total} artifacts of the repository looked at.`)
    })
    const own = found.filter(({ isOwn }) => isOwn)
    if (own.length > 0) log.info(`Artifacts with points that were not written: ${own.length}.`)
    replayed = await replayArtifacts(own, artifacts, files, settings.dryRun, runner)
    const cut = 'The repository has more artifacts than this action looks at, and older ones may hold points, too.'
    return { replayed, problems: isCut ? [cut] : [], foreign: found.length - own.length }
  } catch (error) {
    const problem = `Artifacts of the repository were not looked for: ${(error as Error).message}.`
    return { replayed, problems: [problem], foreign: 0 }
  }
}

function tell(outcome: ReplayOutcome, { failOnError, summary }: ReplaySettings, { runner }: Edges): void {
  const { log, writeSummary } = runner
  for (const text of findReplayFaults(outcome)) {
    if (failOnError) log.fail(text)
    else log.warning(text)
  }
  for (const text of findReplayNotes(outcome)) log.info(text)
  log.info(toReplayHeadline(outcome))
  if (!summary) return
  try {
    writeSummary(toReplaySummary(outcome, log.redact))
  } catch (error) {
    log.warning(`The job summary could not be written: ${(error as Error).message}`)
  }
}
