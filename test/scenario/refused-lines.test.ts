import { existsSync, mkdtempSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  type InfluxServer,
  type InfluxServerOptions,
  influxError,
  startInfluxServer,
} from '../support/influxdb-server.ts'
import type { Answer } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { runScenario, textsOf } from './scenario.ts'

const token = 'token-0123456789'
const v1 = { server: { api: 'v1', database: 'ci' }, inputs: { database: 'ci' } } as const
const v2 = {
  server: { api: 'v2', org: 'acme', bucket: 'ci', token },
  inputs: { org: 'acme', bucket: 'ci', token },
} as const

async function open({ server: options, inputs }: typeof v1 | typeof v2, respond?: InfluxServerOptions['respond']) {
  const server = closing(await startInfluxServer({ ...options, ...(respond && { respond }) } as InfluxServerOptions))
  return { server, inputs: { ...inputs, url: server.url, file: '', 'start-point': false } }
}

const yieldCases = (bad: string) =>
  `seq 1000 | awk '{ print ($1 == 371 ? "${bad}" : "cases,case=c" $1 " seconds=" $1 / 8) }' >> "$BUILD_STATS"`
const stored = ({ points }: InfluxServer) => new Set(points.map(({ timeNs }) => timeNs)).size

/** Refusals of a request for a line with the field `poison`: whatever the words, and whether or not the line is named. */
const refusals: Record<string, (lines: readonly string[]) => Answer> = {
  'in unknown words': () => influxError('v2', 400, 'it is raining'),
  'by quoting it, as 2.7 does': (lines) =>
    influxError('v2', 400, lines.map((line) => `unable to parse '${line}': odd`).join('\n')),
  'as VictoriaMetrics does': ([line]) => ({
    status: 400,
    body: `cannot process influx line protocol data: incorrect influx line ${JSON.stringify(line)}: odd`,
  }),
}

describe('a line that the server does not take', () => {
  test.each(Object.entries(refusals))('%s: costs itself alone, is told once, and is not kept', async (_, refuse) => {
    const { server, inputs } = await open(v2, ({ lines }) => {
      const bad = lines.filter((line) => line.includes('poison='))
      return bad.length === 0 ? undefined : refuse(bad)
    })
    const spool = join(mkdtempSync(join(tmpdir(), 'spool-')), 'kept')
    const { post, warnings, log } = await runScenario({ with: { ...inputs, spool } }, (job) =>
      job.step('cases', yieldCases('cases poison=1')),
    )
    expect(post.exitCode).toBe(0)
    expect(warnings).toEqual([
      expect.stringMatching(
        /^1 of 1,001 points could not be written to .*: the server refused a point, which is lost: "cases,.*poison=1.*": .*(odd|it is raining)/,
      ),
    ])
    expect(stored(server)).toBe(1000)
    expect(log).toMatch(
      /Build Stats: 1 point that .* does not accept, and why\ncases,.*poison=1.*\n# .*(odd|it is raining)/,
    )
    expect(log).not.toContain('points that could not be written; save and send them')
    expect(existsSync(spool) ? readdirSync(spool) : []).toEqual([])
    expect(server.requests.length).toBeLessThanOrEqual(2 * Math.log2(1001) + 1)
  })

  test('fails the job where that is asked for', async () => {
    const { inputs } = await open(v2, ({ lines }) => {
      const bad = lines.filter((line) => line.includes('poison='))
      return bad.length === 0 ? undefined : influxError('v2', 400, 'it is raining')
    })
    const { post } = await runScenario({ with: { ...inputs, 'fail-on-error': true } }, (job) =>
      job.step('cases', yieldCases('cases poison=1')),
    )
    expect(post.exitCode).toBe(1)
    expect(textsOf(post.annotations, 'error')).toEqual([
      expect.stringMatching(/^1 of 1,001 points could not be written/),
    ])
  })
})

describe('a type that conflicts', () => {
  test('on 1.12, which quotes names as Go does, costs the field, once', async () => {
    const { server, inputs } = await open(v1)
    const run = (cover: string) =>
      runScenario({ with: inputs }, (job) => job.step('cover', `printf '%s\\n' '${cover}' >> "$BUILD_STATS"`))
    expect((await run('cover src\\main.ts=90,ok=1')).warnings).toEqual([])
    const { warnings } = await run('cover src\\main.ts="n/a",ok=2')
    expect(warnings).toEqual([
      expect.stringMatching(
        /^The field "src\\main\.ts" was left out of 1 point of "cover" .*: this build sends it as string, but it is stored as float/,
      ),
    ])
    const cover = server.points.filter(({ measurement }) => measurement === 'cover')
    expect(cover.map(({ fields }) => fields.ok)).toEqual([1, 2])
    expect(server.violations).toEqual([])
  })

  test.each([v1, v2])('is converted where nothing is lost, and that is one note: $server.api', async (api) => {
    const { server, inputs } = await open(api)
    const run = (line: string) =>
      runScenario({ with: inputs }, (job) => job.step('tests', `printf '%s\\n' '${line}' >> "$BUILD_STATS"`))
    await run('tests total=5i,ratio=0.5,text="a",on=t')
    const { warnings, log, post } = await run('tests total=3,ratio="87.5",text=87.5,on="true"')
    expect([post.exitCode, warnings]).toEqual([0, []])
    const [, second] = server.points.filter(({ measurement }) => measurement === 'tests')
    expect(second?.fields).toMatchObject({ total: 3n, ratio: 87.5, text: '87.5', on: true })
    const notes = log.split('\n').filter((line) => line.startsWith('Converted to the types that '))
    expect(notes).toHaveLength(1)
    for (const field of ['total', 'ratio', 'text', 'on']) expect(notes[0]).toContain(`"${field}" of "tests" from `)
  })
})

test('line breaks in text go where a server refuses them, and that is one note', async () => {
  const { server, inputs } = await open(v1, ({ lines }) => {
    const broken = lines.find((line) => line.includes('\n'))
    if (broken === undefined) return undefined
    const words = `incorrect influx line ${JSON.stringify(broken)}: cannot parse field value for "msg": missing closing quote`
    return { status: 400, body: `cannot process influx line protocol data: ${words}` }
  })
  const { warnings, log } = await runScenario({
    with: { ...inputs, captures: '[property: msg, property: plain]', properties: '{msg: "a\\nb", plain: c}' },
  })
  expect(warnings).toEqual([])
  expect(server.points.map(({ fields }) => [fields.msg, fields.plain])).toEqual([['a b', 'c']])
  expect(log).toMatch(
    /: the line breaks in the text of a point were sent as spaces because this server does not accept them\./,
  )
})
