import * as core from '@actions/core'
import { cutStart, cutText } from '../build/cut-text.ts'
import { maxLogCharacters } from '../limits.ts'
import { createRedact } from '../secrets/create-redact.ts'
import { randomUUID } from './random-uuid.ts'

/** The log that the owner of the job reads. Secrets, and characters that a terminal or runner would interpret, are removed from every text. */
export interface Log {
  debug(text: string): void
  info(text: string): void
  notice(text: string): void
  warning(text: string): void
  error(text: string): void
  /** An error that fails the step, and with it the job. */
  fail(text: string): void
  /** Prints lines unchanged, without the runner executing workflow commands in them. */
  print(lines: readonly string[]): void
  /** Prints text of several lines unchanged, folded under a title. */
  printGroup(title: string, text: string): void
  /** Masks these texts from now on. */
  addSecrets(secrets: readonly string[]): void
  /** Removes secrets from a text. Secrets of fewer than six characters stay; the runner masks them in the log only. */
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
  // Cut after secrets are removed: half a secret would not be recognised.
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

/** Shorter secrets occur in ordinary text: the password `ci` or `test` would damage most statistics. */
const minLength = 6

// Control characters except for newlines; the runner treats a carriage return as a new line. So
// do browsers with Unicode's line ends, and its direction overrides can make a text read differently.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g

/** The control characters in text that may be data. */
function keepTab(character: string): string {
  return character === '\t' ? character : visible(character)
}

function visible(character: string): string {
  return character === '\t' ? ' ' : '\ufffd'
}

/** Cuts the middle: servers quote a line first, and then say what is wrong with it. */
function cut(text: string): string {
  return text.length > maxLogCharacters
    ? `${cutText(text, maxLogCharacters / 2)} ${cutStart(text, maxLogCharacters / 2)}`
    : text
}

/**
 * Breaks workflow commands of both forms in a plain line: the runner looks for the old form anywhere in a line. The
 * web page of the log also interprets the old form, in every line of an annotation.
 */
function disobey(text: string): string {
  return text.replace(/^\s*::/gm, '\u200b$&').replaceAll('##[', '##\u200b[')
}
