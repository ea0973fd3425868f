import { patternCharacters, patternDepth } from '../limits.ts'
import { readSet, toCharacterSet } from './character-set.ts'
import { readEscapedCharacter } from './escapes.ts'
import { isFlag, noFlags, readFlags } from './pattern-flags.ts'
import { PatternReader } from './pattern-reader.ts'
import { readCount } from './read-count.ts'
import type { Flags, Node, Place } from './syntax.ts'
import { measureWidth, type Width } from './width.ts'

const places: Readonly<Record<string, Place>> = {
  '\\A': 'start',
  '\\Z': 'very-end',
  '\\b': 'boundary',
  '\\B': 'inside',
}
const asciiPlaces: Readonly<Record<string, Place>> = { '\\b': 'ascii-boundary', '\\B': 'ascii-inside' }

/**
 * Parses regular expressions in the syntax of Python 3.11's `re` module, with the same meaning.
 * @throws PatternError for invalid and unsupported syntax, with what to write instead
 */
export function parsePattern(source: string): Node {
  const reader = new PatternReader(source)
  if (source.length > patternCharacters)
    throw reader.fail(`longer than ${patternCharacters} characters`, patternCharacters)
  const node = new Parser(reader).parse()
  if (reader.next !== undefined) throw reader.fail('unbalanced parenthesis: write \\) for a literal parenthesis')
  return node
}

/** The state of groups while the expression is parsed. */
class Parser {
  private readonly reader: PatternReader
  private readonly names = new Map<string, number>()
  private readonly widths = new Map<number, Width>()
  private groups = 0
  private depth = 0
  private globals: Flags = noFlags
  /** The number of groups before the outermost lookbehind that is being parsed. */
  private lookbehind: number | undefined

  constructor(reader: PatternReader) {
    this.reader = reader
  }

  parse(): Node {
    return this.readAlternatives(undefined)
  }

  /** @param flags undefined at the top level, where flags at the start may set them */
  private readAlternatives(flags: Flags | undefined): Node {
    const { reader } = this
    if (++this.depth > patternDepth) throw reader.fail(`nested deeper than ${patternDepth} levels`)
    const branches = [this.readSequence(flags, flags === undefined)]
    while (reader.match('|')) branches.push(this.readSequence(flags, false))
    this.depth--
    const [first] = branches
    return branches.length === 1 && first !== undefined ? first : { kind: 'alternatives', branches }
  }

  private readSequence(given: Flags | undefined, isFirst: boolean): Node {
    const { reader } = this
    const items: Node[] = []
    for (;;) {
      const flags = given ?? this.globals
      const { next, at } = reader
      if (next === undefined || next === '|' || next === ')') break
      reader.take()
      if (flags.verbose && /^[ \t\n\r\v\f]$/.test(next)) continue
      if (flags.verbose && next === '#') {
        while (reader.next !== undefined && reader.take() !== '\n');
        continue
      }
      if (/^[*+?{]$/.test(next) && this.readRepeat(next, at, items)) continue
      const item =
        next === '(' ? this.readGroup(flags, at, isFirst && items.length === 0) : this.readOne(next, at, flags)
      if (item !== undefined) items.push(item)
    }
    const [first] = items
    return items.length === 1 && first !== undefined ? first : { kind: 'sequence', items }
  }

  private readOne(token: string, at: number, flags: Flags): Node {
    if (token.startsWith('\\')) return this.readEscape(token, at, flags)
    switch (token) {
      case '.':
        return { kind: 'set', negated: true, ranges: flags.dotAll ? [] : [[0x0a, 0x0a]], classes: [] }
      case '^':
        return { kind: 'at', where: flags.multiline ? 'line-start' : 'start' }
      case '$':
        return { kind: 'at', where: flags.multiline ? 'line-end' : 'end' }
      case '[':
        return readSet(this.reader, flags)
      default:
        return toCharacterSet([{ literal: token.codePointAt(0) ?? 0 }], false, flags, at)
    }
  }

  private readEscape(token: string, at: number, flags: Flags): Node {
    const where = (flags.ascii ? asciiPlaces[token] : undefined) ?? places[token]
    if (where !== undefined) return { kind: 'at', where }
    if (/^\\[1-9]$/.test(token)) {
      // Three octal digits are a character; anything else is a reference.
      const from = this.reader.at
      const digits = token.slice(1) + this.reader.takeWhile(/^[0-7]$/, 2)
      if (digits.length === 3 && /^[0-7]/.test(digits)) {
        this.reader.seek(from)
        return toCharacterSet([readEscapedCharacter(this.reader, token)], false, flags, at)
      }
      this.reader.seek(from)
      const group = Number(token.slice(1) + this.reader.takeWhile(/^[0-9]$/, 1))
      return this.toReference(group, at, flags)
    }
    return toCharacterSet([readEscapedCharacter(this.reader, token)], false, flags, at)
  }

  private toReference(group: number | undefined, at: number, flags: Flags): Node {
    const { reader } = this
    if (group === undefined || group > this.groups) throw reader.fail('the group that is referenced does not exist', at)
    if (!this.widths.has(group)) throw reader.fail('the group that is referenced has not ended yet', at)
    if (this.lookbehind !== undefined && group > this.lookbehind) {
      throw reader.fail('a reference to a group inside the same lookbehind is not supported', at)
    }
    if (flags.ignoreCase) {
      throw reader.fail('a reference is not supported where case is ignored: write it outside of (?i)', at)
    }
    return { kind: 'reference', group, at }
  }

  /** Whether a count follows; a brace may be a literal character. */
  private readRepeat(token: string, at: number, items: Node[]): boolean {
    const { reader } = this
    const count = readCount(reader, token, at)
    if (count === undefined) return false
    const item = items.at(-1)
    if (item === undefined || item.kind === 'at') {
      throw reader.fail(`nothing to repeat: write \\${token} for the literal character`, at)
    }
    if (item.kind === 'repeat') {
      throw reader.fail(`multiple repeat: put (?:…) around what is repeated, or write \\${token}`, at)
    }
    const mode = reader.match('?') ? 'lazy' : reader.match('+') ? 'possessive' : 'greedy'
    items[items.length - 1] = { kind: 'repeat', ...count, mode, body: item, at }
    return true
  }

  /** Undefined for a comment and for flags of the whole expression. */
  private readGroup(flags: Flags, at: number, isFirst: boolean): Node | undefined {
    const { reader } = this
    if (!reader.match('?')) return this.readCapturing(undefined, flags, at)
    const token = reader.take()
    switch (token) {
      case ':':
        return this.close({ kind: 'sequence', items: [this.readAlternatives(flags)] }, at)
      case '>':
        return this.close({ kind: 'atomic', body: this.readAlternatives(flags) }, at)
      case '#':
        for (let inside = reader.take(); inside !== ')'; inside = reader.take()) {
          if (inside === undefined) throw reader.fail('unterminated comment: the ) is missing', at)
        }
        return undefined
      case '=':
      case '!':
        return this.close(
          { kind: 'look', ahead: true, negative: token === '!', body: this.readAlternatives(flags) },
          at,
        )
      case '<':
        return this.readLookbehind(flags, at)
      case 'P':
        return this.readNamed(flags, at)
      case '(':
        throw reader.fail('(?(…)yes|no) is not supported: write both alternatives, as (?:(a)yes|no)', at)
      default:
        return this.readFlagGroup(token, flags, at, isFirst)
    }
  }

  private readFlagGroup(token: string | undefined, flags: Flags, at: number, isFirst: boolean): Node | undefined {
    const { reader } = this
    if (token === undefined || !isFlag(token)) throw reader.fail(`unknown extension (?${token ?? ''}`, at)
    reader.seek(reader.at - 1)
    const group = readFlags(reader)
    if (!group.isGlobal) {
      return this.close({ kind: 'sequence', items: [this.readAlternatives({ ...flags, ...group.flags })] }, at)
    }
    if (!isFirst) {
      throw reader.fail(
        `flags apply to the whole expression: write them at its start, or (?${token}:…) around a part`,
        at,
      )
    }
    if (group.flags.ascii === false && this.globals.ascii)
      throw reader.fail('the flags a and u contradict each other', at)
    this.globals = { ...this.globals, ...group.flags }
    return undefined
  }

  private readNamed(flags: Flags, at: number): Node {
    const { reader } = this
    if (reader.match('=')) {
      const name = reader.takeUntil(')', 'name of a group')
      return this.toReference(this.names.get(name), at, flags)
    }
    if (!reader.match('<')) throw reader.fail('unknown extension (?P: write (?P<name>…) or (?P=name)', at)
    const name = reader.takeUntil('>', 'name of a group')
    if (!/^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(name)) {
      throw reader.fail(
        `bad group name ${JSON.stringify(name)}: use letters, digits and _, and do not begin with a digit`,
        at,
      )
    }
    if (this.names.has(name)) throw reader.fail(`two groups have the name ${name}`, at)
    return this.readCapturing(name, flags, at)
  }

  private readCapturing(name: string | undefined, flags: Flags, at: number): Node {
    const index = ++this.groups
    if (name !== undefined) this.names.set(name, index)
    const body = this.readAlternatives(flags)
    this.widths.set(index, measureWidth(body, this.widths))
    return this.close({ kind: 'group', index, body }, at)
  }

  private readLookbehind(flags: Flags, at: number): Node {
    const { reader } = this
    const token = reader.take()
    if (token !== '=' && token !== '!') {
      throw reader.fail('unknown extension (?<: write (?P<name>…) to name a group', at)
    }
    const outer = this.lookbehind
    this.lookbehind ??= this.groups
    const body = this.readAlternatives(flags)
    this.lookbehind = outer
    const [min, max] = measureWidth(body, this.widths)
    if (min !== max) {
      throw reader.fail(
        'a lookbehind must match a fixed number of characters: write one lookbehind for each number, such as (?:(?<=a)|(?<=bc))',
        at,
      )
    }
    return this.close({ kind: 'look', ahead: false, negative: token === '!', body }, at)
  }

  private close(node: Node, at: number): Node {
    if (!this.reader.match(')')) throw this.reader.fail('missing ): write \\( for a literal parenthesis', at)
    return node
  }
}
