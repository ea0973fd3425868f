import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startInfluxServer } from '../test/support/influxdb-server.ts'
import { createJob } from '../test/support/job-runner.ts'
import { createRecord } from '../test/support/run-record.ts'
import { startRunsApi } from '../test/support/runs-api.ts'
import { toMedian } from './statistics.ts'
import { toTable } from './table.ts'

/**
 * npm run bench:collect: how many rows a second the action `collect` writes, beside a bare script that sends the same requests one after
 * the other and throws the answers away.
 */
const rounds = 3
const runs = createRecord({ repositories: 10, runs: 2000, from: 1_788_000_000, to: 1_788_600_000 })
const api = await startRunsApi({ runs })
const server = await startInfluxServer({ api: 'v1', database: 'ci', query: () => ({}), keepLines: false })
const folder = mkdtempSync(join(tmpdir(), 'build-stats-bench-'))

/** Seconds that the action takes, the requests it makes, and the rows. */
async function collect() {
  const before = api.requests.length
  const from = server.requests.length
  const job = await createJob({
    action: join(import.meta.dirname, '..', 'collect'),
    with: {
      ...{ url: server.url, database: 'ci', repositories: 'acme/*' },
      ...{ since: '2026-08-28', until: '2026-09-06', lookback: '1d', summary: false },
    },
    env: { GITHUB_API_URL: api.url, GITHUB_EVENT_NAME: 'schedule' },
    memory: true,
    token: 'ghs_token',
  })
  try {
    const { durationMs, exitCode, log, maxRssKb = 0 } = await job.main()
    if (exitCode !== 0) throw new Error(log)
    const asked = api.requests.slice(before).map(({ path, query }) => `${path}?${query}`)
    const rows = server.requests.slice(from).reduce((sum, { lineCount }) => sum + lineCount, 0)
    return { ms: durationMs, asked, rows, maxRssKb }
  } finally {
    await job.remove()
  }
}

const bare = `
import { Agent, request } from 'node:http'
import { readFileSync } from 'node:fs'
const agent = new Agent({ keepAlive: true })
for (const path of JSON.parse(readFileSync(process.argv[2], 'utf8'))) {
  await new Promise((resolve, reject) => request(process.argv[3] + path, { agent }, (answer) => answer.resume().on('end', resolve)).on('error', reject).end())
}
agent.destroy()
`

/** Milliseconds that the same requests take without anything else. */
async function askBare(asked: readonly string[]): Promise<number> {
  const [script, list] = [join(folder, 'bare.mjs'), join(folder, 'asked.json')]
  writeFileSync(script, bare)
  writeFileSync(list, JSON.stringify(asked))
  const started = performance.now()
  const child = spawn(process.execPath, [script, list, api.url], { stdio: 'inherit' })
  await new Promise((resolve) => child.once('exit', resolve))
  return performance.now() - started
}

try {
  const results: (Awaited<ReturnType<typeof collect>> & { readonly bareMs: number })[] = []
  for (let round = 0; round < rounds; round++) {
    const result = await collect()
    results.push({ ...result, bareMs: await askBare(result.asked) })
  }
  const [first] = results
  const ms = toMedian(results.map((one) => one.ms))
  const bareMs = toMedian(results.map((one) => one.bareMs))
  const [rows, requests] = [first?.rows ?? 0, first?.asked.length ?? 0]
  console.log(
    toTable(
      ['', 'ms', 'requests', 'rows', 'rows a second', 'peak MB'],
      [
        ['bare requests', bareMs.toFixed(0), `${requests}`, '', `${Math.round((rows * 1000) / bareMs)}`, ''],
        [
          ...['collect', ms.toFixed(0), `${requests}`, `${rows}`, `${Math.round((rows * 1000) / ms)}`],
          `${Math.round(Math.max(...results.map(({ maxRssKb }) => maxRssKb)) / 1024)}`,
        ],
      ],
    ),
  )
} finally {
  rmSync(folder, { recursive: true, force: true })
  await api.close()
  await server.close()
}
