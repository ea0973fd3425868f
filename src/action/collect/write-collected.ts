import { join } from 'node:path'
import { type Covered, toAttemptPoints, toCollectPoint } from '../../collect/points.ts'
import { extendCovered } from '../../collect/range.ts'
import type { Collected } from '../../github/collect-runs.ts'
import { collectPatienceMs, maxLostLines, pointBatch } from '../../limits.ts'
import { toLineOrNone } from '../../line-protocol/writer.ts'
import type { Point } from '../../point/point.ts'
import { makeTempFolder } from '../../runner/temp-folder.ts'
import type { CollectSettings, CollectStorage } from '../../settings/collect.ts'
import { toDestination } from '../../storage/kinds.ts'
import { openStorage, type WrittenTo, writeTo } from '../../storage/open-storage.ts'
import type { Storage } from '../../storage/storage.ts'
import { openUnsentFile, type UnsentFile } from '../../unsent/unsent-file.ts'
import type { Deadlines } from '../deadlines.ts'
import type { Outside } from '../phase.ts'

/** How much of the collected points a storage accepted. */
export interface CollectedIn {
  readonly outcome: WrittenTo
  readonly unsent: UnsentFile
}

export interface CollectWriter {
  /** Whether a storage did not accept everything: anything collected from then on would only be kept. */
  readonly isBlocked: boolean
  readonly results: readonly CollectedIn[]
  /** Writes where the collection of each repository begins: the next one continues from there, even if this one is killed. */
  begin(starts: ReadonlyMap<string, number>): Promise<void>
  /** Writes attempts to all storages in parallel, and then, if it has begun, how far their repository has been collected. */
  write(collected: Collected, repository: string): Promise<void>
}

/** @param known what each storage received before, by repository; undefined if it cannot be read */
export function openCollectWriter(
  settings: CollectSettings,
  known: readonly (KnownCollected | undefined)[],
  outside: Outside,
  deadlines: Deadlines,
): CollectWriter {
  const { env } = outside.runner
  let folder: string | undefined
  const toPath = (index: number) => {
    folder ??= makeTempFolder(env, 'build-stats-unsent-')
    return join(folder, `unsent-${index + 1}.lp`)
  }
  const places = settings.storages.map((one, index) => {
    const before: KnownCollected = known[index] ?? new Map()
    return openPlace(one, before, () => toPath(index), settings, outside, deadlines)
  })
  return {
    get isBlocked() {
      const telling = places.filter((_, index) => known[index] !== undefined)
      return telling.length > 0 ? telling.every(({ isBehind }) => isBehind) : places.some(({ isBehind }) => isBehind)
    },
    get results() {
      return places
    },
    async begin(starts) {
      await Promise.all(places.map((place) => place.begin(starts)))
    },
    async write(collected, repository) {
      await Promise.all(places.map((place) => place.write(collected, repository)))
    },
  }
}

export type KnownCollected = ReadonlyMap<string, Covered>

interface Place extends CollectedIn, Pick<CollectWriter, 'begin' | 'write'> {
  readonly isBehind: boolean
}

function openPlace(
  one: CollectStorage,
  known: KnownCollected,
  toPath: () => string,
  settings: CollectSettings,
  outside: Outside,
  deadlines: Deadlines,
): Place {
  const { env, log, now } = outside.runner
  const { options } = one.layout
  const storage: Storage = openStorage(one, settings, outside)
  const unsent = openUnsentFile(toPath, {
    ...(one.name === undefined ? {} : { name: log.redact(one.name) }),
    destination: toDestination(one.target, log.redact),
    builder: log.redact(`${env.GITHUB_WORKFLOW ?? ''}/${env.GITHUB_JOB ?? ''}`),
    run_id: env.GITHUB_RUN_ID ?? '',
    attempt: env.GITHUB_RUN_ATTEMPT ?? '',
  })
  let outcome: WrittenTo = { name: storage.name, written: 0, unsent: 0, lost: 0, problems: [] }
  let isBehind = false
  /** The range of time that the rows of each repository cover; empty until `begin` is called. */
  const covered = new Map<string, Covered>()
  let lastMs = 0

  /** Each of these points has its own time; the last one counts. */
  function toStatePoint(repository: string, state: Covered): Point {
    lastMs = Math.max(now(), lastMs + 1)
    return toCollectPoint(log.redact(repository), state, lastMs, options)
  }

  async function send(points: readonly Point[], keep = unsent.add): Promise<WrittenTo> {
    const writing = { ...deadlines, patienceMs: collectPatienceMs, unsent: keep }
    return await writeTo(storage, toBatches(points), points.length, writing)
  }

  /** These points are not counted, but problems with them are reported. */
  async function sendState(points: readonly Point[], keep = unsent.add): Promise<void> {
    const written = await send(points, keep)
    outcome = merge(outcome, { ...written, written: 0, unsent: 0, lost: 0 })
    isBehind ||= isIncomplete(written)
  }

  return {
    get outcome() {
      return outcome
    },
    unsent,
    get isBehind() {
      return isBehind
    },
    async begin(starts) {
      const points = [...starts].flatMap(([repository, startMs]) => {
        const before = known.get(repository)
        covered.set(repository, extendCovered(before, startMs))
        return before?.untilMs === startMs ? [] : [toStatePoint(repository, extendCovered(before, startMs))]
      })
      // They are not worth keeping: without them, the next collection begins where this one would have begun.
      if (points.length > 0) await sendState(points, () => {})
    },
    async write({ attempts, untilMs }, repository) {
      // The next collection begins where this storage is: what comes from here on would only be kept.
      if (isBehind) return
      const points = attempts.flatMap((attempt) => toAttemptPoints(attempt, settings, options))
      if (points.length > 0) {
        const written = await send(points)
        outcome = merge(outcome, written)
        isBehind ||= isIncomplete(written)
        // Runs that were not read are stored nowhere: the next collection must ask for them again.
        if (written.gaveUp) return
      }
      const state = covered.get(repository)
      if (state === undefined) return
      const point = toStatePoint(repository, { ...state, untilMs })
      const line = toLineOrNone(point)
      // The time never gets ahead of kept points: it is kept and sent with them.
      if (!isBehind) await sendState([point])
      else if (line !== undefined) unsent.add([line])
    },
  }
}

function isIncomplete({ unsent, gaveUp = false }: WrittenTo): boolean {
  return unsent > 0 || gaveUp
}

async function* toBatches(points: readonly Point[]): AsyncGenerator<readonly Point[]> {
  for (let at = 0; at < points.length; at += pointBatch) yield points.slice(at, at + pointBatch)
}

function merge(before: WrittenTo, more: WrittenTo): WrittenTo {
  const unite = <T>(a: readonly T[] = [], b: readonly T[] = []) => [...new Set([...a, ...b])]
  return {
    name: before.name,
    written: before.written + more.written,
    unsent: before.unsent + more.unsent,
    lost: before.lost + more.lost,
    gaveUp: (before.gaveUp ?? false) || (more.gaveUp ?? false),
    problems: unite(before.problems, more.problems),
    conflicts: [...(before.conflicts ?? []), ...(more.conflicts ?? [])],
    lostLines: [...(before.lostLines ?? []), ...(more.lostLines ?? [])].slice(0, maxLostLines),
    changes: unite(before.changes, more.changes),
  }
}
