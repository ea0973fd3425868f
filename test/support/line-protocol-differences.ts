import { type FieldValue, Unsigned } from '../../src/build/data.ts'

/** A point as a query shows it. */
export interface StoredPoint {
  readonly name: string
  readonly tags: Record<string, string>
  readonly fields: Record<string, FieldValue>
  /** Undefined: the moment of writing. */
  readonly timeNs: bigint | undefined
}

interface StricterDifference {
  readonly name: string
  /** What the parser says. */
  readonly problem: RegExp
  readonly line: string
  /** What InfluxDB stores. */
  readonly stored: StoredPoint | undefined
}

interface LaxerDifference {
  readonly name: string
  readonly line: string
  /** What the parser reads. */
  readonly read: StoredPoint | undefined
  /** The same so that InfluxDB takes it too; undefined when nothing of that kind is in the text. */
  readonly rewrite: (text: string) => string | undefined
}

/** Differences where the parser is stricter: what it says about a line that InfluxDB takes. */
export const stricter: readonly StricterDifference[] = [
  {
    name: 'Text behind the closing quote of a string',
    problem: /^text after the closing quote/,
    line: 'm v="a"bc 5',
    stored: { name: 'm', tags: {}, fields: { v: 'a"b' }, timeNs: 5n },
  },
  {
    name: 'A field called `time` beside others',
    problem: /^a field cannot be called "time"/,
    line: 'm v=1,time=2 5',
    stored: { name: 'm', tags: {}, fields: { v: 1 }, timeNs: 5n },
  },
  {
    name: 'A backslash at the end of a field name',
    problem: /^the name of a field ends in a backslash/,
    line: 'm a\\\\=1,b=2 5',
    stored: { name: 'm', tags: {}, fields: { 'a\\=1,b': 2 }, timeNs: 5n },
  },
  {
    name: 'A field without a name, behind a tab',
    problem: /^a field has no name/,
    line: 'm \t=1 5',
    // The name is empty, and this is what a query shows instead.
    stored: { name: 'm', tags: {}, fields: { val0: 1 }, timeNs: 5n },
  },
  {
    name: 'Two backslashes before a comma, space, `=` or `"` in the measurement',
    problem: /^the measurement has two backslashes before a special character/,
    line: 'm\\\\,a v=1 5',
    stored: undefined,
  },
  {
    name: '`#!~` in measurement or tags',
    problem: /^the measurement or tags contain "#!~"/,
    line: 'm,t=a#!~#b v=1 5',
    stored: { name: 'm', tags: { t: 'a#!~#b' }, fields: { v: 1 }, timeNs: 5n },
  },
  {
    name: 'A NUL character',
    problem: /^it contains a NUL character/,
    line: 'm v="a\0b" 5',
    stored: { name: 'm', tags: {}, fields: { v: 'a\0b' }, timeNs: 5n },
  },
]

/** Differences where the parser is laxer. */
export const laxer: readonly LaxerDifference[] = [
  {
    name: '`\\r\\n`',
    line: 'm v=1 5\r',
    read: { name: 'm', tags: {}, fields: { v: 1 }, timeNs: 5n },
    rewrite: (text: string) => (text.endsWith('\r') ? text.slice(0, -1) : undefined),
  },
  {
    name: 'A byte order mark',
    line: '\uFEFF# a comment',
    read: undefined,
    rewrite: (text: string) => (text.startsWith('\uFEFF') ? text.slice(1) : undefined),
  },
  {
    name: 'Unsigned integers',
    line: 'm v=5u 5',
    read: { name: 'm', tags: {}, fields: { v: new Unsigned(5n) }, timeNs: 5n },
    rewrite: (text: string) => {
      const signed = text.replace(/=(\d+)u(?=[, ]|$)/g, '=$1i')
      return signed === text ? undefined : signed
    },
  },
  {
    name: 'A quote before the fields',
    line: ' a=b"c v="d\ne" 5',
    read: { name: 'a=b"c', tags: {}, fields: { v: 'd\ne' }, timeNs: 5n },
    rewrite: (text: string) => (/^[ \t]/.test(text) ? text.replace(/^[ \t]+/, '') : undefined),
  },
  {
    name: 'A quote before the fields',
    line: 'm,a\\\\ b="c v="d\ne" 5',
    read: { name: 'm', tags: { 'a\\ b': '"c' }, fields: { v: 'd\ne' }, timeNs: 5n },
    rewrite: () => undefined,
  },
]

/** Where InfluxDB takes several physical lines for one, and the parser does not: the names that it reads. */
export const joined = [
  { name: 'A quote without its other half', text: 'm v="a 5\nn v=1 5', read: ['n'] },
  { name: 'A backslash at the end of a line', text: 'm,t=a\\\nn v=1 5', read: ['n'] },
  { name: 'A backslash at the end of a comment', text: '# c \\\nn v=1 5', read: ['n'] },
]
