import { type Build, type Step, toDuration } from '../build/build.ts'
import { countOf, formatDuration, formatNumber } from '../build/quantity.ts'
import type { DataReport } from '../capture/data-report.ts'
import { explainMiss, type Miss } from '../capture/miss.ts'
import type { Compared } from '../compare/history.ts'
import type { Sentence } from '../compare/lasting-change.ts'
import { maxAlike } from '../limits.ts'
import type { Column } from '../point/native.ts'
import type { Written } from '../storage/storage.ts'
import type { Kept } from '../unsent/keep-unsent.ts'
import { type Conflicting, explainConflicts, explainConversions } from './explain-conflict.ts'
import type { ReportParts } from './reports.ts'
import type { ResourceParts } from './resources.ts'
import type { Spooled } from './spool-report.ts'

export interface StorageOutcome extends Written, Conflicting {
  readonly name: string
  /** Where the points are that the storage did not accept. */
  readonly kept?: Kept | undefined
  /** Whether main wrote the start point there. */
  readonly hasStart: boolean
}

/** The result of the post phase; the log and the summary are made from it. */
export interface Outcome {
  readonly build: Build
  readonly columns: readonly Column[]
  readonly misses: readonly Miss[]
  readonly warnings: readonly string[]
  /** Names that a regular expression matched but that are left out because they look like secrets. */
  readonly secretNames: readonly string[]
  readonly data: DataReport | undefined
  /** Notes about stored values: sentences. */
  readonly notes?: readonly string[]
  /** The contents of reports. */
  readonly reports?: ReportParts | undefined
  /** Notes about reports: sentences. */
  readonly reportNotes?: readonly string[]
  /** Data that rules name but that no step yielded, with a clause about what was found instead, if anything. */
  readonly unyielded: ReadonlyMap<string, string | undefined>
  readonly storages: readonly StorageOutcome[]
  /** Points of other jobs from the spool. */
  readonly spooled: Spooled
  /** Why points went to a file, unless the run is of a fork. Main has reported it too. */
  readonly settingFaults: readonly string[]
  /** A comparison with earlier builds for each item of `compare`, or why there is none. */
  readonly compared?: readonly Compared[]
  /** What the job used of its runner; absent if it was not measured. */
  readonly resources?: ResourceParts | undefined
  /** The steps of the job that ran to their end; none if GitHub did not report them. */
  readonly steps?: readonly Step[]
}

/** `lost`: a statistic is missing, and `fail-on-error` fails the job for it; `info`: nothing is missing. */
export interface Fault {
  readonly text: string
  readonly level: 'lost' | 'info'
  /** Fails the job even without `fail-on-error`. */
  readonly failsJob: boolean
}

const lost = (text: string, failsJob = false): Fault => ({ text, level: 'lost', failsJob })
const info = (text: string): Fault => ({ text, level: 'info', failsJob: false })

/** The problems that the log reports, one sentence each, the most important first. */
export function findFaults(outcome: Outcome, failOnError: boolean): Fault[] {
  const { compared = [] } = outcome
  return [
    ...compared
      .filter(({ verdict }) => verdict.level !== 'info')
      .map((one) => ({ ...info(explainVerdict(outcome, one)), failsJob: one.verdict.level === 'fail' })),
    // Main has already reported faults of settings.
    ...findTroubles(failOnError ? outcome : { ...outcome, settingFaults: [] }),
  ]
}

/** Problems for the owner of the job apart from verdicts; `most` of one kind. */
export function findTroubles(outcome: Outcome, most = maxAlike): Fault[] {
  const { warnings, misses, data, storages, settingFaults, spooled } = outcome
  return [
    ...storages.flatMap((storage) => explainStorage(storage).map((text) => lost(text))),
    ...explainConflicts(storages).map((text) => lost(text)),
    ...cutFaults(
      misses
        .filter(({ level }) => level !== 'ignore')
        .map((miss) => lost(`${explainMiss(miss)}.`, miss.level === 'error')),
      'rules did not capture what they should',
      most,
    ),
    ...(data === undefined ? [] : explainMalformed(data).map((text) => lost(text))),
    ...settingFaults.map((text) => lost(text)),
    ...cutFaults(warnings.map(info), 'warnings like these were left out', most),
    ...spooled.losses.map(info),
    ...(data === undefined ? [] : [...data.renamed].map((name) => info(explainRenamed(name)))),
  ]
}

/** The first faults; the others are merged into one, which fails the job if one of them does. */
function cutFaults(faults: readonly Fault[], what: string, most: number): Fault[] {
  const [first] = faults
  if (first === undefined || faults.length <= most + 1) return [...faults]
  const rest = faults.slice(most)
  const failsJob = rest.some((fault) => fault.failsJob)
  return [...faults.slice(0, most), { ...first, text: `${rest.length} more ${what}.`, failsJob }]
}

function listSome(names: readonly string[]): string {
  const rest = names.length - maxAlike
  return rest <= 1 ? names.join(', ') : `${names.slice(0, maxAlike).join(', ')} and ${rest} more`
}

/** Notes that are not problems, one sentence each. */
export function findNotes(outcome: Outcome): string[] {
  const { secretNames, data, unyielded, spooled, storages, reportNotes = [], notes = [] } = outcome
  const ignored = [...(data?.ignored ?? [])]
  const absent = [...unyielded].flatMap(([name, found]) => (found === undefined ? [name] : []))
  return [
    ...(spooled.sent > 0
      ? [
          `${countOf(spooled.sent, 'point')} that earlier jobs had left in the spool ${spooled.sent === 1 ? 'was' : 'were'} sent.`,
        ]
      : []),
    ...spooled.problems,
    ...(outcome.resources?.advice ?? []),
    ...explainConversions(storages),
    ...storages.flatMap(({ name, changes = [] }) => changes.map((change) => `${name}: ${change}.`)),
    ...(secretNames.length > 0
      ? [
          `Regular expressions did not capture properties that look like secrets: ${listSome(secretNames)}. To capture one, give its name.`,
        ]
      : []),
    ...(ignored.length > 0
      ? [
          `No rule captured this data that steps yielded: ${listSome(ignored.map(([name, count]) => `${name} (${count})`))}.`,
        ]
      : []),
    ...reportNotes,
    ...(absent.length > 0
      ? [
          `Nothing was yielded as ${listSome(absent)}: neither a step output (a step needs an id) nor a line in $BUILD_STATS.`,
        ]
      : []),
    ...[...unyielded].flatMap(([name, found]) => (found ? [`Nothing was yielded as ${name}: ${found}.`] : [])),
    ...notes.slice(0, maxAlike),
    ...(notes.length > maxAlike ? [`${notes.length - maxAlike} more notes like these were left out.`] : []),
  ]
}

/** The verdict for the log: `CI/test: 7m 12s, 43 % above the median of the last 20 builds on main (5m 03s).` */
export function explainVerdict(
  { build }: Pick<Outcome, 'build'>,
  { verdict, change }: Pick<Compared, 'verdict' | 'change'>,
): string {
  const { text, step, limit } = verdict
  const clause = step === undefined ? '' : `; ${step.before}*${step.name}*${step.after}`
  const since = change === undefined ? '' : ` ${explainChange(change.sentence)}`
  return `${build.builder}: ${text}${clause}.${limit === '' ? '' : ` ${limit}`}${since}`
}

export function explainChange(sentence: Sentence): string {
  return `${sentence.map((part) => (typeof part === 'string' ? part : `*${part.name}*`)).join('')}.`
}

/** `Build Stats: CI/test took 2m 05s (success). 14 points written to http://influx:8086 (v1, database ci).` */
export function toHeadline(outcome: Outcome): string {
  const { builder, result } = outcome.build
  const seconds = toDuration(outcome.build)
  const took = seconds === undefined ? 'ended' : `took ${formatDuration(seconds)}`
  return ['Build Stats:', builder, took, `(${result}).`, explainWritten(outcome)].join(' ').trimEnd()
}

/** `14 points written to http://influx:8086 (v1, database ci), 2 points to file stats.lp.`; empty if no points are written. */
export function explainWritten({ storages }: Pick<Outcome, 'storages'>): string {
  const places = storages
    .filter(({ written }) => written > 0)
    .map(({ name, written }, index) => `${countOf(written, 'point')} ${index === 0 ? 'written to' : 'to'} ${name}`)
  return places.length === 0 ? '' : `${places.join(', ')}.`
}

/** ` after 7m 12s`; empty if the duration is not known. */
export function explainDuration(build: Build): string {
  const seconds = toDuration(build)
  return seconds === undefined ? '' : ` after ${formatDuration(seconds)}`
}

export function explainStorage(outcome: Omit<StorageOutcome, 'hasStart'>): string[] {
  const { name, written, unsent, lost, gaveUp, kept, problems } = outcome
  const why = problems.length > 0 ? `: ${problems.join('; ')}` : ''
  const rest = gaveUp ? ', at least, of data that was not read to its end,' : ''
  const missing = unsent + lost
  if (missing === 0 && !gaveUp) return problems.length > 0 ? [`${name}${why}.`] : []
  const text = `${formatNumber(missing)} of ${countOf(written + missing, 'point')}${rest} could not be written to ${name}${why}.`
  return [[text, ...explainKept(kept)].join(' ')]
}

/** Where the points are now: sentences. */
function explainKept(kept: Kept | undefined): string[] {
  if (kept === undefined) return []
  const gone = `${formatNumber(kept.gone)} ${kept.gone === 1 ? 'is' : 'are'} lost${kept.why === '' ? '' : `: ${kept.why}`}.`
  return [
    ...(kept.count > 0 ? [`${countOf(kept.count, 'point')} ${kept.count === 1 ? 'is' : 'are'} ${kept.where}.`] : []),
    ...(kept.gone > 0 ? [gone] : []),
  ]
}

function explainMalformed({ malformed, malformedCount, failure }: DataReport): string[] {
  const texts = failure === undefined ? [] : [`Data that steps yielded is missing: ${failure}.`]
  if (malformedCount === 0) return texts
  const lines = malformed.map(({ line, problem }) => `line ${line}: ${problem}`).join('; ')
  const more = malformedCount > malformed.length ? `; and ${malformedCount - malformed.length} more` : ''
  const are = malformedCount === 1 ? 'is' : 'are'
  return [
    ...texts,
    `${countOf(malformedCount, 'line')} of $BUILD_STATS ${are} left out as invalid line protocol: ${lines}${more}.`,
  ]
}

function explainRenamed(name: string): string {
  return `Data named "${name}" went to the measurement "data_${name}" because "${name}" is the measurement of the builds.`
}
