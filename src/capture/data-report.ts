import type { Fields } from '../build/data.ts'
import type { Miss } from './miss.ts'

/** The results of capturing data, for the owner of the job. */
export interface DataReport {
  /** The fields of each measurement with a single point; undefined for others, and for those of reports. */
  readonly singles: ReadonlyMap<string, Fields | undefined>
  /** Records that no rule captured, by name. */
  readonly ignored: ReadonlyMap<string, number>
  /** Names of data that rules captured. */
  readonly names: ReadonlySet<string>
  /** Names of data that came from reports. */
  readonly reported: ReadonlySet<string>
  /** The first malformed lines, and how many there are in all. */
  readonly malformed: readonly { readonly line: number; readonly problem: string }[]
  readonly malformedCount: number
  /** Results that callbacks did not return, and values that are not of their types. */
  readonly misses: readonly Miss[]
  /** Notes about stored values: sentences. */
  readonly notes: ReadonlySet<string>
  /** Sentences about keys that rules name but no record had. */
  readonly warnings: readonly string[]
  /** Data names that were changed because they are reserved for the builds' own measurements. */
  readonly renamed: ReadonlySet<string>
  /** Why the data file could not be read. */
  readonly failure: string | undefined
}

/** Merges the reports of several storages: data is ignored only if none of them captured it. */
export function mergeReports(reports: readonly DataReport[]): DataReport {
  const [first] = reports
  const ignored = [...(first?.ignored ?? [])].filter(([name]) => reports.every((report) => report.ignored.has(name)))
  return {
    singles: new Map(reports.flatMap(({ singles }) => [...singles])),
    ignored: new Map(ignored),
    names: new Set(reports.flatMap(({ names }) => [...names])),
    reported: new Set(reports.flatMap(({ reported }) => [...reported])),
    malformed: first?.malformed ?? [],
    malformedCount: first?.malformedCount ?? 0,
    misses: reports.flatMap(({ misses }) => misses),
    notes: new Set(reports.flatMap(({ notes }) => [...notes])),
    warnings: [...new Set(reports.flatMap(({ warnings }) => warnings))],
    renamed: new Set(reports.flatMap(({ renamed }) => [...renamed])),
    failure: reports.find(({ failure }) => failure !== undefined)?.failure,
  }
}
