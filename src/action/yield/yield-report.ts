import type { DataRecord, Tags } from '../../build/data.ts'
import { explainMiss, mergeMisses } from '../../capture/miss.ts'
import { reportMs } from '../../limits.ts'
import { cleanKey, cleanName, cleanTag, cleanText } from '../../point/clean.ts'
import { readDataFileTime } from '../../runner/data-file.ts'
import type { Runner } from '../../runner/runner.ts'
import { toRunFacts } from '../../settings/run-facts.ts'

/**
 * Reads, during a job, the reports that the input `report` of the action `yield` names, one glob per line. Their records are
 * yielded under `name`, or under the default name of the kind of report.
 * @param warn receives problems with reports: sentences
 * @returns the problems with the input
 */
export async function yieldReports(
  runner: Runner,
  tags: Tags,
  warn: (text: string) => void,
): Promise<readonly DataRecord[] | { readonly problem: string }> {
  const { env, log, readInput } = runner
  const files = readInput('report')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
  const name = readInput('name').trim()
  // Each is its own chunk, which the post phase loads too.
  const [{ parseRules }, { readReports }] = await Promise.all([
    import('../../capture/parse-rules.ts'),
    import('../reports/read-reports.ts'),
  ])
  const parsed = parseRules([{ report: { files, ...(name === '' ? {} : { name }) } }], () => undefined)
  const [rule] = parsed.rules
  if (rule?.kind !== 'report') return { problem: (parsed.problems[0]?.text ?? '').replace(/^report: "files" /, '') }
  const { workspace, runnerTemp } = toRunFacts(runner, 'post', {})
  const startMs = readDataFileTime(env.BUILD_STATS ?? '')
  const sources = {
    workspace,
    temp: runnerTemp,
    startMs,
    budgetMs: reportMs,
    cancel: new AbortController().signal,
    redact: log.redact,
  }
  const result = (await readReports([rule], sources)).results.get(rule)
  for (const miss of mergeMisses(result?.misses ?? [])) warn(`${explainMiss(miss)}.`)
  for (const note of result?.notes ?? []) log.info(note)
  return (result?.captured ?? []).map(({ record }) => clean(record, tags))
}

/** Sanitises for line protocol. Nothing is cut before the end of the job, when all secrets are known: a cut could leave a part of one. */
function clean(record: DataRecord, tags: Tags): DataRecord {
  const uncut = Number.POSITIVE_INFINITY
  const cleaned = record.fields.map(
    ([key, value]) => [cleanKey(key, uncut), typeof value === 'string' ? cleanText(value) : value] as const,
  )
  const all = new Map([...tags, ...record.tags].map(([key, value]) => [cleanKey(key, uncut), cleanTag(value, uncut)]))
  return {
    ...(record.timeNs === undefined ? {} : { timeNs: record.timeNs }),
    name: cleanName(record.name, uncut),
    tags: [...all].filter(([, value]) => value !== ''),
    fields: cleaned.filter(([key]) => !all.has(key)),
  }
}
