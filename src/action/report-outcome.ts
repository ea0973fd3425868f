import { printLostLines } from '../presentation/lost-lines.ts'
import { explainVerdict, findFaults, findNotes, type Outcome, toHeadline } from '../presentation/outcome.ts'
import { toSummary, toVerdictLine } from '../presentation/summary.ts'
import type { Runner } from '../runner/runner.ts'
import type { Settings } from '../settings/settings.ts'

/**
 * Writes the log and the summary, and fails the job where the settings ask for it.
 * @param warned warnings that main has reported
 */
export function reportOutcome(
  outcome: Outcome,
  settings: Settings,
  warned: readonly string[],
  { log, writeSummary }: Runner,
): void {
  for (const { text, failsJob, level } of findFaults(outcome, settings.failOnError)) {
    if (failsJob || (settings.failOnError && level === 'lost')) log.fail(text)
    else if (!warned.includes(log.redact(text))) log.warning(text)
  }
  for (const one of outcome.compared ?? []) {
    if (one.verdict.level === 'info') log.info(explainVerdict(outcome, one))
  }
  for (const text of findNotes(outcome)) log.info(text)
  printLostLines(outcome.storages, log)
  log.info(toHeadline(outcome))
  if (settings.summary === 'verdict') writeSummary(toVerdictLine(outcome, log.redact))
  else if (settings.summary) writeSummary(toSummary(outcome, settings.notices, log.redact))
}
