import * as core from '@actions/core'
import { cutStart, cutText } from '../build/cut-text.ts'
import { maxLogCharacters } from '../limits.ts'
import { createRedact } from '../secrets/create-redact.ts'
import { randomUUID } from './random-uuid.ts'

/** What the owner of the job reads. Every text is stripped of secrets and of what a terminal or runner would obey. */
export interface Log {
  debug(text: string): void
  info(text: string): void
  notice(text: string): void
  warning(text: string): void
  error(text: string): void
  /** An error that fails the step, and with it the job. */
  fail(text: string): void
  /** Lines as they are; what looks like a workflow command in them is not obeyed. */
  print(lines: readonly string[]): void
  /** Text of several lines as it is, folded under a title. */
  printGroup(title: string, text: string): void
  /** Masks these from here on. */
  addSecrets(secrets: readonly string[]): void
  /** The text without secrets, but for those of fewer than six characters: these the runner masks in the log alone. */
  redact(text: string): string
}

const title = { title: 'Build Stats' }

export function openLog(secrets: readonly string[]): Log {
  const known: string[] = []
  let redactAll = (text: string) => text
  let redactLong = redactAll
  function addSecrets(more: readonly string[]): void {
    for (const secret of more) core.setSecret(secret)
    known.push(...more)
    redactAll = createRedact(known)
    const long = known.filter((secret) => secret.length >= minLength)
    redactLong = long.length === known.length ? redactAll : createRedact(long)
  }
  addSecrets(secrets)
  function print(text: string): void {
    const end = `build-stats-${randomUUID()}`
    process.stdout.write(`::stop-commands::${end}\n${redactAll(text).replace(controls, keepTab)}::${end}::\n`)
  }
  // Cut after secrets are gone: half of one would stay.
  const clean = (text: string) => cut(redactAll(text).replace(controls, visible))
  return {
    addSecrets,
    redact: (text) => redactLong(text),
    debug: (text) => core.debug(clean(text)),
    info: (text) => core.info(disobey(clean(text))),
    notice: (text) => core.notice(disobey(clean(text)), title),
    warning: (text) => core.warning(disobey(clean(text)), title),
    error: (text) => core.error(disobey(clean(text)), title),
    fail: (text) => {
      process.exitCode = core.ExitCode.Failure
      core.error(disobey(clean(text)), title)
    },
    print: (lines) => print(lines.map((line) => `${line}\n`).join('')),
    printGroup(title, text) {
      process.stdout.write(`::group::${disobey(clean(title)).replaceAll('\n', ' ')}\n`)
      print(text)
      process.stdout.write('::endgroup::\n')
    },
  }
}

/** What is shorter is a part of everything: `ci` or `test` for a password would leave no statistic as it was. */
const minLength = 6

// Control characters but for newlines within a message of ours; a carriage return would be a new line for the runner. So
// would Unicode's own line ends be for a browser, and its overrides of direction let a text read as another.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

/** In text that may be data. */
function keepTab(character: string): string {
  return character === '\t' ? character : visible(character)
}

function visible(character: string): string {
  return character === '\t' ? ' ' : '\ufffd'
}

/** The middle goes: behind a line that it quotes, a server says what is wrong with it. */
function cut(text: string): string {
  return text.length > maxLogCharacters
    ? `${cutText(text, maxLogCharacters / 2)} ${cutStart(text, maxLogCharacters / 2)}`
    : text
}

/**
 * Breaks what the runner would obey in a plain line: commands of both forms, of which it looks for the old anywhere. The
 * log's page folds and colours by the old form again, in every line of an annotation.
 */
function disobey(text: string): string {
  return text.replace(/^\s*::/gm, '\u200b$&').replaceAll('##[', '##\u200b[')
}
