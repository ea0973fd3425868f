// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { join } from 'node:path'
import { startInfluxServer } from '../test/support/influxdb-server.ts'
import { createJob } from '../test/support/job-runner.ts'
import { type Closing, type Misbehaving, misbehaviours, startBlackhole } from '../test/support/misbehaving-servers.ts'
import { toTable } from './table.ts'

/**
 * npm run bench:outage: what each job loses at its start and end while a server is down, and its points have a spool. Some 80 s where
 * nothing else runs.
 */
const action = join(import.meta.dirname, '..')
const runs = 3

const like = (name: string) => (closing: Closing) => {
  const start = misbehaviours[name]?.start
  if (start === undefined) throw new Error(`no server ${name}`)
  return start(closing)
}
const servers: Record<string, (closing: Closing) => Promise<Misbehaving>> = {
  'refuses connections': like('refuses connections'),
  'listens and never accepts': startBlackhole,
  'accepts and never answers': like('accepts and never answers'),
  'answers 503': like('answers 503 and wants a second'),
  'answers without an end': like('answers 200 without an end'),
}

/** The quickest of several: what is slower is this machine's. */
async function measure(url: string, runs: number): Promise<[startMs: number, endMs: number]> {
  const times: [number, number] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY]
  for (let run = 0; run < runs; run++) {
    const inputs = { url, database: 'ci', 'github-token': '', spool: '${{ runner.temp }}/spool' }
    await using job = await createJob({ action, with: inputs })
    const { durationMs: startMs } = await job.main()
    const { durationMs: endMs } = await job.post()
    times[0] = Math.min(times[0], startMs)
    times[1] = Math.min(times[1], endMs)
  }
  return times
}

const healthy = await startInfluxServer({ api: 'v1', database: 'ci' })
const usual = await measure(healthy.url, runs)
await healthy.close()

async function toRow(name: string, start: (closing: Closing) => Promise<Misbehaving>, runs: number): Promise<string[]> {
  const opened: { close(): Promise<void> }[] = []
  const { url } = await start((server) => {
    opened.push(server)
    return server
  })
  const [startS, endS] = (await measure(url, runs)).map((ms, index) => Math.max(0, ms - (usual[index] ?? 0)) / 1000)
  for (const server of opened) await server.close()
  const hours = (((startS ?? 0) + (endS ?? 0)) * 1000) / 3600
  return [name, `${startS?.toFixed(1)} s`, `${endS?.toFixed(1)} s`, `${hours.toFixed(1)} h`]
}

// Servers that are there have all of the timeout, and that is mostly waiting: the others are measured meanwhile.
const slow = Promise.all([
  toRow('answers a byte a second', like('sends a byte a second'), 1),
  toRow('fails without an end', like('answers 500 without an end'), 1),
])
const rows: string[][] = []
for (const [name, start] of Object.entries(servers)) rows.push(await toRow(name, start, runs))
rows.push(...(await slow))
console.log(`Node ${process.version}, timeout 30 s, with a spool\n`)
console.log(toTable(['A server that', 'lost at the start', 'lost at the end', 'a thousand jobs'], rows))
