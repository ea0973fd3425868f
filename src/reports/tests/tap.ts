import { maxHeldCases, maxTestOutputCharacters } from '../../limits.ts'
import { readLines } from '../lines.ts'
import { type ReportFormat, type ReportParser, ReportProblem, type TestCase } from '../report.ts'
import { directive, plan, readDetails, readPoint, type TapPoint } from './tap-line.ts'
import { toDefined } from './to-defined.ts'

/**
 * The Test Anything Protocol, 12 to 14. If a test has subtests, either the test or its subtests are counted, as in the tool: node counts tests but not
 * suites, Vitest and node-tap the innermost tests, and Perl the outermost.
 */
export const tap: ReportFormat<TestCase> = {
  name: 'TAP',
  recognizes: (head) => {
    if (/^\s*[<{[]/.test(head)) return false
    return /^TAP version \d+\s*$/m.test(head) || /^(?:not )?ok 1(?:\s|$)/m.test(head) || /^1\.\.0 *#/m.test(head)
  },
  open: openTap,
}

/** The tests at one level of indentation. */
interface Level {
  planned: number | undefined
  /** Whether the plan came after its tests: then no further test belongs to it. */
  isClosed: boolean
  count: number
  failed: number
  /** The cases of subtests, until it is known whether they count. */
  held: TestCase[]
  /** The subtests of the next test, or of the test whose braces are open. */
  inner: Level | undefined
  /** The name of the next test. */
  name: string | undefined
  /** The last test, whose details or subtests may follow. */
  point: TapPoint | undefined
  /** Whether the brace before its subtests is still open. */
  isBraceOpen: boolean
}

const openLevel = (): Level => ({
  planned: undefined,
  isClosed: false,
  count: 0,
  failed: 0,
  held: [],
  inner: undefined,
  name: undefined,
  point: undefined,
  isBraceOpen: false,
})

function openTap(emit: (item: TestCase) => void): ReportParser {
  let levels: Level[] = [openLevel()]
  /** Undefined until the first line of TAP. */
  let counted: 'innermost' | 'outermost' | undefined
  let details: { readonly indent: number; readonly lines: string[]; length: number } | undefined
  let hasBailedOut = false
  let isFound = false
  let lastLine = 0

  const top = () => levels.at(-1) ?? openLevel()

  const handOver = (item: TestCase, depth: number) => {
    if (depth === 0 || counted === 'innermost') emit(item)
    else if (counted === undefined && (levels[depth]?.held.length ?? 0) < maxHeldCases) levels[depth]?.held.push(item)
  }

  /** Ends the last test of a level. */
  const endPoint = () => {
    const level = top()
    const { point, inner } = level
    if (point === undefined) return
    level.point = undefined
    level.inner = undefined
    const { duration, type, message, file } = point
    if (point.outcome === 'failed') level.failed++
    if (type !== undefined || duration !== undefined) counted ??= 'innermost'
    const depth = levels.length - 1
    const suite = depth > 0 ? levels[depth - 1]?.name : undefined
    const item: TestCase = {
      name: point.name,
      outcome: point.outcome,
      ...toDefined({ suite, file, duration, message: point.outcome === 'passed' ? undefined : message }),
    }
    const isEmpty = inner === undefined || inner.count === 0
    if (isEmpty && type !== 'suite') return handOver(item, depth)
    counted ??= 'outermost'
    if (counted === 'outermost') return handOver(item, depth)
    for (const held of inner?.held ?? []) handOver(held, depth)
    // The time of a test includes that of its subtests.
    if (type === 'test') handOver(withoutDuration(item), depth)
    else if (point.outcome === 'failed' && (inner?.failed ?? 0) === 0) handOver({ ...item, outcome: 'error' }, depth)
  }

  const moveTo = (depth: number) => {
    while (levels.length - 1 > depth) {
      endPoint()
      const inner = levels.pop()
      top().inner = inner
    }
    while (levels.length - 1 < depth) {
      if (top().point?.hasBraces !== true) endPoint()
      levels.push(openLevel())
    }
  }

  const endDocument = (line: number) => {
    const isWithin = levels.some(({ isBraceOpen }) => isBraceOpen)
    moveTo(0)
    endPoint()
    const { planned, count } = top()
    levels = [openLevel()]
    if (hasBailedOut || (planned === count && !isWithin)) return
    const stopped = 'the tool was stopped, or the file was cut off'
    if (planned === undefined) throw new ReportProblem(`it has no plan, such as 1..${count}: ${stopped}`, line)
    if (isWithin) throw new ReportProblem(`it ends inside the subtests of a test: ${stopped}`, line)
    const reason = count < planned ? `: ${stopped}` : ''
    throw new ReportProblem(
      `its plan is 1..${planned}, but it has ${count} ${count === 1 ? 'test' : 'tests'}${reason}`,
      line,
    )
  }

  const takePoint = (point: TapPoint, depth: number, line: number) => {
    const [{ planned, count, isClosed } = openLevel()] = levels
    const isComplete = depth === 0 && planned === count
    // prove's own lines after the tests of a file.
    if (isComplete && point.number === undefined && point.name === '') return
    if (count > 0 && depth === 0 && (isClosed || (isComplete && point.number === 1))) endDocument(line - 1)
    moveTo(depth)
    // The preceding subtests belong to this test, so `inner` is kept.
    const level = top()
    if (level.point !== undefined) endPoint()
    level.count++
    level.point = point
    level.name = point.name
    level.isBraceOpen = point.hasBraces
    if (point.hasBraces) counted ??= 'innermost'
  }

  const takePlan = (planned: number, note: string, depth: number, line: number) => {
    if (depth === 0 && levels[0]?.planned !== undefined) endDocument(line - 1)
    moveTo(depth)
    endPoint()
    const level = top()
    level.planned = planned
    level.isClosed = level.count > 0
    const [, , reason] = directive.exec(`# ${note}`) ?? []
    if (depth === 0 && planned === 0 && reason !== undefined) {
      emit({ name: reason.trim() || 'all tests', outcome: 'skipped' })
    }
  }

  const take = (whole: string, line: number) => {
    lastLine = line
    const body = whole.trimStart()
    const indent = whole.length - body.length
    if (details !== undefined) {
      // Only this ends them: Vitest writes messages of several lines without indentation.
      if (body !== '...') {
        if (details.length < maxTestOutputCharacters) details.lines.push(whole.slice(details.indent, 1000))
        details.length += whole.length
        return
      }
      const { point } = top()
      if (point !== undefined) Object.assign(point, readDetails(details.lines))
      details = undefined
      return
    }
    const depth = Math.min(Math.floor(indent / 4), levels.length)
    const found = readPoint(body)
    const [, count, note = ''] = plan.exec(body) ?? []
    const isVersion = depth === 0 && body.startsWith('TAP version ')
    if (found !== undefined || count !== undefined || isVersion) isFound = true
    if (found !== undefined) takePoint(found, depth, line)
    else if (count !== undefined) takePlan(Number(count), note, depth, line)
    else if (isVersion && (top().count > 0 || top().planned !== undefined)) endDocument(line - 1)
    else if (body === '---') details = { indent, lines: [], length: 0 }
    else if (body.startsWith('# Subtest: ')) {
      moveTo(depth)
      endPoint()
      top().name = body.slice('# Subtest: '.length).replace(/\\([#\\])/g, '$1')
    } else if (body.startsWith('#')) addComment(top().point, body)
    else if (body === '}') {
      moveTo(depth)
      top().isBraceOpen = false
    } else if (/^Bail out!/i.test(body) && !hasBailedOut) {
      moveTo(0)
      endPoint()
      hasBailedOut = true
      emit({ name: 'Bail out!', outcome: 'error', ...toDefined({ message: body.slice('Bail out!'.length).trim() }) })
    }
  }

  return readLines(take, () => {
    if (!isFound) throw new ReportProblem('the file has no TAP lines')
    endDocument(lastLine)
  })
}

/** bats writes the reason of a failure below the test. */
function addComment(point: TapPoint | undefined, body: string): void {
  if (point === undefined || point.outcome === 'passed') return
  const message = point.message ?? ''
  if (message.length < maxTestOutputCharacters) point.message = `${message}\n${body.replace(/^# ?/, '')}`.trim()
}

function withoutDuration({ duration: _, ...item }: TestCase): TestCase {
  return item
}
