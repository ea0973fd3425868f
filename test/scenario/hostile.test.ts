// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { appendFileSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { exampleJob } from '../support/github-api.ts'
import { json, startLoopback } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { hostileValues } from './hostile-values.ts'
import { type Finished, runScenario, type Scenario } from './scenario.ts'

/** A line that the runner would obey: a command at its start, or an old one anywhere (ActionCommand.cs). */
const command =
  /^\s*::(?:error|warning|notice|debug|group|endgroup|add-mask|echo|stop-commands|set-output|save-state|set-env|add-path|add-matcher|obeyed)\b|##\[(?:error|warning|notice|debug|group|endgroup|add-mask|echo|command|section)\b/i

/** Every annotation is one of ours, and nothing else in the log is obeyed or moves the cursor of a terminal. */
function expectTame({ main, post, job }: Finished & Scenario): void {
  for (const { stdout } of [main, post]) {
    const own = stdout
      .split(/\r\n|\n|\r/)
      .filter(
        (line) =>
          !/^::(?:add-mask::|debug::|group::Build Stats: |(?:warning|notice|error) title=Build Stats::)/.test(line),
      )
    const stopped = own.findIndex((line) => line.startsWith('::stop-commands::build-stats-'))
    const free = stopped < 0 ? own : own.slice(0, stopped)
    expect(free.filter((line) => command.test(line))).toEqual([])
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f]/)
    // Masks are as secrets are.
    expect(stdout.replaceAll(/^::add-mask::.*$/gm, '')).not.toMatch(/[\u2028-\u202e\u2066-\u2069]/)
  }
  expect(Object.keys(job.outputs).sort()).toEqual(['builder', 'data-file', 'start-time'])
  expect([Object.keys(job.state), Object.keys(job.exportedEnv)]).toEqual([
    ['build-stats'],
    ['BUILD_STATS', 'BUILD_STATS_STEPS'],
  ])
  expect(job.exportedEnv.BUILD_STATS).toBe(job.outputs['data-file'])
  expect(job.annotations.filter(({ properties }) => properties.title !== 'Build Stats')).toEqual([])
  expect(job.masks).not.toContain('obeyed')
}

/** Text of others stands in lines of HTML, as many cells in each row of a table as in its head; there is no HTML but ours. */
function expectIntact(markdown: string): void {
  // Diagrams are checked where they are drawn (test/browser); here, that nothing in one is its end.
  const summary = markdown.replaceAll(/^```mermaid\n[^`]*\n```$/gm, '')
  for (const [table] of summary.matchAll(/^<table>.*?^<\/table>$/gms)) {
    const counts = table.split('\n').map((row) => row.match(/<t[dh][ >]/g)?.length ?? 0)
    expect(new Set(counts.slice(1, -1)).size).toBe(1)
  }
  const ours =
    /^((> )?(<h3>.*<\/h3>|<\/?table>|<tr>(<t[dh]( align="right")?>.*<\/t[dh]>)+<\/tr>|<\/?ul>|<li>.*<\/li>|<p>.*<\/p>|<details><summary>.*<\/summary>|<\/details>)|> \[!WARNING\]|)$/s
  const lines = summary.split('\n')
  expect(lines.filter((line) => !ours.test(line))).toEqual([])
  const tags =
    /^> |<\/?(?:h3|table|tr|th|td|ul|li|p|code|strong|em|details|summary)( align="right"| title="[^"'<>&]*")?>/g
  expect(lines.filter((line) => /[<>]/.test(line.replaceAll(tags, '')) && line !== '> [!WARNING]')).toEqual([])
}

function toHeredoc(name: string, value: string): string {
  return `${name}<<END_OF_VALUE\n${value}\nEND_OF_VALUE\n`
}

const entries = Object.entries(hostileValues)
/** No file name or branch is that long, and the runner keeps no more in an environment variable. */
const short = entries.filter(([name]) => name !== 'long')

describe.concurrent('values that would like to be more', () => {
  test.each(entries)('%s in an output', async (_name, value) => {
    const captures =
      '- property: evil\n- property: {name: evil, tag: as_tag}\n- property: {name: evil, type: int, field: no}'
    const finished = await runScenario({ with: { captures } }, async (job) => {
      writeFileSync(`${job.workspace}/output`, toHeredoc('evil', value))
      await job.step('tests', 'cat output >> "$GITHUB_OUTPUT"')
    })
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expect(finished.points.length).toBe(2)
    expectTame(finished)
    expectIntact(finished.job.summary)
  })

  test.each(short)('%s in matrix values, branch and workflow', async (_name, value) => {
    const finished = await runScenario({
      contexts: { matrix: { os: value, [value]: 1 } },
      env: { GITHUB_WORKFLOW: value, GITHUB_REF_NAME: value, RUNNER_NAME: value },
      with: { captures: '- property: github.ref_name\n- property: nowhere' },
    })
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expect(finished.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(finished.job.outputs.builder).toBe(`${value.toWellFormed()}/test (${value.toWellFormed()}, 1)`)
    expectTame(finished)
    expectIntact(finished.job.summary)
  })

  test.each(short)('%s in what the API answers', async (_name, value) => {
    const answers = [
      json({ message: value, documentation_url: value }, { status: 422 }),
      json(exampleJob({ name: value, started_at: value, status: value as 'queued' })),
      json(exampleJob({ name: value })),
      { body: value, headers: { 'content-type': 'text/html' } },
      {
        status: 302,
        headers: {
          location: `https://${encodeURIComponent(value.toWellFormed()).slice(0, 100)}.example/${value.replaceAll(/[^ -~]/g, '')}`,
        },
      },
    ]
    for (const answer of answers) {
      const finished = await runScenario({ api: { respond: () => answer } })
      expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
      expect(finished.points.length).toBe(2)
      expectTame(finished)
      expectIntact(finished.job.summary)
    }
  })

  test.each(short)('%s in what InfluxDB answers', async (_name, value) => {
    const header = value.replaceAll(/[^ -~]/g, '')
    const answers = [
      json({ error: value }, { status: 400, headers: { 'x-influxdb-error': header } }),
      json(
        { code: value, message: `partial write: field type conflict: input field "${value}" dropped=1` },
        { status: 422 },
      ),
      json({ error: value, data: [{ line_number: 1, original_line: value, error_message: value }] }, { status: 400 }),
      { status: 403, body: value, headers: { 'content-type': header } },
    ]
    for (const answer of answers) {
      const server = closing(await startLoopback({ answer: () => answer }))
      const finished = await runScenario({ with: { url: server.url, database: 'ci', file: '', timeout: '2' } })
      expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
      expect(finished.warnings.length).toBeGreaterThan(0)
      expectTame(finished)
      expectIntact(finished.job.summary)
    }
  })

  test.each(short)('%s in names of properties, tags and data', async (_name, value) => {
    const finished = await runScenario({
      with: {
        properties: JSON.stringify({ [value]: 1, [`token ${value}`]: 2, data: [{ [value]: value }] }),
        tags: JSON.stringify({ [value]: value }),
        captures: JSON.stringify([{ property: { regex: '(?s).' } }, { property: value }, { data: 'data' }]),
      },
    })
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expect(finished.points.length).toBe(3)
    expectTame(finished)
    expectIntact(finished.job.summary)
  })

  test.each(short)('%s in a dry run', async (_name, value) => {
    const finished = await runScenario({
      with: { properties: JSON.stringify({ evil: value }), captures: '- property: evil', 'dry-run': true },
    })
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expectTame(finished)
    expect(finished.post.log).toMatch(/Build Stats: CI\/test took .* \(success\)\./)
  })

  test.each(short)('%s in the data file', async (_name, value) => {
    const finished = await runScenario({}, (job) => {
      appendFileSync(
        job.exportedEnv.BUILD_STATS ?? '',
        `${value}\nfine note=${JSON.stringify(value)}\n${value} a=1\nlast a=1\n`,
      )
    })
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expect(finished.points.map(({ measurement }) => measurement)).toEqual(expect.arrayContaining(['build', 'last']))
    expectTame(finished)
    expectIntact(finished.job.summary)
  })
})
