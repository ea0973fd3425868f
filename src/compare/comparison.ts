import type { Usual } from './median.ts'

/** The builds that a build is compared with, and the limits: an item of the input `compare`. */
export interface Comparison {
  /** The most earlier builds to compare with. */
  readonly last: number
  readonly branch: BranchChoice
  readonly statistic: StatisticChoice
  /** Severest first. */
  readonly limits: readonly Limit[]
  /** Which values count as usual: these do not pass a ratio to the median. */
  readonly usual: Usual
  /** How many builds in a row must pass a limit. */
  readonly confirm: number
  /** In seconds: a smaller difference in time is never unusual. */
  readonly floor: number
  /** Whether to search for a lasting change. */
  readonly since: boolean
  /** The fewest earlier builds for a comparison. */
  readonly minBuilds: number
  /** Tags that earlier builds need not share. */
  readonly ignoreTags: readonly string[]
}

/** `default`: the repository's default branch; `same`: the build's own. */
export type BranchChoice = 'default' | 'same' | { readonly name: string }

export interface StatisticChoice {
  /** A field of the build's row, or the property from which it is made. */
  readonly name: string
  /** A field of data, if the row has no field of that name. */
  readonly data: DataField | undefined
  /** Tags that distinguish records of one measurement. */
  readonly where: ReadonlyArray<readonly [key: string, value: string]>
}

export interface DataField {
  readonly measurement: string
  readonly field: string
}

export const limitKeys = ['fail-above', 'fail-below', 'warn-above', 'warn-below'] as const
export type LimitKey = (typeof limitKeys)[number]

/** A limit of a statistic: a multiple of the median, or a value. `text` is what the user wrote. */
export type Limit = { readonly key: LimitKey; readonly text: string } & (
  | { readonly ratio: number }
  | { readonly value: number }
)

/** What happens when a statistic passes a limit. */
export type Level = 'info' | 'warn' | 'fail'

/** A clause that says why a build is not compared: `there are 3 successful builds on main within 90 days, fewer than 5`. */
export interface NoComparison {
  readonly reason: string
}
