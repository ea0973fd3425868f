import { PatternError } from './syntax.ts'

/** Reads an expression token by token: a character, or a backslash and the next character. */
export class PatternReader {
  private readonly characters: readonly string[]
  private index = 0

  constructor(source: string) {
    this.characters = Array.from(source)
  }

  get at(): number {
    return this.index
  }

  /** Undefined at the end. */
  get next(): string | undefined {
    const character = this.characters[this.index]
    if (character !== '\\') return character
    const escaped = this.characters[this.index + 1]
    if (escaped === undefined)
      throw new PatternError('bad escape: the expression ends in a backslash; write \\\\', this.index)
    return character + escaped
  }

  take(): string | undefined {
    const { next } = this
    this.index += next === undefined ? 0 : next.startsWith('\\') ? 2 : 1
    return next
  }

  match(token: string): boolean {
    if (this.next !== token) return false
    this.take()
    return true
  }

  takeWhile(pattern: RegExp, most = Number.POSITIVE_INFINITY): string {
    let text = ''
    while (text.length < most && this.next !== undefined && pattern.test(this.next)) text += this.take()
    return text
  }

  /** Reads the text up to a terminator, and the terminator. */
  takeUntil(terminator: string, name: string): string {
    const from = this.index
    let text = ''
    for (;;) {
      const token = this.take()
      if (token === undefined) throw this.fail(`the ${name} has no closing ${terminator}`, from)
      if (token === terminator) break
      text += token
    }
    if (text === '') throw this.fail(`missing ${name}`, from)
    return text
  }

  seek(index: number): void {
    this.index = index
  }

  fail(message: string, at = this.index): PatternError {
    return new PatternError(message, at)
  }
}
