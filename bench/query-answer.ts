/**
 * What InfluxDB answers to the statements of `compare`: as many builds as a statement's LIMIT, each with a value for
 * every column, and as many of each of twelve steps.
 */
export function answerQuery(statements: string): string {
  return JSON.stringify({ results: statements.split('; ').map(answerStatement) })
}

function answerStatement(statement: string, id: number) {
  const [, list = '', name = ''] = /^SELECT (.*?) FROM "(.*?)"/.exec(statement) ?? []
  const limit = Number(/ LIMIT (\d+)$/.exec(statement)?.[1])
  const columns = ['time', ...[...list.matchAll(/"(.*?)"/g)].map(([, column = '']) => column)]
  const endMs = Date.now()
  const values = Array.from({ length: limit }, (_, index) =>
    columns.map((column) => (column === 'time' ? endMs - 3600_000 * (index + 1) : toValue(column, index))),
  )
  // GitHub's records of jobs that have a row of their own.
  if (name.endsWith('_job')) return { statement_id: id }
  const steps = statement.includes('GROUP BY "step"') ? Array.from({ length: 12 }, (_, step) => `Step ${step + 1}`) : []
  const series = { name, columns, values }
  return {
    statement_id: id,
    series: steps.length === 0 ? [series] : steps.map((step) => ({ ...series, tags: { step } })),
  }
}

function toValue(column: string, index: number): unknown {
  if (column === 'run_id') return 4000 - index
  if (column === 'attempt') return 1
  if (column === 'number') return 1000 - index
  if (column === 'caller_unknown' || column.startsWith('since_number')) return null
  if (column.startsWith('runner_')) return 'ubuntu24'
  return 10 + (index % 7) / 10
}
