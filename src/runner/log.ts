import * as core from '@actions/core'
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
  /** The text without secrets. */
  redact(text: string): string
}

const title = { title: 'Build Stats' }

export function openLog(secrets: readonly string[]): Log {
  for (const secret of secrets) core.setSecret(secret)
  const redact = createRedact(secrets)
  const clean = (text: string) => redact(text).replace(controls, visible)
  return {
    redact,
    debug: (text) => core.debug(clean(text)),
    info: (text) => core.info(clean(text)),
    notice: (text) => core.notice(clean(text), title),
    warning: (text) => core.warning(clean(text), title),
    error: (text) => core.error(clean(text), title),
    fail: (text) => {
      process.exitCode = core.ExitCode.Failure
      core.error(clean(text), title)
    },
    print(lines) {
      const end = `build-stats-${randomUUID()}`
      process.stdout.write(`::stop-commands::${end}\n${lines.map((line) => `${redact(line)}\n`).join('')}::${end}::\n`)
    },
  }
}

/** Secrets by length, so that one that holds another is replaced whole. */
export function createRedact(secrets: readonly string[]): (text: string) => string {
  const known = [...new Set(secrets)].filter((secret) => secret !== '').sort((a, b) => b.length - a.length)
  return (text) => {
    let redacted = text
    for (const secret of known) if (redacted.includes(secret)) redacted = redacted.replaceAll(secret, '***')
    return redacted
  }
}

// Control characters but for newlines within a message of ours; a carriage return would be a new line for the runner.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters in question
const controls = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g

function visible(character: string): string {
  return character === '\t' ? ' ' : '\ufffd'
}
