/**
 * npm run scale: fills a real server with an organisation's builds in the native layout, and measures what they take and
 * what it takes to ask for them. Prints a page of Markdown.
 *
 *     npm run scale -- [--server 1.6.7|1.12.4|2.7.12] [--builds 1000000] [--builders 1000] [--days 90]
 *     npm run scale -- --url http://localhost:8086 --database scale [--org ORG --token TOKEN]
 */
import { setTimeout as delay } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { simulateBuilds } from './scale/builds.ts'
import { installRollups } from './scale/install-rollups.ts'
import { readDiskBytes, readSeries, type Took, timeQuestion, timeWork } from './scale/measure.ts'
import { listViews, openAtFirst, toCompareQuestion, toQuestions } from './scale/questions.ts'
import { printFill, printPanels } from './scale/report.ts'
import { openServer, type ScaleServer, startServer } from './scale/server.ts'

const dayMs = 86_400_000
const { values } = parseArgs({
  options: {
    server: { type: 'string', default: '1.6.7' },
    url: { type: 'string' },
    org: { type: 'string' },
    token: { type: 'string' },
    database: { type: 'string', default: 'scale' },
    builds: { type: 'string', default: '1000000' },
    builders: { type: 'string', default: '1000' },
    days: { type: 'string', default: '90' },
  },
})
const { url, org, token, database } = values
const [builds, builders, days] = [Number(values.builds), Number(values.builders), Number(values.days)]
const endMs = Math.floor(Date.now() / dayMs) * dayMs
const server = url === undefined ? await startServer(values.server) : openServer({ url, org, token })
try {
  await measure(server)
} finally {
  await server.stop()
}

async function measure(server: ScaleServer): Promise<void> {
  const ask = (query: string) => server.query(database, query)
  await server.createDatabase(database)
  const question = toCompareQuestion(endMs)
  const empty = await timeQuestion(server, database, [question])
  const startMs = performance.now()
  let lines = 0
  // The next lines are made while the server takes in those before.
  let writing: Promise<unknown> = Promise.resolve()
  for (const text of simulateBuilds({ builds, builders, days, endMs })) {
    await writing
    lines += text.split('\n').length
    writing = write(server, text)
    writing.catch(() => {})
  }
  await writing
  const fillMs = performance.now() - startMs
  const [series, bytes] = [await readSeries(ask), await readDiskBytes(server)]
  const compared = await timeQuestion(server, database, [question])
  const rollups = await installRollups(server, database)
  const backfill = await timeWork(server, () => rollups.backfill(endMs - days * dayMs))
  console.log(printFill(server, { builds, builders, days, lines, fillMs, series, bytes, empty, compared, backfill }))
  const repository = 'octo-org/service-001'
  for (const [what, choice] of [
    ['the whole organisation', {}],
    [`one repository`, { repository: [repository] }],
  ] as const) {
    for (const rangeDays of [90, 7].filter((some) => some <= days)) {
      const range = { fromMs: endMs - rangeDays * dayMs, toMs: endMs }
      const asked = new Map<string, Map<string, string[]>>()
      for (const view of listViews(choice)) asked.set(view.name, await toQuestions(view, range, ask))
      const took = new Map<string, Map<string, Took>>()
      // Panel by panel, so that what else the machine does costs each view the same.
      for (const title of asked.get('rows')?.keys() ?? []) {
        const ofPanel = new Map<string, Took>()
        for (const [view, questions] of asked)
          ofPanel.set(view, await timeQuestion(server, database, questions.get(title) ?? []))
        took.set(title, ofPanel)
      }
      console.log(printPanels(`${what}, ${rangeDays} days`, took, openAtFirst))
    }
  }
}

/** On a busy machine a server may give up; points that are written twice are one. */
async function write(server: ScaleServer, text: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { status, body } = await server.write(database, text)
    if (status === 204) return
    if (status < 500 || attempt === 5) throw new Error(`${status}: ${body}`)
    await delay(1000 * attempt)
  }
}
