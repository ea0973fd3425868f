import type { Usual } from './median.ts'

/** With which builds a build is compared, and what is too much: an item of the input `compare`. */
export interface Comparison {
  /** How many earlier builds, at most. */
  readonly last: number
  readonly branch: BranchChoice
  readonly statistic: StatisticChoice
  /** The severest first. */
  readonly limits: readonly Limit[]
  /** Which builds pass a ratio to the median: those that are not usual, too. */
  readonly usual: Usual
  /** How many builds in a row must pass a limit. */
  readonly confirm: number
  /** Seconds: a smaller difference in time is never unusual. */
  readonly floor: number
  /** Whether a lasting change is looked for. */
  readonly since: boolean
  /** With fewer earlier builds there is no comparison. */
  readonly minBuilds: number
  /** Tags that alike builds need not share. */
  readonly ignoreTags: readonly string[]
}

/** `default`: the repository's default branch; `same`: the build's own. */
export type BranchChoice = 'default' | 'same' | { readonly name: string }

export interface StatisticChoice {
  /** A field of the build's row, or the property that it is made of. */
  readonly name: string
  /** Where the row has none of that name: a field of data. */
  readonly data: DataField | undefined
  /** Tags that tell records of one measurement apart. */
  readonly where: ReadonlyArray<readonly [key: string, value: string]>
}

export interface DataField {
  readonly measurement: string
  readonly field: string
}

export const limitKeys = ['fail-above', 'fail-below', 'warn-above', 'warn-below'] as const
export type LimitKey = (typeof limitKeys)[number]

/** How far a statistic may go: so many times the median, or to a value. `text` is as the user wrote it. */
export type Limit = { readonly key: LimitKey; readonly text: string } & (
  | { readonly ratio: number }
  | { readonly value: number }
)

/** What compare says to a statistic that passes a limit. */
export type Level = 'info' | 'warn' | 'fail'

/** Why a build is not compared, a clause: `there are 3 successful builds on main within 90 days, fewer than 5`. */
export interface NoComparison {
  readonly reason: string
}
