import type { PatternReader } from './pattern-reader.ts'
import type { Flags } from './syntax.ts'

export const noFlags: Flags = { ascii: false, ignoreCase: false, multiline: false, dotAll: false, verbose: false }

const letters: Readonly<Record<string, Partial<Flags>>> = {
  a: { ascii: true },
  i: { ignoreCase: true },
  m: { multiline: true },
  s: { dotAll: true },
  u: { ascii: false },
  x: { verbose: true },
}

/** The flags of `(?i)`, `(?i:` or `(?-i:`. */
export interface FlagGroup {
  readonly flags: Partial<Flags>
  /** Whether they apply to the whole expression. */
  readonly isGlobal: boolean
}

export function isFlag(letter: string): boolean {
  return letter === '-' || letter === 'L' || letter === 't' || letter in letters
}

/** Reads a group's flags, up to the colon or the closing parenthesis. */
export function readFlags(reader: PatternReader): FlagGroup {
  const at = reader.at
  let flags: Partial<Flags> = {}
  const on = new Set<string>()
  const off = new Set<string>()
  let given = on
  for (;;) {
    const token = reader.take()
    if (token === undefined) throw reader.fail('missing : or ) after flags', at)
    if (token === ')' || token === ':') {
      const isGlobal = token === ')'
      if (given === off && (isGlobal || off.size === 0))
        throw reader.fail('flags can only be turned off for a group: write (?-i:…)', at)
      return { flags, isGlobal }
    }
    if (token === '-' && given === on) {
      given = off
      continue
    }
    if (token === 'L') throw reader.fail('the flag L only applies to bytes: leave it out', at)
    const meant = letters[token]
    if (meant === undefined)
      throw reader.fail(`unknown flag ${JSON.stringify(token)}: the known flags are a, i, m, s, u and x`, at)
    if (given === off && (token === 'a' || token === 'u'))
      throw reader.fail('the flags a and u cannot be turned off', at)
    given.add(token)
    if (on.has('a') && on.has('u')) throw reader.fail('the flags a and u contradict each other', at)
    if (on.has(token) && off.has(token)) throw reader.fail(`the flag ${token} is both turned on and turned off`, at)
    const [[name, value] = ['ascii', false]] = Object.entries(meant)
    flags = { ...flags, [name]: given === on ? value : false }
  }
}
