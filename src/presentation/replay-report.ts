import { countOf, formatNumber } from '../build/quantity.ts'
import type { SentFile } from '../unsent/file-job.ts'
import type { LeftArtifact } from '../unsent/replay-artifacts.ts'
import { escapeText, toAlert, toFold, toHeading, toList, toNotes, toParagraph, toTable } from './html.ts'
import { capitalize, dropName } from './plain-text.ts'

/** The result of an artifact or of a file of a spool. */
export interface Replayed extends Omit<SentFile, 'header'> {
  /** `CI/test, run 4711`; empty if it is not known. */
  readonly origin: string
}

/** The result of a replay; the log and the summary are made from it. */
export interface ReplayOutcome {
  readonly replayed: readonly Replayed[]
  /** Points by the name of the storage that accepted them. */
  readonly sent: ReadonlyMap<string, number>
  /** Problems that belong to no artifact or file: sentences. */
  readonly problems: readonly string[]
  /** Information that needs no action: sentences. */
  readonly notes: readonly string[]
  readonly dryRun: boolean
}

const maxShown = 20

export function toReplayed({ header, ...file }: SentFile): Replayed {
  return { ...file, origin: `${header.builder}, run ${header.run_id}` }
}

/** An artifact that was not sent as a whole. */
export function toLeftReplayed({ place, why }: LeftArtifact): Replayed {
  return { kind: 'artifact', place, origin: '', sent: 0, left: undefined, lost: 0, why, whyLost: undefined }
}

/** Merges the results of an artifact and of its files. */
export function mergeReplayed(replayed: readonly Replayed[]): Replayed[] {
  return [...Map.groupBy(replayed, ({ place }) => place).values()].flatMap((group) => {
    const [first] = group
    if (first === undefined) return []
    const join = (texts: readonly (string | undefined)[]) =>
      [...new Set(texts.filter((text) => text !== undefined))].join('; ') || undefined
    return [
      {
        ...first,
        origin: group.find(({ origin }) => origin !== '')?.origin ?? '',
        sent: sum(group.map(({ sent }) => sent)),
        left: group.some(({ left }) => left === undefined) ? undefined : sum(group.map(({ left = 0 }) => left)),
        lost: sum(group.map(({ lost }) => lost)),
        why: join(group.map(({ why }) => why)),
        whyLost: join(group.map(({ whyLost }) => whyLost)),
      },
    ]
  })
}

/** Problems for the owner of the workflow: sentences. */
export function findReplayFaults({ replayed, problems, dryRun }: ReplayOutcome): string[] {
  const texts = replayed.flatMap((one) => explainReplayed(one, dryRun))
  const more = texts.length > maxShown ? [`${texts.length - maxShown} more of this kind.`] : []
  return [...problems, ...texts.slice(0, maxShown), ...more]
}

function explainReplayed({ place, origin, left, lost, why, whyLost }: Replayed, dryRun: boolean): string[] {
  const from = origin === '' ? '' : ` (${origin})`
  const count = left === undefined || left === 0 ? '' : `, with ${countOf(left, 'line')} that could not be written`
  return [
    ...(why === undefined ? [] : [`${capitalize(place)}${from} is kept${count}: ${why}.`]),
    ...(whyLost === undefined || dryRun
      ? []
      : [`${countOf(lost, 'line')} of ${place}${from} ${lost === 1 ? 'is' : 'are'} lost: ${whyLost}.`]),
  ]
}

/** `Build Stats: 12 points of 3 artifacts sent; 1 is left.` */
export function toReplayHeadline(outcome: ReplayOutcome): string {
  const { replayed, dryRun, problems } = outcome
  if (replayed.length === 0) {
    if (problems.length > 0) return 'Build Stats: no points were sent.'
    return 'Build Stats: there are no points to send.'
  }
  const { sent, lost } = toTotals(outcome)
  const counts = (['artifact', 'file'] as const)
    .map((kind) => ({ kind, count: replayed.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => countOf(count, kind))
  const left = replayed.filter(isLeft).length
  const are = left === 0 ? 'none is' : left === 1 ? '1 is' : `${left} are`
  const gone = lost === 0 ? '' : `; ${countOf(lost, 'line')} ${lost === 1 ? 'is' : 'are'} lost`
  const fate = dryRun ? 'printed; a dry run deletes nothing' : `sent; ${are} left${gone}`
  return `Build Stats: ${countOf(sent, 'point')} of ${counts.join(' and ')} ${fate}.`
}

/** Points that were sent, that are left (if they were counted), and that are lost. */
export function toTotals({ replayed }: ReplayOutcome): { sent: number; left: number; lost: number } {
  return {
    sent: sum(replayed.map(({ sent }) => sent)),
    left: sum(replayed.map(({ left = 0 }) => left)),
    lost: sum(replayed.map(({ lost }) => lost)),
  }
}

/** The summary of the job, as markdown. */
export function toReplaySummary(outcome: ReplayOutcome, redact: (text: string) => string): string {
  const { replayed, sent, problems, notes } = outcome
  const text = (value: string) => escapeText(redact(value), 2000)
  const left = replayed.filter(isLeft)
  const lost = replayed.filter((one) => one.whyLost !== undefined)
  const toRows = (rows: readonly Replayed[], count: 'left' | 'lost', why: 'why' | 'whyLost') =>
    toTable(
      ['Where', 'Of', { title: 'Lines', align: 'right' }, 'Why'],
      rows.map((one) => {
        const lines = one[count]
        return [text(one.place), text(one.origin), lines === undefined ? '' : formatNumber(lines), text(one[why] ?? '')]
      }),
    )
  const sections = [
    toHeading('Build Stats: replay'),
    toAlert(problems.map(text)),
    toParagraph(text(dropName(toReplayHeadline(outcome)))),
    toList([...sent].map(([name, count]) => `${text(name)}: ${countOf(count, 'point')}`)),
    toFold('What is left', toRows(left, 'left', 'why'), true),
    toFold('What is lost', toRows(lost, 'lost', 'whyLost'), true),
    toNotes(notes.map(text)),
  ]
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`
}

function isLeft({ why }: Replayed): boolean {
  return why !== undefined
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}
