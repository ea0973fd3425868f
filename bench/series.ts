import { createWriteStream, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Action, createJob } from './job.ts'
import { runNode, withExitReport } from './run.ts'
import type { Servers } from './servers.ts'
import { toMedian } from './statistics.ts'

export interface SeriesRow {
  readonly lines: number
  readonly ms: number
  readonly peakBytes: number
  readonly writes: number
  /** Lines that the database got beyond those of an empty data file. */
  readonly linesWritten: number
}

/** Post with a data file of that many lines: time, peak memory and what arrived. */
export async function measureSeries(action: Action, servers: Servers, lines: number, runs: number): Promise<SeriesRow> {
  const results: Omit<SeriesRow, 'lines'>[] = []
  for (let run = 0; run < runs; run++) results.push(await runPost(action, servers, lines))
  const last = results.at(-1)
  return {
    lines,
    ms: toMedian(results.map((result) => result.ms)),
    peakBytes: toMedian(results.map((result) => result.peakBytes)),
    writes: last?.writes ?? 0,
    linesWritten: last?.linesWritten ?? 0,
  }
}

async function runPost(action: Action, servers: Servers, lines: number) {
  // Nothing is to be cut short: the time it takes is what is asked.
  const job = createJob(action, servers, { timeout: '600', captures: '[{data: {regex: ".*"}}]' })
  try {
    await servers.reset(0)
    runNode([action.main], job.environment)
    await pipeline(Readable.from(makeLines(lines)), createWriteStream(job.readDataPath(), { flags: 'a' }))
    const environment = job.readPostEnvironment()
    const report = join(environment.HOME ?? '', 'report.json')
    await servers.reset(0)
    const { ms } = runNode(withExitReport([action.post]), { ...environment, BENCH_REPORT: report })
    const counts = await servers.count()
    const { peakBytes } = JSON.parse(readFileSync(report, 'utf8')) as { peakBytes: number }
    return { ms, peakBytes, writes: counts.writes, linesWritten: counts.lines - 1 }
  } finally {
    job.remove()
  }
}

/** A thousand lines at a time. No two lines are the same point, and none names a time. */
function* makeLines(count: number): Generator<string> {
  for (let from = 0; from < count; from += 1000) {
    let text = ''
    for (let line = from; line < Math.min(from + 1000, count); line++) {
      text += `bench,suite=suite${line % 20},case=case${line % 500} mean=${(line % 977) / 8},runs=${line}i\n`
    }
    yield text
  }
}
