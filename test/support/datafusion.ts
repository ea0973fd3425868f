import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ParsedLine } from './line-protocol.ts'
import { runProcess } from './process.ts'

const environment = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'build-stats', 'datafusion-55.0.0')

/** Python with DataFusion, InfluxDB 3's SQL engine, as script/datafusion installs it; tests skip visibly without it. */
export const dataFusionPath: string | undefined = existsSync(join(environment, '.complete'))
  ? join(environment, 'bin', 'python')
  : undefined

/** Each measurement is a table, each tag and field a column, as in InfluxDB 3. */
const program = `
import json, sys
import pyarrow
from datafusion import SessionContext
given = json.load(open("given.json"))
context = SessionContext()
for name, rows in given["tables"].items():
    keys = dict.fromkeys(key for row in rows for key in row)
    columns = {key: [row.get(key) for row in rows] for key in keys}
    columns["time"] = pyarrow.array([int(at) for at in columns["time"]], pyarrow.timestamp("ns"))
    context.register_record_batches(name, [pyarrow.table(columns).to_batches()])
def answer(query):
    table = context.sql(query).to_arrow_table()
    # Python's own times have no nanoseconds.
    columns = [one.cast("int64") if pyarrow.types.is_timestamp(one.type) else one for one in table.columns]
    return pyarrow.table(columns, table.column_names).to_pylist()
print(json.dumps([answer(query) for query in given["queries"]]))
`

/** The rows that each query gives on such points. */
export async function querySql(points: readonly ParsedLine[], queries: readonly string[]): Promise<object[][]> {
  if (dataFusionPath === undefined) throw new Error('DataFusion is not installed')
  const tables = Map.groupBy(points, ({ measurement }) => measurement)
  const given = {
    queries,
    tables: Object.fromEntries(
      [...tables].map(([name, rows]) => [
        name,
        rows.map(({ tags, fields, timeNs }) => ({ ...tags, ...fields, time: `${timeNs}` })),
      ]),
    ),
  }
  const folder = await mkdtemp(join(tmpdir(), 'build-stats-sql-'))
  try {
    const text = JSON.stringify(given, (_, value) => (typeof value === 'bigint' ? Number(value) : value))
    await writeFile(join(folder, 'given.json'), text)
    const options = { cwd: folder, env: { HOME: folder }, timeoutMs: 60_000 }
    const { exitCode, stdout, stderr } = await runProcess(dataFusionPath, ['-c', program], options)
    if (exitCode !== 0) throw new Error(stderr)
    return JSON.parse(stdout)
  } finally {
    await rm(folder, { recursive: true })
  }
}
