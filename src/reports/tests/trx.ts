import { maxHeldCases } from '../../limits.ts'
import { type ReportFormat, type ReportParser, ReportProblem, type TestCase } from '../report.ts'
import { openXml, readXmlRoot, type XmlAttributes } from '../xml.ts'
import { openSeconds } from './seconds.ts'
import { toDefined } from './to-defined.ts'

/** The output of `dotnet test --logger trx`, MSTest and Microsoft's testing platform. */
export const trx: ReportFormat<TestCase> = {
  name: 'TRX',
  recognizes: (head) => readXmlRoot(head)?.name === 'TestRun',
  open: openTrx,
}

/** Values of the type TestOutcome in vstst.xsd; values that are missing here, such as `NotExecuted` and `Inconclusive`, mean no result. */
const outcomes: Readonly<Record<string, TestCase['outcome']>> = {
  Passed: 'passed',
  PassedButRunAborted: 'passed',
  Completed: 'passed',
  Warning: 'passed',
  Failed: 'failed',
  Timeout: 'failed',
  Aborted: 'error',
  Error: 'error',
  Disconnected: 'error',
}

interface OpenResult {
  readonly attributes: XmlAttributes
  /** The results of its data rows are the tests; this one is only their sum. */
  hasInner: boolean
  message?: string
}

function openTrx(emit: (item: TestCase) => void): ReportParser {
  const readSeconds = openSeconds()
  const results: OpenResult[] = []
  /** The classes of tests are listed after the results. */
  const held: { readonly id: string; readonly item: TestCase }[] = []
  const classes = new Map<string, string>()
  let depth = 0
  let definition: string | undefined

  const closeResult = ({ attributes, hasInner, message }: OpenResult) => {
    if (hasInner) return
    const { testName = '', testId, duration, outcome = 'Failed' } = attributes
    const item: TestCase = {
      name: testName,
      outcome: outcomes[outcome] ?? 'skipped',
      ...toDefined({ duration: readSeconds(duration), message }),
    }
    if (testId === undefined || held.length >= maxHeldCases) emit(item)
    else held.push({ id: testId, item })
  }

  const xml = openXml({
    open(name, attributes, line) {
      if (depth++ === 0 && name !== 'TestRun') {
        throw new ReportProblem(`the outermost element is <${name}>, not <TestRun>`, line)
      }
      if (name === 'UnitTestResult') {
        const outer = results.at(-1)
        if (outer !== undefined) outer.hasInner = true
        results.push({ attributes, hasInner: false })
      } else if (name === 'UnitTest') definition = attributes.id
      else if (name === 'TestMethod' && definition !== undefined && attributes.className !== undefined) {
        // MSTest appends the assembly.
        classes.set(definition, attributes.className.replace(/,.*/, ''))
      }
      return name === 'Message' && results.length > 0
    },
    close(name, text) {
      depth--
      const result = results.at(-1)
      if (result === undefined) return
      if (name === 'Message') result.message ??= text.trim()
      else if (name === 'UnitTestResult') closeResult(results.pop() ?? result)
    },
  })
  return {
    write: xml.write,
    end() {
      xml.end()
      for (const { id, item } of held) {
        const classname = classes.get(id)
        emit(classname === undefined ? item : { ...item, classname, suite: classname })
      }
    },
  }
}
