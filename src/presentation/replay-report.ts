import { countOf } from '../build/quantity.ts'
import type { SentFile } from '../unsent/file-job.ts'
import type { LeftArtifact } from '../unsent/replay-artifacts.ts'
import { escapeText, toList, toParagraph, toTable } from './html.ts'

/** An artifact or a file of a spool, and what became of it. */
export interface Replayed extends Omit<SentFile, 'header'> {
  /** `CI/test, run 4711`; empty where it does not say. */
  readonly origin: string
}

/** The result of a replay: the log and the summary are made from it. */
export interface ReplayOutcome {
  readonly replayed: readonly Replayed[]
  /** Points by the name of the storage that took them. */
  readonly sent: ReadonlyMap<string, number>
  /** Problems that belong to no artifact or file: sentences. */
  readonly problems: readonly string[]
  /** What nobody has to do anything about: sentences. */
  readonly notes: readonly string[]
  readonly dryRun: boolean
}

const maxTold = 20

export function toReplayed({ header, ...file }: SentFile): Replayed {
  return { ...file, origin: `${header.builder}, run ${header.run_id}` }
}

/** An artifact that was not sent as a whole. */
export function toLeftReplayed({ place, why }: LeftArtifact): Replayed {
  return { kind: 'artifact', place, origin: '', sent: 0, left: undefined, lost: 0, why, whyLost: undefined }
}

/** The files of one artifact, or what happened to it and to its files, as one. */
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

/** What the owner of the workflow must know: sentences. */
export function findReplayFaults({ replayed, problems, dryRun }: ReplayOutcome): string[] {
  const texts = replayed.flatMap((one) => explainReplayed(one, dryRun))
  const more = texts.length > maxTold ? [`${texts.length - maxTold} more of this kind.`] : []
  return [...problems, ...texts.slice(0, maxTold), ...more]
}

function explainReplayed({ place, origin, left, lost, why, whyLost }: Replayed, dryRun: boolean): string[] {
  const from = origin === '' ? '' : ` (${origin})`
  const count = left === undefined || left === 0 ? '' : `, with ${countOf(left, 'line')} that could not be written`
  return [
    ...(why === undefined ? [] : [`${capitalize(place)}${from} is left${count}: ${why}.`]),
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

/** Points that were sent, that are left as far as they were counted, and that are lost. */
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
  const table = (
    rows: readonly Replayed[],
    toCount: (one: Replayed) => number | undefined,
    toWhy: (one: Replayed) => string | undefined,
  ) =>
    toTable(
      ['Where', 'Of', 'Lines', 'Why'],
      rows.map((one) => [text(one.place), text(one.origin), `${toCount(one) ?? ''}`, text(toWhy(one) ?? '')]),
    )
  const sections = [
    '## Build Stats: replay',
    toParagraph(text(toReplayHeadline(outcome))),
    sent.size === 0
      ? ''
      : `### Where the points went\n\n${toList([...sent].map(([name, count]) => `${text(name)}: ${countOf(count, 'point')}`))}`,
    left.length === 0
      ? ''
      : `### What is left\n\n${table(
          left,
          (one) => one.left,
          (one) => one.why,
        )}`,
    lost.length === 0
      ? ''
      : `### What is lost\n\n${table(
          lost,
          (one) => one.lost,
          (one) => one.whyLost,
        )}`,
    problems.length + notes.length === 0 ? '' : `### Notes\n\n${toList([...problems, ...notes].map(text))}`,
  ]
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`
}

function isLeft({ why }: Replayed): boolean {
  return why !== undefined
}

function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0)
}

function capitalize(text: string): string {
  return `${text[0]?.toUpperCase() ?? ''}${text.slice(1)}`
}
