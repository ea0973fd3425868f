/** A YAML scalar without quotes: text that may be a number. */
export class PlainText {
  readonly text: string
  constructor(text: string) {
    this.text = text
  }
}

/** Whether it is YAML's null. */
export function isNull({ text }: PlainText): boolean {
  return text === '~'
}
