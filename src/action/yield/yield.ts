import { appendFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { DataRecord, Tags } from '../../build/data.ts'
import { maxAlike } from '../../limits.ts'
import { toLine } from '../../line-protocol/writer.ts'
import { cleanName } from '../../point/clean.ts'
import type { ReadInput } from '../../runner/input-names.ts'
import { openRegular } from '../../runner/open-regular.ts'
import type { Runner } from '../../runner/runner.ts'
import { devNull } from '../../runner/system.ts'
import { readFailOnError } from '../../settings/early-inputs.ts'
import { parseMap } from '../../settings/input-values.ts'
import { parseTags } from '../../settings/layout.ts'
import { type SettingProblem, SettingsError } from '../../settings/problem.ts'
import { cleanTags, type GivenRecord, parseData, readFileRecords, toYieldLine } from './yield-records.ts'

/** How many lines are appended at a time. */
const batchLength = 1000

/**
 * The action `yield`: its inputs become lines of $BUILD_STATS. An invalid value is left out with a warning, unless
 * `fail-on-error` is set.
 */
export async function yieldData({ runner }: { readonly runner: Runner }): Promise<void> {
  const { env, log, readInput } = runner
  const tell = readFailOnError(readInput) ? log.fail : log.warning
  const opened = openData(env.BUILD_STATS ?? '')
  if ('reason' in opened) tell(opened.reason)
  const problems: SettingProblem[] = []
  const name = readInput('name').trim()
  const isReport = readInput('report') !== ''
  if (name === '' && !isReport) {
    problems.push({ input: 'name', text: 'is empty; give the data a name, such as tests' })
  }
  const tags = await readTags(readInput, problems)
  let count = 0
  try {
    let lines: string[] = []
    const write = () => {
      if ('file' in opened && lines.length > 0) appendFileSync(opened.file, `${lines.join('\n')}\n`)
      count += lines.length
      lines = []
    }
    // A line that another command appended may lack its newline; blank lines do no harm.
    if ('file' in opened && opened.size > 0) lines.push('')
    const first = lines.length
    const given = isReport
      ? readReportLines(runner, tags, problems, tell)
      : readDataLines(readInput, env, tags, problems)
    for await (const line of given) {
      lines.push(line)
      if (lines.length >= batchLength) write()
    }
    write()
    count -= first
  } catch (error) {
    tell(`The data ${JSON.stringify(name)} is lost because $BUILD_STATS cannot be written: ${(error as Error).message}`)
    return
  }
  if (problems.length > 0) tell(explainProblems(problems))
  if ('reason' in opened) return
  const shown = isReport && name === '' ? 'reports' : JSON.stringify(cleanName(name))
  log.info(`Build Stats: ${count} ${count === 1 ? 'record' : 'records'} of ${shown} yielded.`)
}

function explainProblems(problems: readonly SettingProblem[]): string {
  const { message } = new SettingsError(problems.slice(0, maxAlike))
  const more = problems.length - maxAlike
  return more > 0 ? `${message}\n  and ${more} more like these` : message
}

/** The file that main made; a link that a step has put in its place is not followed. */
function openData(path: string): { file: number; size: number } | { reason: string } {
  // Main has reported why there is no file.
  if (path === devNull) return { reason: 'The data is lost because the file of $BUILD_STATS could not be created.' }
  const explain = (wrong: string) => {
    const remedy = 'add the step `- uses: build-stats/build-stats@v1` before this one (see README)'
    return {
      reason: `No data can be yielded because ${wrong}: ${remedy}. If the workflow has that step, check why it failed.`,
    }
  }
  if (path === '') return explain('$BUILD_STATS is not set')
  const what = `the file of $BUILD_STATS, ${path}, `
  try {
    return openRegular(path, 'never', 'append') ?? explain(`${what}does not exist`)
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    return explain(what + (code === 'ENOENT' || code === 'EISDIR' ? 'does not exist' : `cannot be opened: ${message}`))
  }
}

async function readTags(read: ReadInput, problems: SettingProblem[]): Promise<Tags> {
  const { map, lineOf } = await parseMap('tags', read('tags'), problems, problems, 'text')
  return cleanTags(parseTags(map, (key) => ({ input: 'tags', line: lineOf([key]) }), problems))
}

async function* readDataLines(
  read: ReadInput,
  env: NodeJS.ProcessEnv,
  tags: Tags,
  problems: SettingProblem[],
): AsyncGenerator<string> {
  const name = read('name').trim()
  for (const record of await readRecords(read, env, problems)) {
    const line = toYieldLine(name, tags, record, problems)
    if (line !== undefined && name !== '') yield line
  }
}

async function readRecords(
  read: ReadInput,
  env: NodeJS.ProcessEnv,
  problems: SettingProblem[],
): Promise<Iterable<GivenRecord>> {
  const [data, file] = [read('data'), read('file')]
  const isEmpty = data.trim() === ''
  if (file !== '' && !isEmpty) problems.push({ input: 'file', text: 'cannot be combined with data: give one of them' })
  if (file !== '' && isEmpty) return readFileRecords(resolve(env.GITHUB_WORKSPACE || '.', file), problems)
  if (!isEmpty) return await parseData(data, problems)
  const hint = 'if it should be a step output, check that its step ran, has this id, and sets the output'
  problems.push({ input: 'data', text: `is empty; it takes values such as passed: 10 (${hint})` })
  return []
}

/** The lines for the files of `report`, which cannot be combined with other data. */
async function* readReportLines(
  runner: Runner,
  tags: Tags,
  problems: SettingProblem[],
  warn: (text: string) => void,
): AsyncGenerator<string> {
  for (const input of ['data', 'file'] as const) {
    if (runner.readInput(input) === '') continue
    problems.push({ input, text: 'cannot be combined with report: leave one of them out' })
    return
  }
  const { yieldReports } = await import('./yield-report.ts')
  const records = await yieldReports(runner, tags, warn)
  if ('problem' in records) problems.push({ input: 'report', text: records.problem })
  else for (const record of records) yield* toRecordLines(record, problems)
}

function* toRecordLines({ name, fields, written, ...rest }: DataRecord, problems: SettingProblem[]): Generator<string> {
  const finite = fields.filter(([key, value]) => {
    if (typeof value !== 'number' || Number.isFinite(value)) return true
    problems.push({ input: 'report', text: `"${key}" of "${name}" is not a finite 64-bit number: it is left out` })
    return false
  })
  if (finite.length > 0) yield toLine({ ...rest, measurement: name, fields: finite }, 'u', written)
}
