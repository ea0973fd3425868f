import { readClockMs } from '../clock.ts'
import {
  maxRequestLines,
  spoolRequestsMs,
  spoolSendBytes,
  spoolSendFiles,
  spoolSendMs,
  spoolTurnMs,
} from '../limits.ts'
import type { Settings } from '../settings/settings.ts'
import type { StorageSettings } from '../settings/storages.ts'
import type { StorageOutside, WrittenTo } from '../storage/open-storage.ts'
import type { Writing } from '../storage/storage.ts'
import type { SentFile } from './file-job.ts'
import { createSender } from './sender.ts'
import { toSending } from './sending.ts'
import type { Answer } from './server.ts'
import { openSpool, type SpoolSource } from './spool-source.ts'

/** The results of sending a spool. */
export interface SentSpool {
  readonly files: readonly SentFile[]
  /** The answers of each storage. */
  readonly results: readonly Answer[]
  /** Why files were skipped, and how many for each reason. */
  readonly passedOver: ReadonlyMap<string, number>
}

const nothing: SentSpool = { files: [], results: [], passedOver: new Map() }

/**
 * Sends the files that earlier jobs on this runner left in the spool to the storages that have just accepted this job's points.
 * @throws Error if the spool cannot be read
 */
export async function sendSpool(
  storages: readonly { readonly settings: StorageSettings; readonly outcome: WrittenTo }[],
  settings: Settings,
  outside: StorageOutside,
  deadlines: Pick<Writing, 'signal' | 'remainingMs'>,
): Promise<SentSpool> {
  const folder = settings.spool
  const up = storages.filter(({ outcome }) => outcome.written > 0 && outcome.isDown !== true && outcome.gaveUp !== true)
  if (folder === undefined || settings.dryRun || up.length === 0) return nothing
  return await sendFrom(
    folder,
    up.map((one) => one.settings),
    outside,
    deadlines,
  )
}

async function sendFrom(
  folder: string,
  storages: readonly StorageSettings[],
  outside: StorageOutside,
  deadlines: Pick<Writing, 'signal' | 'remainingMs'>,
): Promise<SentSpool> {
  let spool: SpoolSource
  try {
    spool = openSpool(folder)
  } catch (error) {
    // The folder is created when the first points are kept.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return nothing
    throw error
  }
  const endMs = readClockMs() + spoolRequestsMs
  const sender = createSender(
    storages.map((one) => toSending(one, false, outside, true)),
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
      redact: outside.runner.log.redact,
    },
  )
  for (const waiting of spool.waiting) await sender.offer(waiting)
  await sender.finish()
  return { files: sender.files, results: sender.results, passedOver: spool.passedOver }
}
