import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeServers } from '../support/describe-servers.ts'
import type { Influxd } from '../support/influxd.ts'
import { anyDocument, anyLine, everyTime, everyValue } from '../support/line-protocol-arbitrary.ts'
import { compare, parse, store, toPoints } from '../support/line-protocol-comparison.ts'
import { joined, laxer, stricter } from '../support/line-protocol-differences.ts'
import { influxdb16, influxdb112 } from '../support/servers.ts'

// What InfluxDB 1.6.7 and 1.12.4 store or refuse is what the parser reads or refuses, but for the differences in a list. A random
// line that shows another one fails; FAST_CHECK_RUNS and FAST_CHECK_SEED ask for more lines, or for the same.

const runsOfFirst = Number(process.env.FAST_CHECK_RUNS ?? 600)
const seed = process.env.FAST_CHECK_SEED === undefined ? {} : { seed: Number(process.env.FAST_CHECK_SEED) }
const linesPerDocument = 12

// 2.x refuses a whole request for one line, whatever the others are: bad-lines.test.ts.
describeServers([influxdb16, influxdb112], (server) => {
  const runs = server === influxdb16 ? runsOfFirst : Math.ceil(runsOfFirst / 3)
  let influxd: Influxd
  beforeAll(async () => {
    influxd = await server.start({ noLimits: true })
  })
  afterAll(() => influxd?.stop())

  test('single lines', { timeout: 100 * runs + 180_000 }, async () => {
    const check = fc.asyncProperty(anyLine, (text) => compare(influxd, text))
    await fc.assert(check, { numRuns: runs, ...seed })
  })

  test('every kind of value and timestamp', async () => {
    for (const value of everyValue) await compare(influxd, `m v=${value} 5`)
    for (const time of everyTime) await compare(influxd, `m v=1 ${time}`)
  })

  test.each([
    'm a=1,a=2 5',
    'm a=2,b=3,a=1 5',
    'm a=1,a=1i 5',
    'm,a=1,a=2 v=1 5',
    'm,b=1,a=1,b=2 v=1 5',
    'm,time=1 v=1 5',
    'm time=1 5',
    'm\\"x\\=y v=1 5',
    'm,a\\"b=c\\"d v=1 5',
    'm,v=1 v=1 5',
    'm,t== v=1 5',
    'm v="a\nb",w="c\r\nd" 5',
    'm v="a\\\nb" 5',
    'time,_field=a,_measurement=b _time=1 5',
  ])('what random lines seldom have: %j', (text) => compare(influxd, text))

  test('documents of many lines', { timeout: 100 * runs + 180_000 }, async () => {
    const check = fc.asyncProperty(anyDocument(linesPerDocument), async (text) => {
      const parsed = parse(text)
      const { isRefused, points } = await store(influxd, text)
      expect(toPoints(parsed)).toEqual(points)
      expect(parsed.some((line) => 'problem' in line)).toBe(isRefused)
    })
    await fc.assert(check, { numRuns: Math.ceil(runs / linesPerDocument), ...seed })
  })

  test.each(stricter)('stricter: $name', async ({ line, problem, stored }) => {
    expect(parse(line)).toEqual([{ line: 1, problem: expect.stringMatching(problem) }])
    const { isRefused, message, points } = await store(influxd, line)
    expect(points).toEqual(stored ? [stored] : [])
    // What 1.6.7 leaves out without a word, 1.12 reports.
    const isReported = server === influxdb112 && line.includes(',time=')
    expect([isRefused, message]).toEqual(isReported ? [true, expect.stringMatching(/stripped/)] : [false, ''])
  })

  test.each(laxer)('laxer: $name', async ({ line, read }) => {
    expect(toPoints(parse(line))).toEqual(read ? [read] : [])
    expect(await store(influxd, line)).toMatchObject({ isRefused: true, points: [] })
  })

  test('laxer: `\\r\\n` after a string, which InfluxDB changes', async () => {
    expect(toPoints(parse('m v="a"\r'))).toMatchObject([{ fields: { v: 'a' } }])
    expect(await store(influxd, 'm v="a"\r')).toMatchObject({ points: [{ fields: { v: 'a"' } }] })
  })

  test.each(joined)('a malformed line costs one line: $name', async ({ text, read }) => {
    expect(toPoints(parse(text)).map(({ name }) => name)).toEqual(read)
    expect((await store(influxd, text)).points.map(({ name }) => name)).not.toEqual(read)
  })

  test('what is written with "#!~#" in a tag is in another series after a restart', async () => {
    await influxd.createDatabase('separator')
    await influxd.write('separator', 'm,t=a#!~#b v=1 5')
    await influxd.restart()
    const [series] = await influxd.query('separator', 'SELECT * FROM m GROUP BY *')
    expect(series).toMatchObject({ tags: { t: 'a' }, columns: ['time', 'b#!~#v', 'v'], rows: [[5n, 1, null]] })
  })

  test('lengths: names of 65,531 bytes, strings of a million', async () => {
    const lines = [
      `${'m'.repeat(65_530)} v=1 5`,
      `${'é'.repeat(32_765)} v=1 5`,
      `m,t=${'\\ '.repeat(32_763)} v=1 5`,
      `m ${'f'.repeat(65_530)}=1 5`,
      `m v="${'s'.repeat(1_000_000)}" 5`,
    ]
    for (const line of lines) {
      await compare(influxd, line)
      expect(parse(line)).toMatchObject([{ record: { timeNs: 5n } }])
    }
    for (const line of lines.slice(0, 4)) {
      const longer = line.replace(/^m|^é|=1/, '$&x')
      const oneMore = longer === line ? line : longer.replace('=1x', '=1').replace(/f=/, 'ff=')
      await compare(influxd, oneMore)
      expect(parse(oneMore)).toMatchObject([{ problem: expect.stringContaining('65,531 bytes') }])
    }
  })
})

test('docs name every difference', () => {
  const docs = readFileSync(new URL('../../docs/line-protocol.md', import.meta.url), 'utf8')
  for (const { name } of [...stricter, ...laxer, ...joined]) expect(docs).toContain(name)
})
