import type { Build } from '../build/build.ts'
import { maxHistoryDays, maxHistorySteps } from '../limits.ts'
import { cleanName, cleanString } from '../point/clean.ts'
import type { NativeOptions } from '../point/identity.ts'
import type { Point } from '../point/point.ts'
import type { Comparison } from './comparison.ts'

/** Which earlier builds are asked for, and what of them. */
export interface HistoryQuery {
  readonly measurement: string
  /** Undefined where nothing is to be known of steps. */
  readonly stepMeasurement: string | undefined
  readonly fields: readonly string[]
  /** Tags that earlier builds share with this one: together they are its builder. Empty: the tag is not there. */
  readonly tags: ReadonlyArray<readonly [key: string, value: string]>
  /** The field; undefined where the tag of the default branch says it. */
  readonly branch: string | undefined
  readonly sinceMs: number
  readonly maxBuilds: number
  /** Of each step. */
  readonly maxSteps: number
}

/** An earlier build that was a success, as the database has it. */
export interface PastBuild {
  readonly endMs: number
  readonly runId: number | undefined
  readonly attempt: number | undefined
  readonly number: number | undefined
  readonly values: ReadonlyMap<string, number>
}

export interface PastStep {
  readonly runId: number | undefined
  readonly attempt: number | undefined
  readonly name: string
  /** Seconds. */
  readonly duration: number
}

export interface PastBuilds {
  /** The last one first. */
  readonly builds: readonly PastBuild[]
  readonly steps: readonly PastStep[]
}

/** The query for a build: `point` is its own row, whose tags earlier builds must have. */
export function toHistoryQuery(
  build: Build,
  point: Point,
  fields: readonly string[],
  hasSteps: boolean,
  { last, branch }: Comparison,
  { measurement }: NativeOptions,
): HistoryQuery {
  const own = new Map(point.tags)
  const isOfBuilder = (key: string) => ['repository', 'workflow', 'job'].includes(key) || key.startsWith('matrix_')
  const builder = point.tags.filter(([key]) => isOfBuilder(key))
  const isDefault = branch === 'default'
  const named = branch === 'same' ? build.branch : typeof branch === 'object' ? branch.name : undefined
  return {
    measurement: cleanName(measurement),
    stepMeasurement: hasSteps ? cleanName(`${measurement}_step`) : undefined,
    fields,
    tags: [
      ...builder,
      // A tag of the user's own in its place says something else.
      ...(own.get('result') === build.result ? ([['result', 'success']] as const) : []),
      ...(isDefault ? ([['default_branch', 'true']] as const) : []),
    ],
    branch: named === undefined ? undefined : cleanString(named),
    sinceMs: build.endMs - maxHistoryDays * 24 * 3600 * 1000,
    // Some of them lack the statistic, or are this build itself.
    maxBuilds: 2 * last + 1,
    // Rows of steps know no branch but the default one: they are found among those of other branches.
    maxSteps: Math.min(maxHistorySteps, isDefault ? 2 * last + 1 : 20 * last),
  }
}
