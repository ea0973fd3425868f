import type { Build } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import { findUncapturedOutputs } from '../capture/data.ts'
import { type DataReport, mergeReports } from '../capture/data-report.ts'
import { appliesTo } from '../capture/matching.ts'
import { explainMiss, mergeMisses } from '../capture/miss.ts'
import type { Compared } from '../compare/history.ts'
import type { Outcome } from '../presentation/outcome.ts'
import type { ResourceParts } from '../presentation/resources.ts'
import type { Spooled } from '../presentation/spool-report.ts'
import type { Settings } from '../settings/settings.ts'
import type { Kept } from '../unsent/keep-unsent.ts'
import type { UnsentFile } from '../unsent/unsent-file.ts'
import type { CapturedForStorage } from './capture-for.ts'
import type { ReportsOutcome } from './reports/start-reading.ts'
import type { WrittenBuild } from './write-build.ts'

/** The results of the steps of the post phase. */
export interface Results {
  readonly build: Build
  readonly warnings: readonly string[]
  readonly settings: Settings
  readonly captured: readonly CapturedForStorage[]
  readonly written: readonly WrittenBuild[]
  readonly kept: ReadonlyMap<UnsentFile, Kept>
  readonly spooled: Spooled
  readonly compared: readonly Compared[] | undefined
  readonly reports: ReportsOutcome
  readonly resources: ResourceParts | undefined
}

/** Puts the results of all storages together: what several storages report is in the outcome once. */
export function toOutcome(results: Results): Outcome {
  const { build, warnings, settings, captured, written, kept, spooled, compared, reports, resources } = results
  const data = mergeReports(written.map((one) => one.data))
  return {
    build,
    columns: unique(
      captured.flatMap(({ laidOut }) => laidOut.columns),
      // Storages may have different rules for the same column, and in the Buildbot layout times share a measurement.
      ({ key, kind, captured }) => `${kind} ${key} ${captured.rule.kind} ${toValueText(captured.value)}`,
    ),
    misses: mergeMisses(
      unique(
        [
          ...captured.flatMap(({ captures, outputs, laidOut }) => [
            ...captures.misses,
            ...outputs.misses,
            ...laidOut.misses,
          ]),
          // Problems of a file come before problems of a value in it.
          ...reports.misses,
          ...data.misses,
        ],
        explainMiss,
      ),
    ),
    warnings: unique(
      [
        ...settings.warnings,
        ...warnings,
        ...captured.flatMap(({ captures, outputs }) => [...captures.warnings, ...outputs.warnings]),
        ...data.warnings,
        ...reports.warnings,
        ...[...data.reported].filter((name) => data.names.has(name)).map(explainTwice),
      ],
      (text) => text,
    ),
    secretNames: unique(
      captured.flatMap(({ captures }) => captures.secretNames),
      (name) => name,
    ),
    data,
    notes: unique(
      [...captured.flatMap(({ captures }) => captures.notes), ...data.notes, ...explainUncaptured(captured)].map(
        (text) => `${text}.`,
      ),
      (text) => text,
    ),
    reports: reports.parts,
    reportNotes: reports.notes,
    resources,
    unyielded: findUnyielded(captured, data),
    storages: written.map(({ settings: { layout, rules }, outcome, hasStart, unsent }, index) => ({
      ...{ ...outcome, hasStart, kept: kept.get(unsent) },
      origin: {
        builder: captured[index]?.build.builder ?? build.builder,
        ...{ layout, rules, columns: captured[index]?.laidOut.columns ?? [] },
      },
    })),
    spooled,
    settingFaults: settings.warnsOfMistakes ? [] : [...settings.missingSecrets, ...settings.losses],
    compared: compared ?? [],
    steps: 'ran' in build.steps ? build.steps.ran : [],
  }
}

function unique<T>(items: readonly T[], toKey: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [toKey(item), item])).values()]
}

function toValueText(value: FieldValue): string {
  return typeof value === 'object' ? `${value.value}` : JSON.stringify(typeof value === 'bigint' ? `${value}i` : value)
}

/** A rule that names data which nobody yielded is not a fault, but the likeliest cause is a mistake. */
function findUnyielded(captured: readonly CapturedForStorage[], data: DataReport): Map<string, string | undefined> {
  const names = captured.flatMap(({ storage, build }) =>
    storage.rules.flatMap((rule) =>
      rule.kind === 'data' && 'name' in rule.match && appliesTo(rule, build.builder) ? [rule.match.name] : [],
    ),
  )
  const empty = new Map(captured.flatMap(({ outputs }) => [...outputs.empty]))
  return new Map(names.filter((name) => !data.names.has(name)).map((name) => [name, empty.get(name)]))
}

function explainUncaptured(captured: readonly CapturedForStorage[]): string[] {
  return captured.flatMap(({ storage, build }) =>
    findUncapturedOutputs(storage.rules, build.properties).map(
      (name) =>
        `The step output ${name} holds JSON records, which are stored only if a rule names them: - data: ${name}`,
    ),
  )
}

function explainTwice(name: string): string {
  return `A report and other data are both called "${name}", so a table of "${name}" mixes them. Give the rule of the report another "name".`
}
