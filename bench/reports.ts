import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Action, createJob } from './job.ts'
import { runNode, withExitReport } from './run.ts'
import type { Servers } from './servers.ts'
import { toMedian } from './statistics.ts'

export interface ReportRow {
  /** What the rule for reports adds to post. */
  readonly ms: number
  /** A bare parse of the same file, beyond bare Node. */
  readonly parseMs: number
  readonly bytes: number
  readonly peakBytes: number
}

const cases = 50_000

/** Post with JUnit XML of 50,000 cases, beside post without and a bare parse, in turns. */
export async function measureReports(action: Action, servers: Servers, runs: number): Promise<ReportRow> {
  const captures = ['- duration', '- report: junit.xml', '- report: {files: junit.xml, cases: failed}'].join('\n')
  const [plain, reading] = [
    createJob(action, servers, { captures: '- duration' }),
    createJob(action, servers, { captures }),
  ]
  try {
    const path = join(reading.environment.GITHUB_WORKSPACE ?? '', 'junit.xml')
    for (const job of [plain, reading]) {
      await servers.reset(0)
      runNode([action.main], job.environment)
    }
    writeFileSync(path, makeJunit())
    const report = join(reading.environment.HOME ?? '', 'report.json')
    const times: { without: number; with: number; parse: number; bare: number; peak: number }[] = []
    for (let run = 0; run < runs; run++) {
      await servers.reset(0)
      const without = runNode([action.post], plain.readPostEnvironment()).ms
      const post = withExitReport([action.post])
      const { ms } = runNode(post, { ...reading.readPostEnvironment(), BENCH_REPORT: report })
      const { peakBytes } = JSON.parse(readFileSync(report, 'utf8')) as { peakBytes: number }
      const parse = runNode([join(import.meta.dirname, 'parse-xml.mjs'), path], reading.environment).ms
      const bare = runNode(['-e', ''], reading.environment).ms
      times.push({ without, with: ms, parse, bare, peak: peakBytes })
    }
    const median = (of: (time: (typeof times)[number]) => number) => toMedian(times.map(of))
    return {
      ms: median((time) => time.with - time.without),
      parseMs: median((time) => time.parse - time.bare),
      bytes: readFileSync(path).length,
      peakBytes: Math.max(...times.map(({ peak }) => peak)),
    }
  } finally {
    plain.remove()
    reading.remove()
  }
}

/** As Gradle writes it: a case in a hundred fails, with a stack of a few lines. */
function makeJunit(): string {
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>']
  for (let at = 0; at < cases; at++) {
    if (at % 100 === 0)
      lines.push(`<testsuite name="com.example.parser.Suite${at / 100}Test" tests="100" failures="1">`)
    const head = `  <testcase name="reads what a user of the parser would write by hand, and what tools write, number ${at}" classname="com.example.parser.deep.Suite${Math.floor(at / 100)}Test" time="${(at % 977) / 1000}"`
    if (at % 100 === 50) {
      const stack = Array.from(
        { length: 20 },
        (_, depth) => `\tat com.example.parser.deep.Frame${depth}.call(Frame${depth}.java:${at % 500})`,
      )
      lines.push(
        `${head}>`,
        `    <failure message="expected: &lt;1&gt; but was: &lt;${at}&gt;">${stack.join('\n')}</failure>`,
        '  </testcase>',
      )
    } else lines.push(`${head}/>`)
    if (at % 100 === 99) lines.push('</testsuite>')
  }
  return [...lines, '</testsuites>'].join('\n')
}
