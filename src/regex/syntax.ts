/** A regular expression as Python reads it. Flags are resolved: each part says itself what it takes. */
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
      /** Infinity: without end. */
      readonly max: number
      readonly mode: 'greedy' | 'lazy' | 'possessive'
      readonly body: Node
      readonly at: number
    }
  | { readonly kind: 'look'; readonly ahead: boolean; readonly negative: boolean; readonly body: Node }
  | { readonly kind: 'reference'; readonly group: number; readonly at: number }

/** `end` is also before a line break that is the last character; `boundary` and `inside` are `\b` and `\B`. */
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

/** One character: of these ranges or classes, or of none of them. */
export interface CharacterSet {
  readonly kind: 'set'
  readonly negated: boolean
  readonly ranges: readonly Range[]
  /** Of Unicode: digits, words, and what is not. */
  readonly classes: readonly ClassName[]
}

/** Code points from the first to the last. */
export type Range = readonly [first: number, last: number]

export type ClassName = 'd' | 'D' | 'w' | 'W'

/** What holds where a part of the expression stands. */
export interface Flags {
  readonly ascii: boolean
  readonly ignoreCase: boolean
  readonly multiline: boolean
  readonly dotAll: boolean
  readonly verbose: boolean
}

export const lastCodePoint = 0x10ffff

/** An expression that Python does not take, or that cannot be read as Python reads it. */
export class PatternError extends Error {
  /** @param at index of the code point */
  constructor(message: string, at: number) {
    super(`${message}, at character ${at + 1}`)
  }
}
