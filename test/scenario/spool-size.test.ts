import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { toKeptText } from '../unsent/kept-lines.ts'
import { closing } from './closing.ts'
import { openScenario } from './scenario.ts'

// A fifth of it each time: BUILD_STATS_FULL_SPOOL=1 tries 100 MB in 50 files.
const fileCount = process.env.BUILD_STATS_FULL_SPOOL ? 50 : 10
const linesOfFile = 20_000
const requestMs = 300
/** What a job sends for, and what a request holds. */
const jobMs = 9000
const linesOfRequest = 5000

/** A server that takes its time, and stores what it has answered: how often it stored each line, by its id. */
async function openSlowServer(): Promise<{ url: string; counts: Map<string, number> }> {
  const counts = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const body = await readAll(request)
    await delay(requestMs)
    if (response.destroyed) return
    const text = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
    for (const [, id = ''] of `${text}`.matchAll(/^late,id=(\w+) /gm)) counts.set(id, (counts.get(id) ?? 0) + 1)
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closing({
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, counts }
}

async function readAll(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

describe('a spool that is more than one job can send', () => {
  const text = 'x'.repeat(50)
  const fill = (spool: string, url: string, file: number, lines: number) => {
    const destination = { kind: 'influxdb', url, api: 'v1', database: 'ci' } as const
    const all = Array.from(
      { length: lines },
      (_, line) => `late,id=f${file}l${line} value=1,text="${text}" ${1e18 + line}`,
    )
    writeFileSync(
      join(spool, `build-stats-unsent-${file}-1-abc.lp`),
      toKeptText(all, { destination, run_id: `${file}` }),
    )
  }

  async function open() {
    const { url, counts } = await openSlowServer()
    const spool = mkdtempSync(join(tmpdir(), 'build-stats-spool-'))
    closing({ close: async () => rmSync(spool, { recursive: true, force: true }) })
    const runJob = async () => {
      const before = counts.size
      const job = await openScenario({
        with: { url, database: 'ci', file: '', spool, 'github-token': '', summary: false },
      })
      const { post } = await job.run()
      // What was on its way when a busy machine ran out of time is sent again, and nobody knows whether it had arrived.
      const isCut = post.log.includes('before the time ran out')
      return { sent: counts.size - before, durationMs: post.durationMs, isCut }
    }
    return { url, counts, spool, runJob }
  }

  test('is sent by one job after the other, each in its ten seconds, no line twice', async () => {
    const { url, counts, spool, runJob } = await open()
    for (let file = 0; file < fileCount; file++) fill(spool, url, file, linesOfFile)
    const requests = (fileCount * linesOfFile) / linesOfRequest
    // Twice the time that a request takes is what a busy machine may need for it.
    const expectedJobs = Math.ceil((requests * requestMs * 2) / jobMs) + 1
    let [jobs, cut] = [0, 0]
    for (; readdirSync(spool).length > 0 && jobs < 4 * expectedJobs; jobs++) {
      const { sent, durationMs, isCut } = await runJob()
      cut += Number(isCut)
      expect(sent).toBeGreaterThan(0)
      expect(durationMs).toBeLessThan(20_000)
    }
    expect([readdirSync(spool), counts.size]).toEqual([[], fileCount * linesOfFile])
    const twice = [...counts.values()].filter((count) => count > 1).length
    expect(twice).toBeLessThanOrEqual(cut * linesOfRequest)
    if (process.env.BUILD_STATS_FULL_SPOOL)
      console.log(`${jobs} jobs, ${cut} of them cut; ${requests} requests; ${twice} lines twice`)
  }, 600_000)

  test('gives every file its turn: a small one is not held up by a large one before it', async () => {
    const { url, spool, counts, runJob } = await open()
    fill(spool, url, 1, 170_000)
    fill(spool, url, 2, 10)
    const { sent, isCut } = await runJob()
    expect([...counts.keys()].filter((id) => id.startsWith('f2'))).toHaveLength(10)
    // And what is sent of the large one is not sent again.
    expect(sent).toBeGreaterThan(10)
    const next = await runJob()
    const twice = [...counts.values()].filter((count) => count > 1).length
    expect(twice).toBeLessThanOrEqual((Number(isCut) + Number(next.isCut)) * linesOfRequest)
  }, 120_000)
})
