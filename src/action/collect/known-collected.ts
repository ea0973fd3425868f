import type { Covered } from '../../collect/points.ts'
import { historyMs } from '../../limits.ts'
import { cleanName } from '../../point/clean.ts'
import type { CollectSettings, CollectStorage } from '../../settings/collect.ts'
import { nameStorage } from '../../storage/open-storage.ts'
import type { Outside } from '../phase.ts'

/** What the storages contain about earlier collections. */
export interface KnownBefore {
  /** By storage and repository; undefined for a storage that cannot be read, such as a file. */
  readonly storages: readonly (ReadonlyMap<string, Covered> | undefined)[]
  /** Sentences. */
  readonly notes: readonly string[]
  readonly problems: readonly string[]
}

/** Asks every InfluxDB where the last collection stopped. If `until` is given, none is asked: the whole range is collected. */
export async function readKnownCollected(
  settings: CollectSettings,
  { http, runner }: Outside,
  signal: AbortSignal,
): Promise<KnownBefore> {
  const { storages, untilMs, sinceMs } = settings
  const nothing = { storages: storages.map(() => undefined), notes: [], problems: [] }
  if (untilMs !== undefined) return nothing
  if (!storages.some(({ target }) => target.kind === 'influxdb')) {
    const files = storages.map(({ target }) => nameStorage(target)).join(', ')
    const note = `${files} does not say where the last collection stopped, so the last 25 hours are collected. To change that, set the input since.`
    return { ...nothing, notes: sinceMs === undefined ? [note] : [] }
  }
  const { readCollected } = await import('../../storage/influxdb/collected.ts')
  const within = AbortSignal.any([signal, AbortSignal.timeout(2 * historyMs)])
  const problems: string[] = []
  const ask = async ({ target, layout }: CollectStorage): Promise<ReadonlyMap<string, Covered> | undefined> => {
    if (target.kind !== 'influxdb') return undefined
    const measurement = cleanName(`${layout.options.measurement}_collect`)
    try {
      return await readCollected(measurement, runner.now(), target, http, within)
    } catch (error) {
      const begin = sinceMs === undefined ? '25 hours ago' : 'at the time of the input since'
      problems.push(
        `${nameStorage(target)} does not say where the last collection stopped: ${(error as Error).message}. This collection begins ${begin}.`,
      )
      return new Map()
    }
  }
  return { storages: await Promise.all(storages.map(ask)), notes: [], problems }
}
