import { toPlainText } from './plain-text.ts'

const maxLength = 200

/**
 * Text that is neither markdown nor HTML, whoever wrote it: what could be either becomes character references. What GitHub
 * makes links of by itself is cut short too, or a name could lead anywhere.
 */
export function escapeText(value: string, length = maxLength): string {
  // An underscore within a word is no emphasis.
  return toPlainText(value, length).replace(
    /[!"#$&'*<>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/\/)|(?<=www)\./gi,
    (character) => `&#${character.charCodeAt(0)};`,
  )
}
