import { maxHeldCases } from '../../limits.ts'
import { type ReportFormat, type ReportParser, ReportProblem, type TestCase } from '../report.ts'
import { openXml, readXmlRoot, type XmlAttributes } from '../xml.ts'
import { type OpenCase, type Suite, toMessage, toTestCase, type Verdict, verdicts } from './junit-case.ts'
import { openSeconds } from './seconds.ts'
import { toDefined } from './to-defined.ts'

/** JUnit XML, first written by Ant and since then by many tools in their own dialects. */
export const junit: ReportFormat<TestCase> = {
  name: 'JUnit XML',
  recognizes: (head) => roots.has(readXmlRoot(head)?.name ?? ''),
  open: openJunit,
}

const roots = new Set(['testsuites', 'testsuite'])

function openJunit(emit: (item: TestCase) => void): ReportParser {
  const readSeconds = openSeconds()
  const suites: Suite[] = []
  const cases: OpenCase[] = []
  /** The current element inside a case or suite. */
  let verdict: { readonly name: string; readonly kind: Verdict; readonly attributes: XmlAttributes } | undefined
  let depth = 0
  let caseCount = 0
  let isClaimed = false

  const failed = new Map<string, Set<string>>()

  /** gotestsum and Gradle list a test that is run again once for each try; each try counts, as in these tools. */
  const emitCase = (item: TestCase) => {
    caseCount++
    const isFailed = item.outcome === 'failed' || item.outcome === 'error'
    if (isFailed && failed.size < maxHeldCases) {
      failed.set(item.name, (failed.get(item.name) ?? new Set()).add(toPlace(item)))
    } else if (item.outcome === 'passed' && failed.get(item.name)?.has(toPlace(item)))
      return emit({ ...item, flaky: true })
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
      // A suite whose setup failed, so that none of its cases ran. Jenkins also counts it as one failed test.
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
        // PHPUnit 9: a test without an assertion is risky, which is not an error.
        if (kind === undefined || attributes.type?.endsWith('RiskyTestError')) return false
        verdict = { name, kind, attributes }
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
      else if (verdict?.name === name) closeVerdict(text)
    },
  })
  return {
    write: xml.write,
    end() {
      xml.end()
      if (caseCount > 0 || !isClaimed) return
      throw new ReportProblem(
        'its suites report tests, but it has no <testcase> elements: configure the tool to write them',
      )
    },
  }
}

const toPlace = ({ suite, classname }: TestCase) => `${suite}\0${classname}`
