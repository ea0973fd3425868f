import {
  asciiClasses,
  type EscapedCharacter,
  type EscapedClass,
  readEscapedCharacter,
  unicodeSpaces,
} from './escapes.ts'
import { ignoreCase } from './letter-case.ts'
import type { PatternReader } from './pattern-reader.ts'
import { invertRanges, mergeRanges } from './ranges.ts'
import { type CharacterSet, type ClassName, type Flags, PatternError, type Range } from './syntax.ts'

/** One character or class, with flags applied. */
export function toCharacterSet(
  members: readonly (EscapedCharacter | { readonly range: Range })[],
  negated: boolean,
  flags: Flags,
  at: number,
): CharacterSet {
  const plain = members.flatMap((member): Range[] => {
    if ('range' in member) return [member.range]
    return 'literal' in member ? [[member.literal, member.literal]] : []
  })
  const cased = flags.ignoreCase ? ignoreCase(plain, flags.ascii) : plain
  if (cased === undefined) {
    const text = 'letters beyond U+FFFF are not supported where case is ignored: write both cases, outside of (?i)'
    throw new PatternError(text, at)
  }
  const ranges = [...cased]
  const classes = new Set<ClassName>()
  for (const member of members) {
    if (!('class' in member)) continue
    const found = toRangesOfClass(member.class, flags.ascii)
    if (found === undefined) classes.add(member.class as ClassName)
    else ranges.push(...found)
  }
  return { kind: 'set', negated, ranges: mergeRanges(ranges), classes: [...classes] }
}

/** Undefined if Unicode's tables would be needed. */
function toRangesOfClass(name: EscapedClass, ascii: boolean): readonly Range[] | undefined {
  const positive = name.toLowerCase() as 'd' | 's' | 'w'
  const ranges = ascii ? asciiClasses[positive] : positive === 's' ? unicodeSpaces : undefined
  return ranges === undefined || name === positive ? ranges : invertRanges(ranges)
}

/** Reads a set after its `[`. */
export function readSet(reader: PatternReader, flags: Flags): CharacterSet {
  const at = reader.at - 1
  const negated = reader.match('^')
  const members: (EscapedCharacter | { readonly range: Range })[] = []
  const take = () => {
    const token = reader.take()
    if (token === undefined)
      throw reader.fail('unterminated character set: the ] is missing; write \\[ for a literal bracket', at)
    return token
  }
  const toMember = (token: string): EscapedCharacter =>
    token.startsWith('\\') ? readEscapedCharacter(reader, token) : { literal: token.codePointAt(0) ?? 0 }
  for (;;) {
    const from = reader.at
    const token = take()
    if (token === ']' && members.length > 0) break
    const member = toMember(token)
    if (!reader.match('-')) {
      members.push(member)
      continue
    }
    const end = take()
    if (end === ']') {
      members.push(member, { literal: 0x2d })
      break
    }
    const last = toMember(end)
    if (!('literal' in member) || !('literal' in last) || last.literal < member.literal) {
      throw reader.fail(`bad character range ${token}-${end}: write \\- for a literal hyphen`, from)
    }
    members.push({ range: [member.literal, last.literal] })
  }
  return toCharacterSet(members, negated, flags, at)
}
