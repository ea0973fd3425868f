import type { ReportRule } from '../../capture/kinds/report.ts'
import { maxAlike, reportSearchPart } from '../../limits.ts'
import type { Stage } from '../../reports/collect.ts'
import type { ShownCases } from '../../reports/digest.ts'
import { findFormat, type KnownFormat } from '../../reports/formats.ts'
import { type ReportParser, ReportProblem, type TestCase } from '../../reports/report.ts'
import { CaseSelection } from '../../reports/tests/select-cases.ts'
import { type FoundFile, type FoundReports, findReports } from '../../runner/find-reports.ts'
import { findClockDifference, isOlder } from '../../runner/folder-time.ts'
import { openTracked } from '../../runner/git-index.ts'
import { readReport } from '../../runner/read-report.ts'
import { RuleReading, type RuleResult } from './rule-reading.ts'

/** The results of reading a job's reports. */
export interface ReadReports {
  readonly results: ReadonlyMap<ReportRule, RuleResult>
  /** For the summary: the first that failed, and the slowest. */
  readonly failed: ShownCases
  readonly slowest: ShownCases
}

export interface ReportSources {
  readonly workspace: string
  /** RUNNER_TEMP. */
  readonly temp: string | undefined
  /** When the job began, by the clock of the files in RUNNER_TEMP. Undefined if that is not known: then no file is too old. */
  readonly startMs: number | undefined
  /** How long finding and reading may take. */
  readonly budgetMs: number
  /** Ends reading at once. */
  readonly cancel: AbortSignal
  readonly redact: (text: string) => string
}

const slow = 'reading reports took too long: name fewer or smaller files'
/** How much of a report's text is used to recognise its format. */
const headCharacters = 65_536
const shownSlowest = 5

/** Finds and reads the reports that rules name, each once. A problem with one of them does not affect the others. */
export async function readReports(rules: readonly ReportRule[], sources: ReportSources): Promise<ReadReports> {
  const end = AbortSignal.any([AbortSignal.timeout(sources.budgetMs), sources.cancel])
  const searchEnd = AbortSignal.any([AbortSignal.timeout(sources.budgetMs * reportSearchPart), sources.cancel])
  const patterns = rules.flatMap(({ files }) => files)
  const found = await findReports(patterns, sources, searchEnd).catch(toNothing)
  const readings = rules.map((rule) => new RuleReading(rule, found.files, sources.workspace))
  const shown = openShown()
  const pending = new Set(found.files)
  const readAll = async () => {
    const explainPassing = createJudge(sources)
    for (const file of found.files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
      const wanting = readings.filter((reading) => reading.wants(file))
      const why = wanting.length === 0 ? undefined : await explainPassing(file)
      if (why !== undefined) for (const reading of wanting) reading.passOver(file, why)
      // A file is read once for all rules that read it in the same format.
      else
        for (const group of Map.groupBy(wanting, ({ rule }) => rule.format).values())
          await readFile(file, group, shown, end)
      pending.delete(file)
      if (end.aborted) return
    }
  }
  // A disk that does not answer must not delay the job.
  await Promise.race([readAll(), toEnd(end)])
  for (const file of pending) for (const reading of readings) if (reading.wants(file)) reading.blame(file, slow)
  const results = new Map(readings.map((reading) => [reading.rule, reading.result(found, sources.redact)]))
  return { results, failed: toShown(shown.failed), slowest: toShown(shown.slowest) }
}

function toNothing(error: Error): FoundReports {
  const cut = `the workspace cannot be read: ${error.message}`
  return { files: [], refused: new Map(), folders: new Set(), leaving: [], skipped: new Set(), cut }
}

async function toEnd(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

interface Shown {
  readonly failed: CaseSelection
  readonly slowest: CaseSelection
}

function openShown(): Shown {
  return { failed: new CaseSelection('failed', maxAlike), slowest: new CaseSelection('slowest', shownSlowest) }
}

function toShown(cases: CaseSelection): ShownCases {
  return { cases: cases.list(), omitted: cases.omitted }
}

/** Why a file is not read, if so: workspaces of self-hosted runners keep files of earlier jobs, and fixtures look like reports. */
function createJudge({ workspace, temp, startMs }: ReportSources): (file: FoundFile) => Promise<string | undefined> {
  const isTracked = openTracked()
  const aheadMs = temp === undefined ? 0 : findClockDifference(workspace, temp)
  return async ({ realPath, mtimeMs, isInTemp }) => {
    if (startMs !== undefined && isOlder(mtimeMs, startMs + (isInTemp ? 0 : aheadMs))) return 'older than this job'
    return (await isTracked(realPath)) ? 'tracked by git' : undefined
  }
}

async function readFile(
  file: FoundFile,
  readings: readonly RuleReading[],
  shown: Shown,
  end: AbortSignal,
): Promise<void> {
  const stages: Stage[] = []
  const open = (known: KnownFormat | undefined) => {
    stages.push(...readings.flatMap((reading) => reading.open(file, known) ?? []))
    if (stages.length > 0 && known?.kind === 'tests') stages.push(stageShown(shown))
    return stages.length > 0
  }
  const emit = (item: unknown) => {
    for (const stage of stages) stage.add(item as never)
  }
  try {
    await parseReport(file, readings[0]?.rule.format, end, open, emit)
    for (const stage of stages) stage.keep()
  } catch (error) {
    const { message, line = undefined } = error as Error & { line?: number }
    const isReason = error instanceof ReportProblem && !file.isOutside
    // Paths elsewhere on this machine are not quoted.
    const reason = isReason
      ? message
      : file.isOutside
        ? 'it cannot be read as a report'
        : `it cannot be read: ${message}`
    for (const reading of readings) reading.blame(file, reason, line)
  }
}

function stageShown(shown: Shown): Stage {
  const own = openShown()
  return {
    add(item: TestCase) {
      own.failed.add(item)
      own.slowest.add(item)
    },
    keep() {
      shown.failed.merge(own.failed)
      shown.slowest.merge(own.slowest)
    },
  }
}

/** @param open receives the format, and returns whether any rule wants the report */
async function parseReport(
  { path, realPath }: FoundFile,
  asked: string | undefined,
  end: AbortSignal,
  open: (known: KnownFormat | undefined) => boolean,
  emit: (item: unknown) => void,
): Promise<void> {
  let head = ''
  let parser: ReportParser | undefined
  const begin = (): boolean => {
    const known = findFormat(head.slice(0, headCharacters), asked)
    if (!open(known) || known === undefined) return false
    parser = known.format.open(emit, path)
    parser.write(head)
    head = ''
    return true
  }
  for await (const text of readReport(realPath, end)) {
    if (parser !== undefined) parser.write(text)
    else {
      head += text
      if (head.length >= headCharacters && !begin()) return
    }
  }
  if (parser === undefined && !begin()) return
  parser?.end()
}
