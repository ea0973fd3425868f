import { join } from 'node:path'
import { startInfluxServer } from '../test/support/influxdb-server.ts'
import { createJob } from '../test/support/job-runner.ts'
import { misbehaviours } from '../test/support/misbehaving-servers.ts'
import { toTable } from './table.ts'

/** npm run bench:failures: how long main and post of a job take for each thing that a server can do to them. */
const timeout = 2
const action = join(import.meta.dirname, '..')

interface Figures {
  readonly mainMs: number
  readonly postMs: number
  readonly postCode: number | null
  readonly requests: number
  readonly kept: number
}

async function measure(url: string, count: () => number): Promise<Figures> {
  await using job = await createJob({ action, with: { url, database: 'ci', timeout, 'github-token': '' } })
  const main = await job.main()
  const before = count()
  const post = await job.post()
  return {
    mainMs: main.durationMs,
    postMs: post.durationMs,
    postCode: post.exitCode,
    requests: count() - before,
    kept: post.stdout.match(/^build(_start)?,/gm)?.length ?? 0,
  }
}

const seconds = (ms: number) => `${(ms / 1000).toFixed(1)} s`
const toRow = (name: string, { mainMs, postMs, postCode, requests, kept }: Figures) => [
  name,
  seconds(mainMs),
  seconds(postMs),
  `${postCode}`,
  Number.isFinite(requests) ? `${requests}` : 'many',
  kept === 0 ? 'InfluxDB' : `kept (${kept})`,
]

const healthy = await startInfluxServer({ api: 'v1', database: 'ci' })
const rows = [toRow('takes the points', await measure(healthy.url, () => healthy.requests.length))]
await healthy.close()
for (const [name, { start }] of Object.entries(misbehaviours)) {
  const opened: { close(): Promise<void> }[] = []
  const { url, count } = await start((server) => {
    opened.push(server)
    return server
  })
  rows.push(toRow(name, await measure(url, count)))
  for (const server of opened) await server.close()
}
console.log(`Node ${process.version}, timeout ${timeout} s\n`)
console.log(toTable(['A server that', 'main', 'post', 'exit code', 'requests of post', 'points are in'], rows))
