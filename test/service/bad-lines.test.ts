import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeServers } from '../support/describe-servers.ts'
import type { RunningServer, StoredRow } from '../support/running-server.ts'
import { influxdb27, questdb, victoriaMetrics1151 } from '../support/servers.ts'
import { openTrial } from './trial.ts'

// Servers that refuse a whole request for one line of it. InfluxDB 2 names the lines that it cannot parse, QuestDB some of
// them, VictoriaMetrics none that helps.

const [maxLinesOfRequest, maxRequestsOfLine] = [5000, 2 * Math.ceil(Math.log2(5000)) + 1]

const sizes = [
  { lines: 1000, bad: [500] },
  { lines: 10_000, bad: Array.from({ length: 20 }, (_, index) => 1 + index * 499) },
]

/** Lines of which the server refuses some: `bad` is asked for what these say beside their number. */
function toLines(lines: number, bad: readonly number[], said: string): string {
  const numbers = Array.from({ length: lines }, (_, index) => index)
  return numbers.map((id) => `cases,case=c${id} id=${id}${bad.includes(id) ? `,${said}` : ''}\n`).join('')
}

/** The numbers of lines that are not stored, a few more than may be. */
function findLost(rows: readonly StoredRow[], lines: number): number[] {
  const ids = new Set(rows.map(({ id }) => Number(id)))
  return Array.from({ length: lines }, (_, id) => id)
    .filter((id) => !ids.has(id))
    .slice(0, 30)
}

const toldLost = (count: number) =>
  new RegExp(`\\b${count} of [\\d,]+ points could not be written|\\b${count}\\b[^.]* lost`)

/** What each request may cost at most: those of a job without bad lines, and the search for each of them. */
const maxRequests = (lines: number, bad: number) => Math.ceil(lines / maxLinesOfRequest) + 1 + bad * maxRequestsOfLine

describeServers([questdb, victoriaMetrics1151], (tried) => {
  let server: RunningServer
  beforeAll(async () => {
    server = await tried.start()
  })
  afterAll(() => server?.stop())
  // VictoriaMetrics refuses line breaks in text and nothing else that a job can send: without them it takes the line.
  const isTakenOtherwise = tried === victoriaMetrics1151

  test.each(sizes)('$bad.length bad of $lines cost themselves', async ({ lines, bad }) => {
    const trial = await openTrial(tried.name, server)
    const said = isTakenOtherwise ? 'msg="two\nlines"' : 'what?=1'
    const ran = await trial.run({ lines: toLines(lines, bad, said) })
    expect(ran.post.exitCode).toBe(0)
    expect(ran.requests).toBeGreaterThan(1)
    expect(ran.requests).toBeLessThanOrEqual(maxRequests(lines, bad.length))
    const lost = findLost(await trial.readRows('cases'), lines)
    expect(lost).toEqual(isTakenOtherwise ? [] : bad)
    if (isTakenOtherwise) expect(ran.log).toMatch(/line break/)
    else expect(ran.warnings.join()).toMatch(toldLost(bad.length))
    expect(trial.readSpool()).toEqual([])
  })
})

describeServers([influxdb27], (tried) => {
  let server: RunningServer
  beforeAll(async () => {
    server = await tried.start()
  })
  afterAll(() => server?.stop())

  // What it cannot parse a job does not send: somebody has changed what is kept.
  test.each(sizes)('$bad.length bad of $lines in the spool cost themselves', async ({ lines, bad }) => {
    const trial = await openTrial(tried.name, server)
    trial.forward.isDown = true
    await trial.run({ lines: toLines(lines, [], ''), with: { timeout: '2' } })
    trial.editSpool((text) =>
      text.replace(/^(cases,.*)case=c(\d+)/gm, (line, head, id) =>
        bad.includes(Number(id)) ? `${head}_field=c${id}` : line,
      ),
    )
    trial.forward.isDown = false
    const ran = await trial.run()
    expect(ran.requests).toBeLessThanOrEqual(1 + maxRequests(lines, bad.length))
    expect(findLost(await trial.readRows('cases'), lines)).toEqual(bad)
    expect(ran.log).toMatch(toldLost(bad.length))
    expect(trial.readSpool()).toEqual([])
  })
})
