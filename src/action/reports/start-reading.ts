import type { CapturedData } from '../../capture/data.ts'
import type { ReportRule } from '../../capture/kinds/report.ts'
import { appliesTo } from '../../capture/matching.ts'
import type { Miss } from '../../capture/miss.ts'
import type { Rule } from '../../capture/rules.ts'
import { cancelledReportMs, reportMs, reportPart } from '../../limits.ts'
import type { ReportParts } from '../../presentation/reports.ts'
import { readDataFileTime } from '../../runner/data-file.ts'
import { toRunFacts } from '../../settings/run-facts.ts'
import type { Settings } from '../../settings/settings.ts'
import type { Outside } from '../phase.ts'
import type { State } from '../state.ts'
import type { ReadReports } from './read-reports.ts'

/** The results of reading reports, or a sentence that says why there are none. */
export type Reports = ReadReports | { readonly failure: string } | undefined

/** The rules for reports that apply to a builder. */
function reportRules(rules: readonly Rule[], builder: string): ReportRule[] {
  return rules.filter((rule) => rule.kind === 'report').filter((rule) => appliesTo(rule, builder))
}

/** Reads the reports that rules of any storage ask for; the code is loaded only if one does. It never rejects, and has its own time limit. */
export async function readReportsFor(
  { storages, timeoutMs }: Settings,
  builder: string,
  { runner, cancel }: Outside,
  state: State | undefined,
): Promise<Reports> {
  const rules = [...new Set(storages.flatMap((one) => reportRules(one.rules, one.builder ?? builder)))]
  if (rules.length === 0) return undefined
  try {
    const { readReports } = await import('./read-reports.ts')
    const { workspace, runnerTemp } = toRunFacts(runner, 'post', {})
    const dataFile = state?.dataFile ?? runner.env.BUILD_STATS ?? ''
    return await readReports(rules, {
      workspace,
      temp: runnerTemp,
      startMs: state?.filesMs ?? readDataFileTime(dataFile) ?? state?.startMs,
      budgetMs: Math.min(reportMs, timeoutMs * reportPart),
      cancel: delay(cancel, cancelledReportMs),
      redact: runner.log.redact,
    })
  } catch (error) {
    return { failure: `Reports were not read, because of a defect in Build Stats: ${(error as Error).message}.` }
  }
}

/** The data that a storage's rules captured from reports. */
export async function listReportData(
  reports: Promise<Reports>,
  rules: readonly Rule[],
  builder: string,
): Promise<readonly CapturedData[]> {
  const read = await reports
  if (read === undefined || 'failure' in read) return []
  return reportRules(rules, builder).flatMap((rule) => read.results.get(rule)?.captured ?? [])
}

/** The results of a job's reports, without their data. */
export interface ReportsOutcome {
  readonly misses: readonly Miss[]
  readonly warnings: readonly string[]
  readonly notes: readonly string[]
  readonly parts: ReportParts | undefined
}

export async function toReportsOutcome(reports: Reports, redact: (text: string) => string): Promise<ReportsOutcome> {
  const nothing = { misses: [], warnings: [], notes: [], parts: undefined }
  if (reports === undefined) return nothing
  if ('failure' in reports) return { ...nothing, warnings: [reports.failure] }
  const { presentReports } = await import('../../presentation/reports.ts')
  const results = [...reports.results.values()]
  const { failed, slowest } = reports
  return {
    misses: results.flatMap(({ misses }) => misses),
    warnings: [],
    notes: results.flatMap(({ notes }) => notes),
    parts: presentReports({ digests: results.flatMap(({ digests }) => digests), failed, slowest }, redact),
  }
}

/** A signal that is aborted some time after another one. */
function delay(signal: AbortSignal, ms: number): AbortSignal {
  const delayed = new AbortController()
  const start = () => setTimeout(() => delayed.abort(), ms)
  if (signal.aborted) start()
  else signal.addEventListener('abort', start, { once: true })
  return delayed.signal
}
