/** With which builds a build is compared, and what is too much: the input `compare`. */
export interface Comparison {
  /** How many earlier builds, at most. */
  readonly last: number
  readonly branch: BranchChoice
  /** A field of the build's row, or the property that it is made of. */
  readonly statistic: string
  readonly warnAbove: Limit | undefined
  readonly failAbove: Limit | undefined
  /** With fewer earlier builds there is no comparison. */
  readonly minBuilds: number
  /** Tags that alike builds need not share. */
  readonly ignoreTags: readonly string[]
}

/** `default`: the repository's default branch; `same`: the build's own. */
export type BranchChoice = 'default' | 'same' | { readonly name: string }

/** The most that a statistic may be: so many times the median, or a value. `text` is as the user wrote it. */
export type Limit = { readonly text: string } & ({ readonly ratio: number } | { readonly value: number })

/** What compare says to a statistic that is over a limit. */
export type Level = 'info' | 'warn' | 'fail'

/** Why a build is not compared, a clause: `there are 3 successful builds on main within 90 days, fewer than 5`. */
export interface NoComparison {
  readonly reason: string
}
