import { appendFileSync } from 'node:fs'
import { cutText } from '../build/cut-text.ts'
import type { DataRecord, Fields, FieldValue, Tags } from '../build/data.ts'
import { isDeep } from '../build/depth.ts'
import { toFields } from '../build/fields.ts'
import { isObject } from '../build/json.ts'
import { toLine } from '../line-protocol/writer.ts'
import { cleanKey, cleanName, cleanTag, cleanText, isOwnName } from '../point/clean.ts'
import type { ReadInput } from '../runner/input-names.ts'
import { openRegular } from '../runner/open-regular.ts'
import type { Runner } from '../runner/runner.ts'
import { devNull } from '../runner/system.ts'
import { parseMap } from '../settings/input-values.ts'
import { parseTags } from '../settings/layout.ts'
import { formatProblem, type SettingProblem, SettingsError } from '../settings/problem.ts'
import { parseYaml, type Yaml } from '../settings/yaml.ts'

/** Nothing is cut before the end of the job, which knows the secrets that may be cut in two. */
const uncut = Number.POSITIVE_INFINITY

/** The step that yields: its inputs become lines of $BUILD_STATS. Mistakes in its inputs fail it, and nothing else does. */
export async function yieldData({ runner }: { readonly runner: Runner }): Promise<void> {
  const { env, log, readInput } = runner
  const dataFile = env.BUILD_STATS ?? ''
  const found = dataFile === '' || dataFile === devNull ? { reason: 'is not there' } : openData(dataFile)
  const opened = 'file' in found ? found : undefined
  if ('reason' in found && dataFile !== devNull) {
    const file = `the file of $BUILD_STATS, ${dataFile}, ${found.reason}`
    const wrong = dataFile === '' ? '$BUILD_STATS is not set' : file
    const remedy = 'add the step `- uses: build-stats/build-stats@v1` before this one (see README)'
    log.warning(`No data can be yielded because ${wrong}: ${remedy}. If it is there already, check why it failed.`)
  }
  let records: readonly DataRecord[]
  try {
    const lost: SettingProblem[] = []
    records = readInput('report') === '' ? await parseRecords(readInput, lost) : await parseReports(runner, lost)
    for (const problem of lost) log.warning(`${formatProblem(problem)}. It is left out.`)
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error
    log.fail(error.message)
    return
  }
  if (opened === undefined) {
    // Main has told why there is no file.
    if (dataFile === devNull)
      log.warning(`The data ${JSON.stringify(readInput('name'))} is lost: there is no place for $BUILD_STATS.`)
    return
  }
  const name = JSON.stringify(cleanName(readInput('name') || (records[0]?.name ?? 'report')))
  try {
    // What somebody echoed before may lack its newline; blank lines cost nothing.
    if (records.length > 0) appendFileSync(opened.file, (opened.size > 0 ? '\n' : '') + toLines(records))
    log.info(`Build Stats: ${records.length} ${records.length === 1 ? 'record' : 'records'} of ${name} yielded.`)
  } catch (error) {
    log.warning(`The data ${name} is lost because $BUILD_STATS cannot be written: ${(error as Error).message}`)
  }
}

/** The file that main made; what a step may have put in its place is not followed. */
function openData(path: string): { file: number; size: number } | { reason: string } {
  try {
    return openRegular(path, 'never', 'append') ?? { reason: 'is not there' }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return { reason: code === 'ENOENT' || code === 'EISDIR' ? 'is not there' : `cannot be opened: ${message}` }
  }
}

/** Lines without a time: the end of the build counts. */
export function toLines(records: readonly DataRecord[]): string {
  return records.map(({ name, tags, fields }) => `${toLine({ measurement: name, tags, fields })}\n`).join('')
}

/**
 * Reads `name`, `data` and `tags` as records, everything in them such as line protocol can say.
 * @param lost what is wrong with tags that cost themselves
 * @throws SettingsError with every problem
 */
export async function parseRecords(read: ReadInput, lost: SettingProblem[] = []): Promise<DataRecord[]> {
  const problems: SettingProblem[] = []
  const name = read('name').trim()
  if (name === '') problems.push({ input: 'name', text: 'is empty; say what the data is called, such as tests' })
  const { map, lineOf } = await parseMap('tags', read('tags'), problems, lost, 'text')
  const tags = cleanTags(parseTags(map, (key) => ({ input: 'tags', line: lineOf([key]) }), problems))
  const all = (await parseData(read('data'), problems)).map((record) => cleanFields(record, tags, problems))
  if (problems.length > 0) throw new SettingsError(problems)
  return all.map((fields) => ({ name: cleanName(name, uncut), tags, fields }))
}

/** The same of `report`, beside which there is no `data`. What is wrong with a report is a warning. */
async function parseReports(runner: Runner, lost: SettingProblem[]): Promise<readonly DataRecord[]> {
  const { log, readInput: read } = runner
  const problems: SettingProblem[] = []
  const { map, lineOf } = await parseMap('tags', read('tags'), problems, lost, 'text')
  const tags = cleanTags(parseTags(map, (key) => ({ input: 'tags', line: lineOf([key]) }), problems))
  if (read('data') !== '')
    problems.push({ input: 'data', text: 'cannot be combined with report: leave one of them out' })
  const { yieldReports } = await import('./yield-report.ts')
  const records = problems.length > 0 ? [] : await yieldReports(runner, tags, log.warning)
  if ('problem' in records) problems.push({ input: 'report', text: records.problem })
  if (problems.length > 0 || 'problem' in records) throw new SettingsError(problems)
  return records
}

/** One map of `data` as it was given, and how messages speak of it and its keys. */
interface GivenRecord {
  readonly value: unknown
  /** `record 2 `, where there are several. */
  readonly label: string
  lineOf(key?: string): number | undefined
}

async function parseData(text: string, problems: SettingProblem[]): Promise<GivenRecord[]> {
  if (text.trim() === '') {
    const hint = 'where a step output should be, check the id of the step and that it sets the output'
    problems.push({ input: 'data', text: `is empty; it takes values such as passed: 10 (${hint})` })
    return []
  }
  const { value, lineOf } = parseJson(text) ?? (await parseYaml('data', text, problems)) ?? {}
  if (lineOf === undefined) return []
  const at = (...path: (string | number | undefined)[]) => lineOf(path.filter((part) => part !== undefined))
  if (!Array.isArray(value)) return [{ value, label: '', lineOf: (key) => at(key) }]
  return value.map((one, index) => ({ value: one, label: `record ${index + 1} `, lineOf: (key) => at(index, key) }))
}

/** What tools print is read as JSON: YAML has other escapes, and reads a map with a key that is there twice as a mistake. */
function parseJson(text: string): Pick<Yaml, 'value' | 'lineOf'> | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined
  try {
    return { value: JSON.parse(text), lineOf: () => undefined }
  } catch {
    return undefined // It may still be YAML in flow style.
  }
}

function cleanFields({ value, label, lineOf }: GivenRecord, tags: Tags, problems: SettingProblem[]): Fields {
  const problem = (text: string, key?: string) =>
    problems.push({ input: 'data', line: lineOf(key), text: `${label}${text}` })
  if (!isObject(value)) {
    problem(`must be a map of values${label === '' ? ', or a list of such maps' : ''}, but is ${show(value)}`)
    return []
  }
  const fields = new Map<string, FieldValue>()
  try {
    for (const [key, field] of toFields(value).fields) {
      if (isOwnName(key)) problem(`holds "${key}", which is reserved by InfluxDB; choose another`, key)
      if (typeof field === 'number' && !Number.isFinite(field)) throw new Error('holds a number beyond 64-bit floats')
      fields.set(cleanKey(key, uncut), typeof field === 'string' ? cleanText(field) : field)
    }
    if (fields.size === 0) problem('has no values; nulls do not count')
  } catch (error) {
    problem(`cannot be stored: it ${(error as Error).message}`)
  }
  for (const [key] of tags) if (fields.has(key)) problem(`holds "${key}", which is in tags, too; leave one out`, key)
  return [...fields]
}

function cleanTags(given: Tags): Tags {
  const tags = given.map(([key, value]) => [cleanKey(key, uncut), cleanTag(value, uncut)] as const)
  return [...new Map(tags.filter(([, value]) => value !== ''))]
}

function show(value: unknown): string {
  if (isDeep(value)) return 'a list that is nested too deeplyly'
  const text = JSON.stringify(value) ?? String(value)
  return cutText(text, 60)
}
