import { escapeText, toList, toParagraph, toTable } from '../summary/html.ts'
import { countOf } from './outcome.ts'

/** An artifact or a file of a spool, and what became of it. */
export interface Replayed {
  readonly kind: 'artifact' | 'file'
  /** `the artifact build-stats-unsent-1-1-0815` */
  readonly place: string
  /** `CI/test, run 4711`; empty where it does not say. */
  readonly of: string
  readonly points: number
  /** Why it is still there, a clause; undefined where everything in it was accepted. */
  readonly left: string | undefined
}

/** Everything that a replay came to: the log and the summary are made from it. */
export interface ReplayOutcome {
  readonly replayed: readonly Replayed[]
  /** Points by the name of the storage that took them. */
  readonly sent: ReadonlyMap<string, number>
  /** What is wrong with none of them: sentences. */
  readonly problems: readonly string[]
  /** Artifacts of that name which runs of forks made. */
  readonly foreign: number
  readonly dryRun: boolean
}

const maxTold = 20

/** What the owner of the workflow must know: sentences. */
export function findReplayFaults({ replayed, problems }: ReplayOutcome): string[] {
  const left = replayed.filter(isLeft).map(({ place, of, left }) => {
    const from = of === '' ? '' : ` (${of})`
    return `${place[0]?.toUpperCase()}${place.slice(1)}${from} is left: ${left}.`
  })
  const more = left.length > maxTold ? [`${left.length - maxTold} more are left.`] : []
  return [...problems, ...left.slice(0, maxTold), ...more]
}

/** What is good to know and no fault. */
export function findReplayNotes({ foreign }: ReplayOutcome): string[] {
  if (foreign === 0) return []
  const are = foreign === 1 ? 'is' : 'are'
  return [
    `${countOf(foreign, 'artifact')} ${are} passed over: a run of a fork made them, and may have put anything there.`,
  ]
}

/** `Build Stats: 12 points of 3 artifacts sent; 1 is left.` */
export function toReplayHeadline({ replayed, dryRun }: ReplayOutcome): string {
  if (replayed.length === 0) return 'Build Stats: there are no points to send.'
  const points = replayed.reduce((sum, one) => sum + one.points, 0)
  const counts = (['artifact', 'file'] as const)
    .map((kind) => ({ kind, count: replayed.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => countOf(count, kind))
  const left = replayed.filter(isLeft).length
  const are = left === 0 ? 'none is' : left === 1 ? '1 is' : `${left} are`
  const fate = dryRun ? 'printed; a dry run deletes nothing' : `sent; ${are} left`
  return `Build Stats: ${countOf(points, 'point')} of ${counts.join(' and ')} ${fate}.`
}

/** The summary of the job, as markdown. */
export function toReplaySummary(outcome: ReplayOutcome, redact: (text: string) => string): string {
  const { replayed, sent, problems } = outcome
  const text = (value: string) => escapeText(redact(value), 2000)
  const left = replayed.filter(isLeft)
  const sections = [
    '## Build Stats: replay',
    toParagraph(text(toReplayHeadline(outcome))),
    sent.size === 0
      ? ''
      : `### Where the points went\n\n${toList([...sent].map(([name, count]) => `${text(name)}: ${countOf(count, 'point')}`))}`,
    left.length === 0
      ? ''
      : `### What is left\n\n${toTable(
          ['Where', 'Of', 'Why'],
          left.map(({ place, of, left = '' }) => [text(place), text(of), text(left)]),
        )}`,
    problems.length + outcome.foreign === 0
      ? ''
      : `### Good to know\n\n${toList([...problems, ...findReplayNotes(outcome)].map(text))}`,
  ]
  return `${sections.filter((part) => part !== '').join('\n\n')}\n`
}

function isLeft({ left }: Replayed): boolean {
  return left !== undefined
}
