/** A scalar of YAML without quotes: text that may be a number, which readText says. */
export class PlainText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** What YAML writes for nothing. */
export function isNull({ text }: PlainText): boolean {
  return text === '~'
}
