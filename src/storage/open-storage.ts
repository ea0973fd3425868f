import type { HttpClient } from '../http/client.ts'
import type { Point } from '../point/point.ts'
import { type Redact, redactPoint } from '../secrets/redact.ts'
import { kindOf, type Target } from './kinds.ts'
import { openDryRun, openWithheld } from './stand-ins.ts'
import type { Storage, Writing, Written } from './storage.ts'

/** A target from the settings. */
interface NamedTarget {
  readonly name?: string
  readonly target: Target
  /** A clause that says why nothing is sent there and its points are kept. */
  readonly withheld?: string
}

/** The parts of a phase that storages need. */
export interface StorageOutside {
  readonly runner: { readonly log: { redact(text: string): string; print(lines: readonly string[]): void } }
  readonly http: HttpClient
}

/** The name of a target in the log. */
export function nameStorage(target: Target): string {
  return kindOf(target).name(target)
}

/** Opens the storage of a target, or a dry run of it. */
export function openStorage(
  { name, target, withheld }: NamedTarget,
  settings: { readonly dryRun: boolean },
  outside: StorageOutside,
): Storage {
  const isWithheld = withheld !== undefined && !settings.dryRun
  const bare = isWithheld ? openWithheld(nameStorage(target), withheld) : openBare(target, settings, outside)
  const storage = openRedacted(bare, outside.runner.log.redact)
  return name === undefined ? storage : { ...storage, name: `${name}: ${storage.name}` }
}

function openBare(target: Target, { dryRun }: { readonly dryRun: boolean }, { runner, http }: StorageOutside): Storage {
  const kind = kindOf(target)
  return dryRun ? openDryRun(kind.name(target), kind.toUnsigned(target), runner.log.print) : kind.open(target, http)
}

/** The result of writing, with the name of the storage. */
export interface WrittenTo extends Written {
  readonly name: string
}

/** Writes to a storage; a defect in it is a problem of its own, and the other storages go on. */
export async function writeTo(
  storage: Storage,
  batches: AsyncIterable<readonly Point[]>,
  count: number,
  writing: Writing,
): Promise<WrittenTo> {
  try {
    return { name: storage.name, ...(await storage.write(batches, writing)) }
  } catch (error) {
    // It is not known which points were written before the defect.
    return {
      name: storage.name,
      written: 0,
      unsent: 0,
      lost: count,
      gaveUp: true,
      problems: [(error as Error).message],
    }
  }
}

/** Removes secrets from every point on its way to the storage, so that no secret becomes part of a statistic. */
export function openRedacted(storage: Storage, redact: Redact): Storage {
  async function* toRedacted(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<readonly Point[]> {
    for await (const batch of batches) yield batch.map((point) => redactPoint(point, redact))
  }
  return { name: storage.name, write: (batches, writing) => storage.write(toRedacted(batches), writing) }
}
