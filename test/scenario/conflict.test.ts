import { expect, test } from 'vitest'
import { influxError, startInfluxServer, type WriteRequest } from '../support/influxdb-server.ts'
import type { Answer } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { runScenario } from './scenario.ts'

const yieldCases = `seq 1000 | awk '{
  printf "cases,case=c%d seconds=%s,passed=t\\n", $1, ($1 == 500 ? "\\"slow\\"" : $1 / 8)
}' >> "$BUILD_STATS"`

/** Servers that have `seconds` of `cases` as a float, each with its own words for a line that has it as text. */
const servers: Record<string, { inputs: Record<string, string>; server: object; refuse(line: number): Answer }> = {
  v2: {
    inputs: { org: 'acme', bucket: 'ci', token: 'token-0123456789' },
    server: { api: 'v2', org: 'acme', bucket: 'ci', token: 'token-0123456789' },
    refuse: () =>
      influxError(
        'v2',
        422,
        'failure writing points to database: partial write: field type conflict: input field "seconds" on measurement "cases" is type string, already exists as type float dropped=1',
      ),
  },
  v3: {
    inputs: { database: 'ci', token: 'token-0123456789' },
    server: { api: 'v3', database: 'ci', token: 'token-0123456789' },
    refuse: (line) =>
      influxError('v3', 400, 'partial write of line protocol occurred', [
        {
          original_line: 'cases,case=c500,job=test',
          line_number: line,
          error_message:
            "invalid column type for column 'seconds', expected iox::column_type::field::float, got iox::column_type::field::string",
        },
      ]),
  },
}

test.for(Object.entries(servers))('%s: a conflict in one of 1,000 points costs that field alone', async ([, one]) => {
  const { inputs, server: options, refuse } = one
  const stored = new Map<string, string>()
  const respond = ({ lines }: WriteRequest) => {
    const bad = lines.findIndex((line) => line.includes('seconds="'))
    for (const [index, line] of lines.entries())
      if (index !== bad) stored.set(/,case=(\w+)/.exec(line)?.[1] ?? '', line)
    return bad < 0 ? undefined : refuse(bad + 1)
  }
  const server = closing(await startInfluxServer({ ...options, respond } as never))
  const { post, warnings } = await runScenario(
    { with: { ...inputs, url: server.url, file: '', 'start-point': false } },
    (job) => job.step('tests', yieldCases),
  )
  expect(post.exitCode).toBe(0)
  expect(warnings).toEqual([
    expect.stringMatching(
      /^The field "seconds" was left out of 1 point of "cases" in .*: this build sends it as string, but it is stored as float\./,
    ),
  ])
  const lines = [...stored].filter(([name]) => name !== '').map(([, line]) => line)
  expect(lines).toHaveLength(1000)
  expect(lines.filter((line) => !line.includes('seconds='))).toEqual([expect.stringContaining('case=c500')])
  expect(lines.every((line) => line.includes('passed=T'))).toBe(true)
  // Once more, with the others: behind a conflict servers are silent about what else they did not take.
  expect(server.requests.map((request) => request.lines.length)).toEqual([1001, 1001])
  expect(server.violations).toEqual([])
})
