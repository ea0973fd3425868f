import type { Deadlines } from '../action/deadlines.ts'
import { type Edges, nameStorage, openStorage, type WrittenTo, writeTo } from '../action/edges.ts'
import type { Settings } from '../action/settings.ts'
import type { StorageSettings } from '../action/storage-settings.ts'
import { readUnsentPoints } from './kept-reader.ts'
import { claimSpooled } from './spool-folder.ts'

/** What one job sends of what others left: enough to keep up, and no wait that anybody notices. */
const maxMs = 10_000
const maxBytes = 20_000_000

export interface Spooled {
  /** Points of other jobs. */
  readonly sent: number
  /** Why a file was left, or points of it are lost: sentences. */
  readonly problems: readonly string[]
}

/**
 * Sends what earlier jobs on this runner left in the spool to the storages that have just taken this job's points.
 */
export async function sendSpool(
  storages: readonly { readonly settings: StorageSettings; readonly outcome: WrittenTo }[],
  settings: Settings,
  edges: Edges,
  deadlines: Deadlines,
): Promise<Spooled> {
  const folder = settings.spool
  if (folder === undefined || settings.dryRun) return { sent: 0, problems: [] }
  const end = AbortSignal.any([deadlines.signal, AbortSignal.timeout(maxMs)])
  const endMs = performance.now() + maxMs
  const remainingMs = () => Math.max(0, Math.min(deadlines.remainingMs(), endMs - performance.now()))
  const problems: string[] = []
  let sent = 0
  let bytesLeft = maxBytes
  for (const { settings: storageSettings, outcome } of storages) {
    if (outcome.unsent + outcome.lost > 0 || outcome.problems.length > 0) continue
    const storage = openStorage(storageSettings, settings, edges)
    const name = edges.runner.log.redact(nameStorage(storageSettings.target))
    const isWanted = ({ target }: { readonly target: string }, bytes: number) =>
      !end.aborted && target === name && bytes <= bytesLeft
    for (const file of claimSpooled(folder, isWanted, edges.runner.now())) {
      bytesLeft -= file.bytes
      const { batches, report } = readUnsentPoints(file.path)
      const writing = { signal: end, readSignal: end, remainingMs, unsent() {} }
      const { written, unsent, lost, gaveUp, isDown, problems: found } = await writeTo(storage, batches, 0, writing)
      sent += written
      // What no server would ever take is not tried again by every job to come.
      const isDone = unsent + report.malformed === 0 && gaveUp !== true
      if (isDone) file.remove()
      else file.release()
      const why = [...found, ...(report.problem === undefined ? [] : [report.problem])].join('; ')
      if (!isDone) problems.push(`Left in the spool: ${file.header.builder}, run ${file.header.run_id}: ${why}.`)
      else if (lost > 0)
        problems.push(
          `${lost} points of ${file.header.builder}, run ${file.header.run_id}, in the spool are lost: ${why}.`,
        )
      if (isDown === true || end.aborted) break
    }
  }
  return { sent, problems }
}
