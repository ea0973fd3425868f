import { countOf, formatNumber } from '../build/quantity.ts'
import { maxAlike } from '../limits.ts'
import type { WrittenTo } from '../storage/open-storage.ts'
import type { Kept } from '../unsent/keep-unsent.ts'
import { explainConflicts, explainConversions } from './explain-conflict.ts'
import { escapeText, toAlert, toHeading, toNotes, toParagraph, toTable } from './html.ts'
import { explainStorage } from './outcome.ts'
import { dropName } from './plain-text.ts'

/** The result of collecting one repository. */
export interface CollectedRepository {
  readonly name: string
  readonly runs: number
  /** Jobs that ran. */
  readonly jobs: number
  /** The time up to which nothing is missing; undefined if unknown. */
  readonly untilMs: number | undefined
}

/** The result of a collection; the log and the summary are made from it. */
export interface CollectOutcome {
  readonly repositories: readonly CollectedRepository[]
  readonly storages: readonly (WrittenTo & { readonly kept?: Kept | undefined })[]
  readonly requests: number
  /** Why something was not collected: sentences. */
  readonly problems: readonly string[]
  /** Why the rest is left for the next time, which is not an error: sentences. */
  readonly limits: readonly string[]
  /** Information that needs no action: sentences. */
  readonly notes: readonly string[]
  readonly dryRun: boolean
}

/** Problems for the owner of the workflow: sentences. */
export function findCollectFaults({ storages, problems }: CollectOutcome): string[] {
  const more = problems.length - maxAlike
  const told = more > 1 ? [...problems.slice(0, maxAlike), `${formatNumber(more)} more problems like these.`] : problems
  return [...storages.flatMap(explainStorage), ...explainConflicts(storages), ...told]
}

export function findCollectNotes({ storages, notes }: CollectOutcome): string[] {
  const changes = storages.flatMap(({ name, changes = [] }) => changes.map((change) => `${name}: ${change}.`))
  return [...notes, ...explainConversions(storages), ...changes]
}

/** `Build Stats: 2,000 runs with 9,000 jobs of 10 repositories collected, up to 2026-09-01 12:00 UTC; 11,000 points written to …` */
export function toCollectHeadline(outcome: CollectOutcome): string {
  const { repositories, storages, dryRun } = outcome
  if (repositories.length === 0) return 'Build Stats: nothing was collected.'
  const { runs, jobs, untilMs } = toCollectTotals(outcome)
  const [only] = repositories
  const of = repositories.length === 1 && only !== undefined ? only.name : countOf(repositories.length, 'repository')
  const until = untilMs === undefined ? '' : `, up to ${formatMinute(untilMs)}`
  const what =
    runs === 0 ? `no new runs of ${of}` : `${countOf(runs, 'run')} with ${countOf(jobs, 'job')} of ${of} collected`
  const places = storages.map(
    ({ name, written }) => `${countOf(written, 'point')} ${dryRun ? 'for' : 'written to'} ${name}`,
  )
  return `Build Stats: ${what}${until}${runs === 0 ? '' : `; ${places.join(', ')}`}.`
}

/** Totals; `points` are those of the storage that accepted most. */
export function toCollectTotals({ repositories, storages }: CollectOutcome) {
  const known = repositories.flatMap(({ untilMs }) => untilMs ?? [])
  const sum = (counts: readonly number[]) => counts.reduce((total, count) => total + count, 0)
  return {
    runs: sum(repositories.map(({ runs }) => runs)),
    jobs: sum(repositories.map(({ jobs }) => jobs)),
    points: Math.max(0, ...storages.map(({ written }) => written)),
    untilMs: known.length === 0 ? undefined : Math.min(...known),
  }
}

/** The summary of the job. */
export function toCollectSummary(outcome: CollectOutcome, redact: (text: string) => string): string {
  const text = (value: string) => escapeText(redact(value), 2000)
  const faults = findCollectFaults(outcome)
  const notes = [...outcome.limits, ...findCollectNotes(outcome)]
  const rows = outcome.repositories
    .filter(({ runs }) => runs > 0 || outcome.repositories.length === 1)
    .toSorted((a, b) => b.runs - a.runs)
    .map(({ name, runs, jobs, untilMs }) => [
      ...[text(name), formatNumber(runs), formatNumber(jobs)],
      untilMs === undefined ? '' : formatMinute(untilMs),
    ])
  const sections = [
    toHeading('Build Stats: collect'),
    toAlert(faults.map(text)),
    toParagraph(text(dropName(toCollectHeadline(outcome)))),
    outcome.repositories.length > 1
      ? toTable(
          ['Repository', { title: 'Runs', align: 'right' }, { title: 'Jobs', align: 'right' }, 'Collected up to'],
          rows,
        )
      : '',
    toNotes(notes.map(text)),
  ]
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`
}

/** `2026-09-01 12:00 UTC` */
export function formatMinute(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
