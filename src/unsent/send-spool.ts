import type { Deadlines } from '../action/deadlines.ts'
import type { Edges } from '../action/edges.ts'
import { readClockMs } from '../clock.ts'
import {
  maxRequestLines,
  spoolRequestsMs,
  spoolSendBytes,
  spoolSendFiles,
  spoolSendMs,
  spoolTurnMs,
} from '../limits.ts'
import { explainConflicts, explainConversions } from '../presentation/explain-conflict.ts'
import { printLostLines } from '../presentation/lost-lines.ts'
import { countOf } from '../presentation/outcome.ts'
import type { Settings } from '../settings/settings.ts'
import type { StorageSettings } from '../settings/storage-settings.ts'
import type { WrittenTo } from '../storage/open-storage.ts'
import { type Answer, createSender, type SentFile } from './sender.ts'
import { toSending } from './sending.ts'
import { openSpool, type SpoolSource } from './spool-source.ts'

export interface Spooled {
  /** Points of other jobs. */
  readonly sent: number
  /** Why files were left: sentences. */
  readonly problems: readonly string[]
  /** Points of other jobs that are gone, and fields that were left out: sentences. */
  readonly losses: readonly string[]
}

const nothing: Spooled = { sent: 0, problems: [], losses: [] }

/**
 * Sends what earlier jobs on this runner left in the spool to the storages that have just taken this job's points.
 * @throws Error where the spool cannot be read
 */
export async function sendSpool(
  storages: readonly { readonly settings: StorageSettings; readonly outcome: WrittenTo }[],
  settings: Settings,
  edges: Edges,
  deadlines: Deadlines,
): Promise<Spooled> {
  const folder = settings.spool
  const up = storages.filter(({ outcome }) => outcome.written > 0 && outcome.isDown !== true && outcome.gaveUp !== true)
  if (folder === undefined || settings.dryRun || up.length === 0) return nothing
  return await sendFrom(
    folder,
    up.map((one) => one.settings),
    edges,
    deadlines,
  )
}

async function sendFrom(
  folder: string,
  storages: readonly StorageSettings[],
  edges: Edges,
  deadlines: Deadlines,
): Promise<Spooled> {
  let spool: SpoolSource
  try {
    spool = openSpool(folder)
  } catch (error) {
    // It is made when there is something to keep.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing
    throw error
  }
  const endMs = readClockMs() + spoolRequestsMs
  const sender = createSender(
    storages.map((one) => toSending(one, false, edges, true)),
    {
      signal: AbortSignal.any([deadlines.signal, AbortSignal.timeout(spoolSendMs)]),
      remainingMs: () => Math.max(0, Math.min(deadlines.remainingMs(), endMs - readClockMs())),
      now: readClockMs,
      turnMs: spoolTurnMs,
      maxBytes: spoolSendBytes,
      maxFiles: spoolSendFiles,
      maxLines: maxRequestLines,
      maxRefusals: 3,
      mayMove: false,
      isDryRun: false,
      redact: edges.runner.log.redact,
    },
  )
  for (const waiting of spool.waiting) await sender.offer(waiting)
  await sender.finish()
  printLostLines(sender.results, edges.runner.log)
  return {
    sent: sender.files.reduce((sum, { sent }) => sum + sent, 0),
    problems: [...explainLeft(sender.files), ...explainPassedOver(spool, folder), ...explainChanges(sender.results)],
    losses: [...explainLost(sender.files), ...explainConflicts(sender.results)],
  }
}

const maxTold = 5

/** One sentence for files that share a reason. */
function explainLeft(files: readonly SentFile[]): string[] {
  const reasons = [...Map.groupBy(files, ({ why }) => why)].filter(([why]) => why !== undefined)
  const more = reasons.length - maxTold
  return [
    ...reasons.slice(0, maxTold).map(([why, group]) => {
      const others = group.length > 1 ? ` and ${group.length - 1} more` : ''
      return `Left in the spool: ${nameOrigin(group[0])}${others}${countLines(group)}: ${why}.`
    }),
    ...(more > 0 ? [`Other files are left in the spool for ${more} more reasons.`] : []),
  ]
}

function explainLost(files: readonly SentFile[]): string[] {
  const lost = files.filter(({ whyLost }) => whyLost !== undefined)
  const count = (group: readonly SentFile[]) => group.reduce((sum, file) => sum + file.lost, 0)
  const more = lost.slice(maxTold)
  return [
    ...lost.slice(0, maxTold).map((file) => {
      return `${countOf(file.lost, 'point')} of ${nameOrigin(file)}, in the spool ${file.lost === 1 ? 'is' : 'are'} lost: ${file.whyLost}.`
    }),
    ...(more.length > 0
      ? [`${countOf(count(more), 'point')} of ${more.length} more files in the spool are lost.`]
      : []),
  ]
}

function nameOrigin(file: SentFile | undefined): string {
  return `${file?.header.builder}, run ${file?.header.run_id}`
}

function countLines(files: readonly SentFile[]): string {
  const lines = files.reduce((sum, { left = 0 }) => sum + left, 0)
  return lines === 0 ? '' : ` (${countOf(lines, 'point')})`
}

/** What was changed so that a storage took it: sentences, and no fault. */
export function explainChanges(results: readonly Answer[]): string[] {
  return [
    ...explainConversions(results),
    ...results.flatMap(({ name, changes }) => [...changes].map((change) => `${name}: ${change}.`)),
  ]
}

/** Files that are not even looked at: a sentence. */
export function explainPassedOver({ passedOver }: Pick<SpoolSource, 'passedOver'>, folder: string): string[] {
  const reasons = [...passedOver].map(([reason, count]) => `${count} ${reason}`)
  return reasons.length === 0 ? [] : [`Passed over in ${folder}: ${reasons.join(', ')}.`]
}
