import { type CapturedData, captureReport } from '../../capture/data.ts'
import type { ReportRule } from '../../capture/kinds/report.ts'
import { type Miss, mergeMisses } from '../../capture/miss.ts'
import { nameRule } from '../../capture/rules.ts'
import { type Collection, openCollection, type Stage } from '../../reports/collect.ts'
import type { ReportsDigest } from '../../reports/digest.ts'
import type { KnownFormat } from '../../reports/formats.ts'
import { createExclusion, type FoundFile, type FoundReports } from '../../runner/find-reports.ts'

/** The results of one rule's reports. */
export interface RuleResult {
  readonly captured: readonly CapturedData[]
  readonly misses: readonly Miss[]
  /** Notes: sentences. */
  readonly notes: readonly string[]
  /** For the summary. */
  readonly digests: ReportsDigest['digests']
}

const unknownFormat = 'not in a known format'
const defaultNames = { tests: 'tests', cases: 'test_case', coverage: 'coverage', benchmark: 'benchmark', records: '' }
/** The most files that a sentence names. */
const maxNamed = 3
/** The most files whose problems the log lists, in addition to those in warnings. */
const maxListed = 20

/** A rule for reports while its files are read. */
export class RuleReading {
  readonly rule: ReportRule
  private readonly files: ReadonlySet<FoundFile>
  private readonly collections = new Map<string, Collection>()
  /** Globs for which a file was read, or for which a file's problem is already reported. */
  private readonly answered = new Set<string>()
  private readonly passed = new Map<FoundFile, string>()
  private readonly broken: { readonly reason: string; readonly cause: string }[] = []

  constructor(rule: ReportRule, found: readonly FoundFile[], workspace: string) {
    this.rule = rule
    const isExcluded = createExclusion(rule.files, workspace)
    const isOwn = (file: FoundFile) => rule.files.some((glob) => file.globs.has(glob)) && !isExcluded(file)
    this.files = new Set(found.filter(isOwn))
  }

  wants(file: FoundFile): boolean {
    return this.files.has(file)
  }

  passOver(file: FoundFile, why: string): void {
    this.passed.set(file, why)
  }

  /** A file that cannot be read is reported, even if the rule ignores missing files. */
  blame(file: FoundFile, reason: string, line?: number): void {
    this.answer(file)
    const place = line === undefined ? file.path : `${file.path}, line ${line}`
    this.broken.push({ reason: `${place}: ${reason}`, cause: reason })
  }

  /** The collection for the items of a report; undefined if the rule does not use this format. */
  open(file: FoundFile, known: KnownFormat | undefined): Stage | undefined {
    const collection = known && this.openCollection(known)
    if (collection !== undefined && collection.refusal === undefined) {
      this.answer(file)
      return collection.open()
    }
    // A glob may match files of any kind, but a file that is named must have the right one.
    const isMeant = this.rule.files.some((glob) => file.globs.has(glob) && !/[*?[{]/.test(glob))
    const mayBeAny = known === undefined || (known.kind === 'json' && this.rule.format === undefined)
    if (mayBeAny && !isMeant) this.passOver(file, unknownFormat)
    else this.blame(file, collection?.refusal ?? `it is ${unknownFormat}`)
    return undefined
  }

  result(found: FoundReports, redact: (text: string) => string): RuleResult {
    const { rule } = this
    const collections = [...this.collections.values()].filter(({ refusal }) => refusal === undefined)
    const wrong: string[] = []
    const captured = collections
      .flatMap((one) => one.records(redact))
      .flatMap((record) => {
        const one = captureReport(rule, record)
        if (typeof one === 'string') wrong.push(one)
        return typeof one === 'string' ? [] : [one]
      })
    const isPart = captured.length > 0
    const level = rule.onMissing === 'error' ? ('error' as const) : ('warn' as const)
    const lost = (reason: string, cause = reason): Miss => ({ rule, reason, cause, level, isPart })
    const isEmpty = captured.length === 0 && this.broken.length === 0 && collections.some((one) => one.isMissed())
    const misses: Miss[] = [
      ...this.broken.map(({ reason, cause }) => lost(reason, cause)),
      ...wrong.map((reason) => lost(`a record ${reason}`)),
      ...(found.cut === undefined ? [] : [lost(`not every file was found: ${found.cut}`)]),
      ...[...this.explainUnanswered(found), ...(isEmpty ? ['its files contain nothing to count'] : [])].map(
        (reason) => ({
          ...{ rule, reason, level: rule.onMissing },
          isPart,
        }),
      ),
    ]
    return {
      captured,
      misses,
      notes: [
        ...listHidden(rule, misses),
        ...(this.answered.size > 0 && this.passed.size > 0
          ? [`Skipped for ${nameRule(rule)}: ${listPassed([...this.passed])}.`]
          : []),
        ...collections.flatMap((one) => one.omitted()).map((text) => `${text} (${nameRule(rule)}).`),
      ],
      digests: collections.flatMap((one) => {
        const digest = one.digest()
        return digest === undefined
          ? []
          : [{ name: rule.name ?? rule.measurement ?? defaultNames[digest.kind], digest }]
      }),
    }
  }

  private answer({ globs }: FoundFile): void {
    for (const glob of this.rule.files) if (globs.has(glob)) this.answered.add(glob)
  }

  private openCollection({ kind }: KnownFormat): Collection {
    const { rule } = this
    const known = this.collections.get(kind)
    if (known !== undefined) return known
    const name = rule.name ?? (kind === 'json' ? rule.measurement : undefined)
    const opened = openCollection(kind, { name, by: rule.by, cases: rule.cases, limit: rule.limit })
    this.collections.set(kind, opened)
    return opened
  }

  /** Clauses that say why nothing was read for a glob. */
  private explainUnanswered({ refused, folders, skipped, leaving }: FoundReports): string[] {
    const globs = this.rule.files.filter((glob) => !glob.startsWith('!') && !this.answered.has(glob))
    return globs.map((glob) => {
      const why = refused.get(glob)
      if (why !== undefined) return `${glob} ${why}`
      const passed = [...this.passed].filter(([{ globs }]) => globs.has(glob))
      if (passed.length > 0) return `all files that match ${glob} were skipped: ${listPassed(passed)}`
      if (folders.has(glob))
        return `${glob} is a folder: name the files in it, such as ${glob.replace(/\/$/, '')}/**/*.xml`
      const hints = [
        ...(skipped.size > 0 ? [`${[...skipped].join(' and ')} is not searched`] : []),
        ...(leaving.length > 0 ? [`${leaving[0]} is a link that leads out of the workspace and is not followed`] : []),
      ]
      return `no file matches ${glob}${hints.map((hint) => `; ${hint}`).join('')}`
    })
  }
}

/** Warnings name the first file for a reason: the log names the others. */
function listHidden(rule: ReportRule, misses: readonly Miss[]): string[] {
  const shown = new Set(mergeMisses(misses).map(({ reason }) => reason))
  const hidden = misses.filter(({ reason, level }) => level !== 'ignore' && !shown.has(reason))
  if (hidden.length === 0) return []
  const rest = hidden.length - maxListed
  const causes = Map.groupBy(hidden.slice(0, maxListed), ({ reason, cause = reason }) => cause)
  const reasons = [...causes].map(([cause, some]) => {
    const places = some.flatMap(({ reason }) => (reason === cause ? [] : [reason.slice(0, -`: ${cause}`.length)]))
    return places.length === 0 ? cause : `${places.join(', ')}: ${cause}`
  })
  return [
    `Other files were not read for ${nameRule(rule)}: ${reasons.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}.`,
  ]
}

/** `a.xml and 3 more (older than this job), b.xml (tracked by git)` */
function listPassed(passed: readonly (readonly [FoundFile, string])[]): string {
  const groups = Map.groupBy(passed, ([, why]) => why)
  return [...groups]
    .map(([why, files]) => {
      const names = files.slice(0, maxNamed).map(([{ path }]) => path)
      const rest = files.length - names.length
      return `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''} (${why})`
    })
    .join(', ')
}
