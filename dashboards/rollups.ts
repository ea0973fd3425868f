import { join } from 'node:path'

/**
 * Rollups: a row for each day of each job, so that a look at a whole organisation need not read every build. They are kept
 * in a retention policy of their own (in InfluxDB 2.x a bucket that is mapped to one), whose shards are long: what a query
 * over everything costs is mostly the number of its series in each shard.
 */
export const rollupMeasurement = 'build_daily'
export const rollupPolicy = 'rollups'

/** By these builds are grouped; the variables of the dashboard choose by the same. */
export const rollupTags = ['repository', 'workflow', 'job', 'runner_os', 'default_branch'] as const

type Aggregate = 'count' | 'sum' | 'max' | 'median' | 'p95'

interface RollupField {
  readonly name: string
  readonly of: string
  readonly aggregate: Aggregate
}

/** Fields that come from the same rows. InfluxQL has no condition inside an aggregate: another condition is another query. */
interface Rollup {
  readonly name: string
  /** InfluxQL's and Flux's. */
  readonly where?: readonly [influxql: string, flux: string]
  readonly fields: readonly RollupField[]
}

/** No field is called like one of `build`: the dashboard asks both with one query each, and one of them finds nothing. */
const rollups: readonly Rollup[] = [
  {
    name: 'build_daily',
    fields: [
      { name: 'builds', of: 'number', aggregate: 'count' },
      { name: 'duration_sum', of: 'duration', aggregate: 'sum' },
      { name: 'duration_max', of: 'duration', aggregate: 'max' },
      { name: 'queue_time_p50', of: 'queue_time', aggregate: 'median' },
      { name: 'queue_time_p95', of: 'queue_time', aggregate: 'p95' },
    ],
  },
  {
    name: 'build_daily_successes',
    where: [`"result" = 'success'`, 'r.result == "success"'],
    fields: [
      { name: 'successes', of: 'number', aggregate: 'count' },
      { name: 'duration_p50', of: 'duration', aggregate: 'median' },
      { name: 'duration_p95', of: 'duration', aggregate: 'p95' },
    ],
  },
  {
    name: 'build_daily_failures',
    where: [`"result" = 'failure'`, 'r.result == "failure"'],
    fields: [{ name: 'failures', of: 'number', aggregate: 'count' }],
  },
  {
    name: 'build_daily_cancellations',
    where: [`"result" = 'cancelled'`, 'r.result == "cancelled"'],
    fields: [{ name: 'cancellations', of: 'number', aggregate: 'count' }],
  },
  {
    name: 'build_daily_flaky',
    where: ['"flaky" = true', 'string(v: r._value) == "true"'],
    fields: [{ name: 'flaky_builds', of: 'flaky', aggregate: 'count' }],
  },
]

export const rollupFields = rollups.flatMap(({ fields }) => fields.map(({ name }) => name))
const ofRollups = new RegExp(`\\("(?:${rollupFields.join('|')})"[,)]`)

/** Whether a query asks for what only rollups have. */
export function isOfRollups(query: string): boolean {
  return ofRollups.test(query)
}

const header = (mark: string, what: string) => `${mark} ${what}
${mark} docs/scale.md says how to install it. Change the names "ci" and "build" if yours are others.
${mark} Written by npm run dashboard from dashboards/rollups.ts.
`

const database = 'ci'

function toSelect({ where, fields }: Rollup, range: string): string {
  const columns = fields.map(({ name, of, aggregate }) => `${toInfluxQL(aggregate, of)} AS "${name}"`)
  const conditions = [where?.[0], range].filter((one) => one !== undefined && one !== '')
  return [
    `SELECT ${columns.join(', ')}`,
    `INTO "${database}"."${rollupPolicy}"."${rollupMeasurement}" FROM "build"`,
    ...(conditions.length > 0 ? [`WHERE ${conditions.join(' AND ')}`] : []),
    `GROUP BY time(1d), ${rollupTags.map((tag) => `"${tag}"`).join(', ')} fill(none)`,
  ].join('\n  ')
}

function toInfluxQL(aggregate: Aggregate, field: string): string {
  return aggregate === 'p95' ? `percentile("${field}", 95)` : `${aggregate}("${field}")`
}

/** For InfluxDB 1.x: continuous queries, which go over the last three days again every hour. */
function printContinuousQueries(): string {
  const queries = rollups.map(
    (rollup) =>
      `CREATE CONTINUOUS QUERY "${rollup.name}" ON "${database}" RESAMPLE EVERY 1h FOR 3d BEGIN\n  ${toSelect(rollup, '')}\nEND`,
  )
  const policy = `CREATE RETENTION POLICY "${rollupPolicy}" ON "${database}" DURATION INF REPLICATION 1 SHARD DURATION 52w`
  return `${header('--', 'Rollups of builds for InfluxDB 1.x.')}\n${[policy, ...queries].join(';\n\n')};\n`
}

/** For InfluxDB 1.x: the same for the days before. */
function printBackfill(): string {
  const queries = rollups.map((rollup) => toSelect(rollup, "time >= '2026-01-01T00:00:00Z'"))
  return `${header('--', 'Rollups of builds for InfluxDB 1.x: once, for the days from 2026-01-01 on.')}\n${queries.join(';\n\n')};\n`
}

const quoted = (names: readonly string[]) => names.map((name) => `"${name}"`).join(', ')

/** For InfluxDB 2.x: a task. */
function printTask(): string {
  const writes = rollups.flatMap(({ where, fields }) =>
    fields.map(({ name, of, aggregate }) => {
      const condition = where === undefined ? '' : ` |> filter(fn: (r) => ${where[1]})`
      return `rows(field: "${of}")${condition} |> ${aggregate}OfDay() |> store(field: "${name}")`
    }),
  )
  return `${header('//', 'Rollups of builds for InfluxDB 2.x.')}
import "date"

option task = {name: "${rollups[0]?.name}", every: 1h, offset: 5m}

since = -3d
until = now()
tags = [${quoted(rollupTags)}]
tagsAndDay = [${quoted([...rollupTags, '_time'])}]

rows = (field) =>
    from(bucket: "${database}")
        |> range(start: date.truncate(t: since, unit: 1d), stop: until)
        |> filter(fn: (r) => r._measurement == "build" and r._field == field)

// Where the values of a day can be added up, the storage engine does so series by series.
countOfDay = (tables=<-) =>
    tables |> aggregateWindow(every: 1d, fn: count, timeSrc: "_start", createEmpty: false) |> group(columns: tagsAndDay) |> sum()
sumOfDay = (tables=<-) =>
    tables |> aggregateWindow(every: 1d, fn: sum, timeSrc: "_start", createEmpty: false) |> group(columns: tagsAndDay) |> sum()
maxOfDay = (tables=<-) =>
    tables |> aggregateWindow(every: 1d, fn: max, timeSrc: "_start", createEmpty: false) |> group(columns: tagsAndDay) |> max()
medianOfDay = (tables=<-) =>
    tables |> group(columns: tags) |> window(every: 1d) |> median(method: "exact_mean") |> duplicate(column: "_start", as: "_time")
p95OfDay = (tables=<-) =>
    tables |> group(columns: tags) |> window(every: 1d) |> quantile(q: 0.95, method: "exact_selector") |> duplicate(column: "_start", as: "_time")

store = (tables=<-, field) =>
    tables
        |> set(key: "_measurement", value: "${rollupMeasurement}")
        |> set(key: "_field", value: field)
        |> keep(columns: [${quoted(['_time', '_measurement', '_field', '_value', ...rollupTags])}])
        |> to(bucket: "${database}/${rollupPolicy}")

${writes.join('\n')}
`
}

const files = {
  'rollups-1.x.influxql': printContinuousQueries,
  'rollups-1.x-backfill.influxql': printBackfill,
  'rollups-2.x.flux': printTask,
}

/** The files that people install, by path. */
export function printRollups(): Map<string, string> {
  return new Map(Object.entries(files).map(([name, print]) => [join(import.meta.dirname, name), print()]))
}
