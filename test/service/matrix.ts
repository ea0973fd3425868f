// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { exampleJob } from '../support/github-api.ts'
import type { Influxd2 } from '../support/influxd2.ts'
import { toPastLines, toUsualBuilds } from '../support/past-builds.ts'
import type { StoredRow } from '../support/running-server.ts'
import {
  influxdb16,
  influxdb27,
  influxdb112,
  influxdbs,
  questdb,
  type Server,
  telegraf,
  victoriaMetrics179,
  victoriaMetrics1151,
} from '../support/servers.ts'
import type { Ran, Trial } from './trial.ts'

/** What becomes of something on each server. */
export interface Case {
  /** The head of its row. */
  readonly what: string
  /** By the server's name. A cell that begins with `not applicable` is not tried. */
  readonly cells: Readonly<Record<string, string>>
  readonly database?: string
  readonly retentionHours?: number
  /** Tries it, and returns the cell: what was seen. */
  try(trial: Trial): Promise<string>
}

/** The same cell on several servers. */
function on(tried: readonly Server[], cell: string): Record<string, string> {
  return Object.fromEntries(tried.map(({ name }) => [name, cell]))
}

const isOf = (trial: Trial, { name }: Server) => trial.name === name

const victoriaMetrics = [victoriaMetrics179, victoriaMetrics1151]
const influxdb1 = [influxdb16, influxdb112]
const asItIs = 'stored as it is'

/** What was said of a job's points beside its headline. */
const told = ({ post }: Ran) => post.annotations.map(({ message }) => message).join('\n')

/** Points that are kept are sent by every job until they are taken: those that never will be are not kept. */
async function expectNothingKept(trial: Trial): Promise<void> {
  if (trial.readSpool().length > 0) throw new Error(`kept: ${trial.readSpool().join()}`)
  const { requests } = await trial.run()
  if (requests !== 1) throw new Error(`the next job sent ${requests} requests`)
}

/** What became of a field of the row that has this id. */
function describeField(rows: readonly StoredRow[], id: number, field: string, ran: Ran): string {
  const row = rows.find((one) => Number(one.id) === id)
  if (row === undefined) return isOneLost(told(ran)) ? 'the line is lost and reported' : 'the line is lost'
  const isTold = told(ran).includes(field)
  const value = row[field]
  if (value === undefined) return isTold ? 'stored without the field, which is reported' : 'stored without the field'
  return value === 0 ? 'stored, the text as 0' : asItIs
}

const isOneLost = (text: string) => /\b1 of \d+ points? could not be written|\b1\b[^.]* lost/.test(text)

const daysAgo = (days: number) => `${Date.now() - days * 86_400_000}000000`

const count = (rows: readonly StoredRow[], of: number, ran: Ran) =>
  `${rows.length} of ${of} stored${isOneLost(told(ran)) ? ', 1 reported as lost' : ''}`

export const cases: readonly Case[] = [
  {
    what: 'Text for a field of numbers whose name has a backslash',
    cells: {
      ...on(influxdbs, 'stored without the field, which is reported'),
      ...on(victoriaMetrics, 'stored, the text as 0'),
      [questdb.name]: 'the line is lost and reported',
      [telegraf.name]: asItIs,
    },
    async try(trial) {
      await trial.server.write(trial.database, 'cover src\\main.ts=90,id=1')
      const ran = await trial.run({ lines: 'cover src\\main.ts="n/a",id=2\n' })
      await expectNothingKept(trial)
      return describeField(await trial.readRows('cover'), 2, 'src\\main.ts', ran)
    },
  },
  {
    what: 'A point older than the retention, beside five others',
    retentionHours: 1,
    cells: {
      ...on(influxdbs, '5 of 6 stored, 1 reported as lost'),
      ...on([...victoriaMetrics, questdb, telegraf], '6 of 6 stored'),
    },
    async try(trial) {
      const lines = [1, 2, 3, 4, 5].map((id) => `cases,case=c${id} id=${id}\n`)
      const ran = await trial.run({ lines: `${lines.join('')}cases,case=c6 id=6 ${daysAgo(10)}\n` })
      await expectNothingKept(trial)
      return count(await trial.readRows('cases'), 6, ran)
    },
  },
  {
    what: 'Such a point beside one with text for a number',
    retentionHours: 1,
    cells: {
      ...on(influxdbs, '2 of 3 stored, 1 reported as lost; text: stored without the field, which is reported'),
      ...on(victoriaMetrics, '3 of 3 stored; text: stored, the text as 0'),
      [questdb.name]: '3 of 3 stored; text: stored without the field, which is reported',
      [telegraf.name]: '3 of 3 stored; text: stored as it is',
    },
    async try(trial) {
      await trial.server.write(trial.database, 'cases,case=c0 id=0,speed=1.5')
      const ran = await trial.run({
        lines: `cases,case=c1 id=1\ncases,case=c2 id=2,speed="n/a"\ncases,case=c3 id=3 ${daysAgo(10)}\n`,
      })
      await expectNothingKept(trial)
      const rows = (await trial.readRows('cases')).filter((row) => row.case !== 'c0')
      return `${count(rows, 3, ran)}; text: ${describeField(rows, 2, 'speed', ran)}`
    },
  },
  {
    what: 'Numbers and text for columns of another type, which convert without loss',
    cells: {
      ...on([...influxdbs, questdb], 'stored, converted, which is reported'),
      ...on(victoriaMetrics, 'not applicable: every field is a float'),
      [telegraf.name]: 'not applicable: it knows no types',
    },
    async try(trial) {
      const before = 'conv id=1,a=1.5,b=1i,c="text",d=1.5,e=true,f=1i'
      await trial.server.write(trial.database, before)
      const ran = await trial.run({ lines: 'conv id=2,a=3i,b=3,c=12.5,d="87.5",e="true",f=3.5\n' })
      await expectNothingKept(trial)
      const row = (await trial.readRows('conv')).find(({ id }) => id === 2)
      if (row === undefined)
        return told(ran).includes('"conv"') || told(ran).includes('conv')
          ? 'the line is lost and reported'
          : 'the line is lost'
      const { a, b, c, d, e, f } = row
      const seen = JSON.stringify([a, b, c, d, e, f ?? null])
      if (seen !== '[3,3,"12.5",87.5,true,null]') return seen
      return /Converted to the types/.test(ran.log) ? 'stored, converted, which is reported' : 'stored, converted'
    },
  },
  {
    what: 'A whole number of a callback where Buildbot wrote integers',
    cells: {
      ...on(influxdbs, 'stored as integer'),
      ...on(victoriaMetrics, 'stored as float'),
      [questdb.name]: "not applicable: a table's name has no slash",
      [telegraf.name]: 'stored as float',
    },
    async try(trial) {
      const measurement = 'CI/test-tests'
      await trial.server.write(trial.database, `${measurement} total=7i`)
      const captures = '- data: {name: tests, callback: \'{"total": passed + failed}\'}'
      const ran = await trial.run({
        with: { layout: 'buildbot', captures },
        lines: 'tests passed=10,failed=2\n',
      })
      await expectNothingKept(trial)
      const row = (await trial.readRows(measurement)).find(({ total }) => Number(total) === 12)
      if (row === undefined) return /tests/.test(told(ran)) ? 'the line is lost and reported' : 'the line is lost'
      return `stored as ${await trial.server.readType(trial.database, measurement, 'total')}`
    },
  },
  {
    what: 'Text of two lines',
    cells: {
      ...on([...influxdbs, telegraf], asItIs),
      ...on(victoriaMetrics, 'stored, the text as 0'),
      [questdb.name]: 'stored on one line, which is reported',
    },
    async try(trial) {
      const with_ = { captures: '- duration\n- property: note', properties: JSON.stringify({ note: 'a\nb' }) }
      const ran = await trial.run({ with: with_ })
      await expectNothingKept(trial)
      const [row] = await trial.readRows('build')
      if (row === undefined) return told(ran) === '' ? 'the row is lost' : 'the row is lost and reported'
      if (row.note === 'a\nb') return asItIs
      if (row.note === 0) return 'stored, the text as 0'
      return `stored on one line${/line break/.test(ran.log) ? ', which is reported' : ''}`
    },
  },
  {
    what: 'A record with the tag `_field`',
    cells: on([...influxdbs, ...victoriaMetrics, questdb, telegraf], 'stored, the tag renamed'),
    async try(trial) {
      await trial.run({ lines: 'cases,_field=x id=1\ncases,_measurement=y id=2\ncases id=3\n' })
      await expectNothingKept(trial)
      const rows = await trial.readRows('cases')
      if (rows.length !== 3) return `${rows.length} of 3 stored`
      return rows.some((row) => '_field' in row || '_measurement' in row) ? asItIs : 'stored, the tag renamed'
    },
  },
  {
    what: 'An unsigned integer, `5u`',
    cells: {
      ...on([...influxdb1, telegraf], 'stored as integer'),
      [influxdb27.name]: 'stored as unsigned',
      ...on(victoriaMetrics, 'stored as float'),
      [questdb.name]: 'stored as integer',
    },
    async try(trial) {
      const ran = await trial.run({ lines: 'cases size=5u\n' })
      await expectNothingKept(trial)
      const [row] = await trial.readRows('cases')
      if (row === undefined || Number(row.size) !== 5)
        return `the line is lost${told(ran) === '' ? '' : ' and reported'}`
      return `stored as ${await trial.server.readType(trial.database, 'cases', 'size')}`
    },
  },
  {
    what: 'A field called `timestamp`',
    cells: {
      ...on([...influxdbs, ...victoriaMetrics, telegraf], asItIs),
      [questdb.name]: 'the line is lost and reported',
    },
    async try(trial) {
      const ran = await trial.run({ lines: 'cases,case=c1 id=1,timestamp=7\ncases,case=c2 id=2\n' })
      await expectNothingKept(trial)
      const rows = await trial.readRows('cases')
      if (!rows.some(({ id }) => Number(id) === 2)) return 'the line beside it is lost'
      return describeField(rows, 1, 'timestamp', ran)
    },
  },
  {
    what: 'Points that are sent twice, since the answer was lost',
    cells: {
      ...on([...influxdbs, ...victoriaMetrics], 'stored once'),
      [questdb.name]: 'stored twice',
      [telegraf.name]: 'passed on twice',
    },
    async try(trial) {
      trial.forward.lost = 1
      const { requests } = await trial.run({ lines: 'cases id=1\n' })
      if (requests !== 2) return `${requests} requests`
      const rows = await trial.readRows('cases')
      return `${isOf(trial, telegraf) ? 'passed on' : 'stored'} ${rows.length === 2 ? 'twice' : 'once'}`
    },
  },
  {
    what: 'A `retention-policy` that is not there',
    cells: {
      ...on(influxdb1, 'refused at once, with the name of the input'),
      [influxdb27.name]: 'not applicable: refused as a setting of v2',
      ...on([...victoriaMetrics, questdb, telegraf], 'stored: it has no policies'),
    },
    async try(trial) {
      const ran = await trial.run({ with: { 'retention-policy': 'nope' } })
      if ((await trial.readRows('build')).length === 1) return 'stored: it has no policies'
      if (ran.requests > 1) return `refused after ${ran.requests} requests`
      return `refused at once${told(ran).includes('retention-policy') ? ', with the name of the input' : ''}`
    },
  },
  {
    what: '`compare`, with steps',
    cells: {
      ...on(influxdbs, 'compared'),
      ...on([...victoriaMetrics, questdb, telegraf], 'not compared: it does not answer InfluxQL'),
    },
    async try(trial) {
      const captures = '- duration\n- steps'
      const { log } = await compareWith(trial, { captures })
      if (/median of the last \d+ builds/.test(log)) return 'compared'
      return /not compared with earlier builds: .*InfluxQL/.test(log)
        ? 'not compared: it does not answer InfluxQL'
        : log
    },
  },
  {
    what: '`compare` with a token that may only write',
    cells: {
      ...on(influxdb1, 'not applicable: it has users, not tokens'),
      [influxdb27.name]: 'asks whether the token may read the bucket',
      ...on([...victoriaMetrics, questdb, telegraf], 'not applicable: it does not answer InfluxQL'),
    },
    async try(trial) {
      const { log } = await compareWith(trial, { token: await (trial.server as Influxd2).createToken('write') })
      return /check that the token may read/.test(log) ? 'asks whether the token may read the bucket' : log
    },
  },
  {
    what: '`compare` in a bucket called `ci/autogen`',
    database: 'ci/autogen',
    cells: {
      [influxdb27.name]: 'compared',
      ...on([...influxdb1, ...victoriaMetrics, questdb, telegraf], 'not applicable: it has no buckets'),
    },
    async try(trial) {
      const { log } = await compareWith(trial, {})
      return /median of the last \d+ builds/.test(log) ? 'compared' : log
    },
  },
  {
    what: "`compare` with the bucket's id for its name",
    cells: {
      [influxdb27.name]: 'not compared: asks for the name',
      ...on([...influxdb1, ...victoriaMetrics, questdb, telegraf], 'not applicable: it has no buckets'),
    },
    async try(trial) {
      const { log } = await compareWith(trial, { bucket: await (trial.server as Influxd2).findBucket(trial.database) })
      return /not compared with earlier builds: .*\bname\b/.test(log) ? 'not compared: asks for the name' : log
    },
  },
  {
    what: 'A `url` that ends in `/write`',
    cells: on([...influxdbs, ...victoriaMetrics, questdb, telegraf], 'refused when the job starts'),
    async try(trial) {
      const { main, log } = await trial.run({ with: { url: `${trial.forward.url}/write` } })
      return main.exitCode === 1 && /\burl\b/.test(main.log) ? 'refused when the job starts' : log
    },
  },
  {
    what: '`org` left out',
    cells: {
      [influxdb27.name]: 'refused when the job starts',
      ...on([...influxdb1, ...victoriaMetrics, questdb, telegraf], 'not applicable: it has no orgs'),
    },
    async try(trial) {
      const { main, log } = await trial.run({ with: { org: '' } })
      return main.exitCode === 1 && /\borg\b/.test(main.log) ? 'refused when the job starts' : log
    },
  },
  {
    what: 'A line that is never taken, kept in the spool during an outage',
    retentionHours: 1,
    cells: {
      ...on([...influxdbs, questdb], 'the others sent, this one reported once, and gone'),
      ...on([...victoriaMetrics, telegraf], 'not applicable: it takes every line that is kept'),
    },
    async try(trial) {
      // QuestDB forgets nothing, and knows no column with a question mark.
      const never = isOf(trial, questdb) ? 'cases,case=c2 a?b=2' : `cases,case=c2 id=2 ${daysAgo(10)}`
      trial.forward.isDown = true
      await trial.run({ lines: `cases,case=c1 id=1\n${never}\ncases,case=c3 id=3\n`, with: { timeout: '2' } })
      const kept = trial.readSpool().length
      trial.forward.isDown = false
      const ran = await trial.run()
      const rows = await trial.readRows('cases')
      if (kept !== 1 || rows.length !== 2) return `${kept} files kept, ${rows.length} rows`
      await expectNothingKept(trial)
      const isTold = isOneLost(ran.log)
      return `the others sent, ${isTold ? 'this one reported once, and gone' : 'this one gone without a word'}`
    },
  },
]

/** A job of seven minutes, beside thirty builds of about five. */
async function compareWith(trial: Trial, inputs: Readonly<Record<string, string>>): Promise<Ran> {
  await trial.server.write(trial.database, toPastLines(toUsualBuilds()))
  const started_at = new Date(Date.now() - 432_000).toISOString()
  const times = { started_at, created_at: started_at }
  return await trial.run({
    with: { captures: '- duration', compare: 'true', ...inputs },
    api: { job: exampleJob(times) },
  })
}
