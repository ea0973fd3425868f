import { type ReportFormat, type ReportParser, ReportProblem, type TestCase } from '../report.ts'
import { openXml, readXmlRoot, type XmlAttributes } from '../xml.ts'
import { openSeconds } from './seconds.ts'

/** As Ant wrote it first, and every tool since in a dialect of its own. */
export const junit: ReportFormat<TestCase> = {
  name: 'JUnit XML',
  recognizes: (head) => roots.has(readXmlRoot(head)?.name ?? ''),
  open: openJunit,
}

const roots = new Set(['testsuites', 'testsuite'])

/** What stands in a case, and what it says. Surefire and nextest write `flaky…` for a failed try of a test that passed later. */
const verdicts: Readonly<Record<string, 'error' | 'failed' | 'skipped' | 'flaky'>> = {
  error: 'error',
  failure: 'failed',
  skipped: 'skipped',
  disabled: 'skipped',
  ignored: 'skipped',
  flakyError: 'flaky',
  flakyFailure: 'flaky',
  // Beside a `failure` where no try passed.
  rerunError: 'flaky',
  rerunFailure: 'flaky',
}

/** What attributes of a case say where nothing stands in it: ctest's and GoogleTest's `status` and `result`, behave's `status`. */
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

interface Suite {
  readonly name?: string
  readonly file?: string
}

interface OpenCase {
  readonly attributes: XmlAttributes
  readonly found: Partial<Record<'error' | 'failed' | 'skipped' | 'flaky', { isTodo: boolean; message?: string }>>
}

function openJunit(emit: (item: TestCase) => void): ReportParser {
  const readSeconds = openSeconds()
  const suites: Suite[] = []
  const cases: OpenCase[] = []
  /** Of the element that is read now, in a case or in a suite. */
  let verdict: { kind: 'error' | 'failed' | 'skipped' | 'flaky'; attributes: XmlAttributes } | undefined
  let depth = 0
  let caseCount = 0
  let isClaimed = false

  const emitCase = (item: TestCase) => {
    caseCount++
    emit(item)
  }

  const openSuite = ({ name, file, filepath, tests, time }: XmlAttributes) => {
    const outer = suites.at(-1)
    readSeconds(time)
    isClaimed ||= Number(tests) > 0
    suites.push({ ...outer, ...toDefined({ name, file: file ?? filepath }) })
  }

  const closeVerdict = (text: string) => {
    if (verdict === undefined) return
    const { kind, attributes } = verdict
    verdict = undefined
    const message = toMessage(attributes, text)
    const current = cases.at(-1)
    if (current === undefined) {
      // A suite that could not be set up: no case of it was run. Jenkins counts it so, too.
      const { name, file } = suites.at(-1) ?? {}
      if (kind !== 'error' && kind !== 'failed') return
      emitCase({ name: name ?? kind, outcome: 'error', ...toDefined({ suite: name, file, message }) })
    } else {
      current.found[kind] ??= { isTodo: attributes.type === 'todo', ...toDefined({ message }) }
    }
  }

  const xml = openXml({
    open(name, attributes, line) {
      if (depth++ === 0 && !roots.has(name)) {
        throw new ReportProblem(`the outermost element is <${name}>, not <testsuites> or <testsuite>`, line)
      }
      if (name === 'testcase') cases.push({ attributes, found: {} })
      else if (name === 'testsuite') openSuite(attributes)
      else if (verdict === undefined && Object.hasOwn(verdicts, name)) {
        const kind = verdicts[name]
        if (kind === undefined) return false
        verdict = { kind, attributes }
        return true
      }
      return false
    },
    close(name, text) {
      depth--
      if (name === 'testcase') {
        const current = cases.pop()
        if (current !== undefined) emitCase(toTestCase(current, suites.at(-1) ?? {}, readSeconds))
      } else if (name === 'testsuite') suites.pop()
      else if (Object.hasOwn(verdicts, name)) closeVerdict(text)
    },
  })
  return {
    write: xml.write,
    end() {
      xml.end()
      if (caseCount > 0 || !isClaimed) return
      throw new ReportProblem('its suites count tests, but there is no <testcase>: have the tool write them')
    },
  }
}

function toTestCase({ attributes, found }: OpenCase, suite: Suite, readSeconds: ReturnType<typeof openSeconds>) {
  const outcome = toOutcome(attributes, found)
  const message =
    outcome === 'error' || outcome === 'failed' || outcome === 'skipped'
      ? found[outcome]?.message
      : found.flaky?.message
  return {
    name: attributes.name ?? '',
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

function toOutcome({ status, result }: XmlAttributes, found: OpenCase['found']): TestCase['outcome'] {
  // node: a test that is yet to do may fail.
  if (found.skipped?.isTodo === true) return 'skipped'
  if (found.failed !== undefined) return 'failed'
  if (found.error !== undefined) return 'error'
  if (found.skipped !== undefined) return 'skipped'
  return toStatus(result) ?? toStatus(status) ?? 'passed'
}

function toStatus(text: string | undefined): TestCase['outcome'] | undefined {
  const status = text?.toLowerCase() ?? ''
  return Object.hasOwn(statuses, status) ? statuses[status] : undefined
}

/** ctest and gotestsum write `Failed` for any failure; what happened is in the text. */
function toMessage({ message, type }: XmlAttributes, text: string): string | undefined {
  const given = message?.trim() ?? ''
  if (given !== '' && !/^failed$/i.test(given)) return given
  return text.trim() || given || type || undefined
}

/** Without what is empty or undefined. */
function toDefined<Value extends object>(value: { [Key in keyof Value]: Value[Key] | undefined }): Partial<Value> {
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => one !== undefined && one !== ''),
  ) as Partial<Value>
}
