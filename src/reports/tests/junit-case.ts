import type { TestCase } from '../report.ts'
import type { XmlAttributes } from '../xml.ts'
import type { ReadSeconds } from './seconds.ts'
import { toDefined } from './to-defined.ts'

/** The outcome that an element inside a case means. */
export type Verdict = 'error' | 'failed' | 'skipped' | 'flaky'

/** The elements inside a case, and their meaning. Surefire and nextest write `flaky…` for a failed try of a test that passed later. */
export const verdicts: Readonly<Record<string, Verdict>> = {
  error: 'error',
  failure: 'failed',
  skipped: 'skipped',
  disabled: 'skipped',
  ignored: 'skipped',
  flakyError: 'flaky',
  flakyFailure: 'flaky',
  // Surefire also writes a `failure` if no try passed.
  rerunError: 'flaky',
  rerunFailure: 'flaky',
}

/** The meaning of attributes of a case without elements: `status` and `result` of ctest and GoogleTest, `status` of behave. */
const statuses: Readonly<Record<string, TestCase['outcome']>> = {
  disabled: 'skipped',
  ignored: 'skipped',
  notrun: 'skipped',
  pending: 'skipped',
  skipped: 'skipped',
  suppressed: 'skipped',
  undefined: 'skipped',
  untested: 'skipped',
  error: 'error',
  fail: 'failed',
  failed: 'failed',
  failure: 'failed',
}

export interface Suite {
  readonly name?: string
  readonly file?: string
}

export interface OpenCase {
  readonly attributes: XmlAttributes
  readonly found: Partial<Record<Verdict, { readonly isTodo: boolean; readonly message?: string }>>
}

export function toTestCase({ attributes, found }: OpenCase, suite: Suite, readSeconds: ReadSeconds): TestCase {
  const outcome = toOutcome(attributes, found)
  const { message } = found[outcome === 'passed' ? 'flaky' : outcome] ?? found.skipped ?? {}
  return {
    name: attributes.name || attributes.classname || '',
    outcome,
    ...(outcome === 'passed' && found.flaky !== undefined && { flaky: true }),
    ...toDefined({
      classname: attributes.classname,
      suite: suite.name,
      file: attributes.file ?? suite.file,
      duration: readSeconds(attributes.time),
      message,
    }),
  }
}

/** ctest counts such tests as failed in its summary, but as skipped in its report. */
const notStarted =
  /^(?:Unable to find executable|Required Files Missing|Fixture dependency failed|Insufficient resources|Missing Configuration|Failed to change working directory)/

function toOutcome({ status, result }: XmlAttributes, found: OpenCase['found']): TestCase['outcome'] {
  // node: a test marked as todo may fail.
  if (found.skipped?.isTodo === true) return 'skipped'
  if (found.failed !== undefined) return 'failed'
  if (found.error !== undefined) return 'error'
  if (status === 'notrun' && notStarted.test(found.skipped?.message ?? '')) return 'error'
  if (found.skipped !== undefined) return 'skipped'
  return toStatus(result) ?? toStatus(status) ?? 'passed'
}

function toStatus(text: string | undefined): TestCase['outcome'] | undefined {
  const status = text?.toLowerCase() ?? ''
  return Object.hasOwn(statuses, status) ? statuses[status] : undefined
}

/** ctest and gotestsum write `Failed` for any failure; the reason is in the text. */
export function toMessage({ message, type }: XmlAttributes, text: string): string | undefined {
  const given = message?.trim() ?? ''
  if (given !== '' && !/^failed$/i.test(given)) return given
  return text.trim() || given || type || undefined
}
