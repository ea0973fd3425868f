/** The syntax tree of a regular expression of Python. Flags are resolved in its parts. */
export type Node =
  | CharacterSet
  | { readonly kind: 'at'; readonly where: Place }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'alternatives'; readonly branches: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  | { readonly kind: 'atomic'; readonly body: Node }
  | {
      readonly kind: 'repeat'
      readonly min: number
      /** Infinity: no maximum. */
      readonly max: number
      readonly mode: 'greedy' | 'lazy' | 'possessive'
      readonly body: Node
      readonly at: number
    }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'reference'; readonly group: number; readonly at: number }

/** `end` also matches before a line break at the end of the text; `boundary` and `inside` are `\b` and `\B`. */
export type Place =
  | 'start'
  | 'line-start'
  | 'end'
  | 'line-end'
  | 'very-end'
  | 'boundary'
  | 'inside'
  | 'ascii-boundary'
  | 'ascii-inside'

/** One character that is in these ranges or classes, or in none of them. */
export interface CharacterSet {
  readonly kind: 'set'
  readonly negated: boolean
  readonly ranges: readonly Range[]
  /** Unicode's digits and word characters, and their complements. */
  readonly classes: readonly ClassName[]
}

/** A range of code points, both ends included. */
export type Range = readonly [first: number, last: number]

export type ClassName = 'd' | 'D' | 'w' | 'W'

/** The flags that apply to a part of the expression. */
export interface Flags {
  readonly ascii: boolean
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly verbose: boolean
}

export const lastCodePoint = 0x10ffff

/** An expression that is invalid in Python, or not supported here. */
export class PatternError extends Error {
  /** @param at index of the code point */
  constructor(message: string, at: number) {
    super(`${message}, at character ${at + 1}`)
  }
}
