import type { Point } from '../point/point.ts'
import type { UnsentHeader } from '../storage/unsent-file.ts'
import { type Edges, openStorage, writeTo } from './edges.ts'
import { explainConflicts } from './explain-conflict.ts'
import { explainUnmatched, matchStorage } from './match-storage.ts'
import type { ReplaySettings } from './replay-settings.ts'
import type { StorageSettings } from './storage-settings.ts'
import { readUnsentPoints } from './unsent-points.ts'

/** What became of an unsent file. */
export interface ReplayedFile {
  /** Points that a storage took. */
  readonly points: number
  /** Why the file must stay, a clause; undefined where everything in it was accepted. */
  readonly left: string | undefined
}

/** Sends unsent files to the storages that they are for. */
export interface FileReplayer {
  /** Why no file can be sent any more, a clause; undefined while there may be one. */
  findEnd(): string | undefined
  /** Why a file of that header is not sent, a clause; undefined where it can be. */
  refuse(header: UnsentHeader): string | undefined
  send(path: string, header: UnsentHeader, label: string): Promise<ReplayedFile>
  /** Points by the name of the storage that took them. */
  readonly sent: ReadonlyMap<string, number>
  /** Fields that points were written without: sentences. */
  readonly conflicts: readonly string[]
}

const progressMs = 10_000

/** @param remainingMs until `signal` ends everything */
export function createFileReplayer(
  settings: ReplaySettings,
  edges: Edges,
  signal: AbortSignal,
  remainingMs: () => number,
): FileReplayer {
  const { log } = edges.runner
  const sent = new Map<string, number>()
  const conflicts: string[] = []
  /** Storages that took no more of an earlier file, and would hold up what is for others. */
  const down = new Map<StorageSettings, string>()

  function findEnd(): string | undefined {
    if (signal.aborted) return 'the time was over (input timeout) before it was sent'
    const reasons = settings.storages.map((one) => down.get(one))
    return reasons.every((reason) => reason !== undefined) ? reasons[0] : undefined
  }

  function refuse(header: UnsentHeader): string | undefined {
    const end = findEnd()
    if (end !== undefined) return end
    const storage = matchStorage(header, settings.storages, log.redact)
    return storage === undefined ? explainUnmatched(header) : down.get(storage)
  }

  async function send(path: string, header: UnsentHeader, label: string): Promise<ReplayedFile> {
    const settingsOfOne = matchStorage(header, settings.storages, log.redact)
    if (settingsOfOne === undefined) return { points: 0, left: explainUnmatched(header) }
    const storage = openStorage(settingsOfOne, settings, edges)
    const { batches, report } = readUnsentPoints(path)
    // Half of what is left at most: another storage may be well.
    const budgetMs = remainingMs() / 2
    const startMs = performance.now()
    const end = AbortSignal.any([signal, AbortSignal.timeout(Math.ceil(budgetMs))])
    const writing = {
      signal: end,
      readSignal: end,
      remainingMs: () => Math.max(0, budgetMs - (performance.now() - startMs)),
      unsent() {},
    }
    const result = await writeTo(storage, tellProgress(batches, label, log.info), 0, writing)
    const { written, unsent, lost, gaveUp, isDown, problems } = result
    sent.set(storage.name, (sent.get(storage.name) ?? 0) + written)
    conflicts.push(...explainConflicts([result]))
    const why = [...problems, ...(report.problem === undefined ? [] : [report.problem])].join('; ')
    const isDone = unsent + lost + report.malformed === 0 && gaveUp !== true && problems.length === 0
    if (isDown === true || gaveUp === true) down.set(settingsOfOne, `${storage.name} took no more: ${why}`)
    const count = unsent + lost + report.malformed
    const what = count === 0 ? '' : `${count} of its lines `
    return { points: written, left: isDone ? undefined : `${what}could not be written to ${storage.name}: ${why}` }
  }

  return { findEnd, refuse, send, sent, conflicts }
}

/** Says every ten seconds how far it is. */
async function* tellProgress(
  batches: AsyncIterable<readonly Point[]>,
  label: string,
  tell: (text: string) => void,
): AsyncGenerator<readonly Point[]> {
  let count = 0
  let toldMs = performance.now()
  for await (const batch of batches) {
    yield batch
    count += batch.length
    if (performance.now() - toldMs < progressMs) continue
    toldMs = performance.now()
    tell(`${count} points of ${label} so far.`)
  }
}
