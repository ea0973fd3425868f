import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Series } from '../../test/support/influxd.ts'
import { readCpuMs, type ScaleServer } from './server.ts'

/** Milliseconds: by the clock, and of the server's processor time where that is known. */
export interface Took {
  readonly ms: number
  readonly cpuMs: number | undefined
}

const attempts = 5
const shortMs = 200

/** Asks the queries one after the other; short ones several times, of which the quickest counts. */
export async function timeQuestion(server: ScaleServer, database: string, queries: readonly string[]): Promise<Took> {
  let total: Took = { ms: 0, cpuMs: readCpuMs(server) === undefined ? undefined : 0 }
  for (const query of queries) {
    const tries: Took[] = []
    do tries.push(await timeWork(server, () => server.query(database, query)))
    while (tries.length < attempts && (tries[0]?.ms ?? 0) < shortMs)
    const [ms, cpuMs] = [Math.min(...tries.map((one) => one.ms)), average(tries.flatMap((one) => one.cpuMs ?? []))]
    total = {
      ms: total.ms + ms,
      cpuMs: total.cpuMs === undefined || cpuMs === undefined ? undefined : total.cpuMs + cpuMs,
    }
  }
  return total
}

export async function timeWork(server: ScaleServer, work: () => Promise<unknown>): Promise<Took> {
  const [startMs, startCpuMs] = [performance.now(), readCpuMs(server)]
  await work()
  const ms = performance.now() - startMs
  const cpuMs = readCpuMs(server)
  return { ms, cpuMs: cpuMs === undefined || startCpuMs === undefined ? undefined : cpuMs - startCpuMs }
}

function average(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, one) => sum + one, 0) / values.length
}

/** Series of each measurement. */
export async function readSeries(ask: (query: string) => Promise<Series[]>): Promise<Map<string, number>> {
  const answer = await ask('SHOW MEASUREMENTS')
  const names = answer.flatMap(({ rows }) => rows.map(([name]) => String(name)))
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (await ask(`SHOW SERIES FROM "${name}"`))[0]?.rows.length ?? 0)
  return counts
}

/** What the server's folder holds, logs of writes that are not yet in order included. */
export async function readDiskBytes({ own }: ScaleServer): Promise<number | undefined> {
  if (own === undefined) return undefined
  const entries = await readdir(own.folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile())
  // The server may remove one meanwhile.
  const sizes = files.map(({ parentPath, name }) =>
    stat(join(parentPath, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  )
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
