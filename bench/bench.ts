import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { type Cost, features, measureFeatures } from './features.ts'
import { readAction } from './job.ts'
import { measureReports } from './reports.ts'
import { measureSeries, type SeriesRow } from './series.ts'
import { type Servers, startServers } from './servers.ts'
import { measureSizes } from './sizes.ts'
import { measureStartup, type Startup, type Variant } from './startup.ts'
import { toMedian, toQuartiles } from './statistics.ts'
import { toKilobytes, toTable } from './table.ts'

/**
 * npm run bench -- [--runs 30] [--quick] [--series | --features] [--action FOLDER] [--before FOLDER]
 *
 * What the action costs a job, beside the least that the same requests cost. --quick: few runs, short data files;
 * --series: the data files alone; --features: what `compare` and `resources` add, alone, and beside those of another commit
 * with --before. The exit code is 1 when a target is missed.
 */
const { values: options } = parseArgs({
  options: {
    runs: { type: 'string' },
    quick: { type: 'boolean', default: false },
    series: { type: 'boolean', default: false },
    features: { type: 'boolean', default: false },
    before: { type: 'string' },
    action: { type: 'string', default: join(import.meta.dirname, '..') },
  },
})
const runs = Number(options.runs ?? (options.quick ? 7 : 30))
if (!Number.isInteger(runs) || runs < 1) throw new Error(`--runs is a number from 1 on, not ${options.runs}`)

const missed: string[] = []

/** A figure and its target, as one cell. */
function judge(what: string, figure: number, limit: number, text: string, limitText: string): string {
  if (figure <= limit) return `${text} (at most ${limitText})`
  missed.push(`${what}: ${text}, at most ${limitText}`)
  return `${text} (MISSED: at most ${limitText})`
}

const action = readAction(options.action)
const servers = await startServers()
try {
  console.log(`Node ${process.version}, medians of ${runs} interleaved runs\n`)
  if (options.features || options.before !== undefined) await reportFeatures(servers)
  else {
    if (!options.series) await reportJobs(servers)
    await reportSeries(servers)
  }
} finally {
  servers.stop()
}
if (missed.length > 0) {
  console.log(`Missed:\n${missed.map((line) => `  ${line}`).join('\n')}`)
  process.exitCode = 1
}

async function reportJobs(servers: Servers) {
  await reportStartup(servers, 0, { main: 1.5, post: 1.9 })
  await reportStartup(servers, 80, { main: 1.5, post: 1.15 })
  await reportFeatures(servers)
  await reportSizes(servers)
  await reportReports(servers)
}

async function reportFeatures(servers: Servers) {
  const actions = [action, ...(options.before === undefined ? [] : [readAction(options.before)])]
  const costs = await measureFeatures(actions, servers, runs)
  const rows = actions.flatMap((one) =>
    (['main', 'post'] as const).flatMap((phase) => {
      const listOf = (feature: string, figure: (cost: Cost) => number) =>
        costs.filter((cost) => cost.action === one && cost.feature === feature && cost.phase === phase).map(figure)
      return Object.keys(features).flatMap((feature) => {
        const base = feature.includes('steps') ? 'rule steps' : 'plain'
        const wall = listOf(feature, ({ ms }) => ms)
        if (wall.length === 0) return []
        const cpu = listOf(feature, ({ cpuMs }) => cpuMs)
        const beyond = (figure: (cost: Cost) => number) => {
          const of = listOf(base, figure)
          return toMedian(listOf(feature, figure).map((value, round) => value - (of[round] ?? Number.NaN))).toFixed(1)
        }
        return [
          [
            `${phase}, ${feature}${one === action ? '' : ', before'}`,
            ...[toMedian(wall).toFixed(1), beyond(({ ms }) => ms)],
            ...[toMedian(cpu).toFixed(1), beyond(({ cpuMs }) => cpuMs), Math.min(...cpu).toFixed(1)],
            String(Math.max(...listOf(feature, ({ queries }) => queries))),
          ],
        ]
      })
    }),
  )
  console.log(toTable(['process', 'ms', 'ms more', 'CPU ms', 'CPU ms more', 'least', 'queries'], rows))
  console.log()
}

async function reportStartup(servers: Servers, latencyMs: number, targets: { main: number; post: number }) {
  const { ms, requests } = await measureStartup(action, servers, latencyMs, runs)
  const median = (variant: Variant) => toMedian(ms(variant))
  const times = (variant: Variant, other: Variant) => median(variant) / median(other)
  const toRow = (variant: Variant): string[] => [
    variant,
    median(variant).toFixed(1),
    Math.min(...ms(variant)).toFixed(1),
    toQuartiles(ms(variant))
      .map((value) => value.toFixed(1))
      .join('-'),
    times(variant, 'bare node').toFixed(2),
  ]
  const toActionRow = (phase: 'main' | 'post'): string[] => {
    const ratio = times(phase, `${phase} floor`)
    const { gitHubRequests, writes, lines } = requests[phase]
    return [
      ...toRow(phase),
      judge(`${phase} at ${latencyMs} ms, x floor`, ratio, targets[phase], ratio.toFixed(2), targets[phase].toFixed(2)),
      String(gitHubRequests),
      String(writes),
      String(lines),
    ]
  }
  console.log(`${latencyMs} ms a request`)
  console.log(
    toTable(
      ['process', 'ms', 'least', 'half within', 'x bare', 'x floor', 'to GitHub', 'writes', 'lines'],
      [toRow('bare node'), toRow('main floor'), toActionRow('main'), toRow('post floor'), toActionRow('post')],
    ),
  )
  console.log()
  checkRequests(requests)
}

function checkRequests({ main, post }: Startup['requests']) {
  if (main.gitHubRequests !== 0 || main.writes !== 1) missed.push('main: one write, no request to GitHub')
  if (post.gitHubRequests !== 1 || post.writes !== 1) missed.push('post: one request to GitHub, one write')
}

async function reportSizes(servers: Servers) {
  const sizes = await measureSizes(action, servers)
  console.log(
    toTable(
      ['files', 'bytes'],
      [
        ['dist', judge('dist', sizes.dist, 2_000_000, toKilobytes(sizes.dist), '2,000 kB')],
        [
          'loaded by main',
          judge('loaded by main', sizes.loadedByMain, 450_000, toKilobytes(sizes.loadedByMain), '450 kB'),
        ],
        ['loaded by post', toKilobytes(sizes.loadedByPost)],
      ],
    ),
  )
  console.log()
}

async function reportReports(servers: Servers) {
  const { ms, parseMs, bytes, peakBytes } = await measureReports(action, servers, options.quick ? 3 : 7)
  const ratio = ms / parseMs
  console.log('post with JUnit XML of 50,000 cases')
  console.log(
    toTable(
      ['bytes', 'ms beyond post', 'x a bare parse', 'peak memory'],
      [
        [
          toKilobytes(bytes),
          ms.toFixed(0),
          judge('reports, x a bare parse', ratio, 3, ratio.toFixed(1), '3.0'),
          judge('reports, peak memory', peakBytes, 400e6, toKilobytes(peakBytes), '400,000 kB'),
        ],
      ],
    ),
  )
  console.log()
}

async function reportSeries(servers: Servers) {
  const lengths = [0, 1_000, 10_000, 100_000, ...(options.quick ? [] : [1_000_000])]
  const rows: SeriesRow[] = []
  for (const lines of lengths) rows.push(await measureSeries(action, servers, lines, options.quick ? 1 : 3))
  const empty = rows[0]
  console.log('post with a data file')
  console.log(
    toTable(
      ['lines', 'ms', 'µs a line', 'peak MB', 'writes', 'lines written'],
      rows.map((row) => [
        row.lines.toLocaleString('en'),
        row.ms.toFixed(0),
        row.lines === 0 ? '' : Math.max(0, ((row.ms - (empty?.ms ?? 0)) * 1000) / row.lines).toFixed(2),
        (row.peakBytes / 1e6).toFixed(0),
        String(row.writes),
        row.linesWritten.toLocaleString('en'),
      ]),
    ),
  )
  console.log()
  for (const row of rows) {
    if (row.linesWritten !== row.lines) missed.push(`data file: ${row.linesWritten} of ${row.lines} lines were written`)
  }
}
