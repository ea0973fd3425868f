import * as v from 'valibot'
import { maxHeldCases, maxTestOutputCharacters } from '../../limits.ts'
import { readLines } from '../lines.ts'
import { type ReportFormat, type ReportParser, ReportProblem, type TestCase } from '../report.ts'
import { toDefined } from './to-defined.ts'

/** The fields that test2json documents and that are used here. */
const event = v.object({
  Action: v.string(),
  Package: v.optional(v.string()),
  Test: v.optional(v.string()),
  Elapsed: v.optional(v.number()),
  Output: v.optional(v.string()),
  ImportPath: v.optional(v.string()),
  FailedBuild: v.optional(v.string()),
})
type Event = v.InferOutput<typeof event>

interface RunningTest {
  output: string
  /** The sum of its subtests' durations in seconds, which go's time of the test includes. */
  inner: number
}

interface RunningPackage {
  readonly tests: Map<string, RunningTest>
  output: string
  hasFailure: boolean
}

/**
 * The output of `go test -json` and of gotestsum's `--jsonfile`, one event per line. Subtests count as tests, and so does the test
 * around them, as in go and gotestsum; its duration excludes its subtests.
 */
export const goTest: ReportFormat<TestCase> = {
  name: 'go test -json',
  recognizes: (head) => {
    const line = head.split('\n').find((one) => one.startsWith('{'))
    const first = line === undefined ? undefined : parseEvent(line)
    return first !== undefined && (first.Package !== undefined || first.ImportPath !== undefined)
  },
  open: openGoTest,
}

function openGoTest(emit: (item: TestCase) => void): ReportParser {
  const packages = new Map<string, RunningPackage>()
  const failed = new Set<string>()
  const buildOutput = new Map<string, string>()
  /** Packages that did not compile; packages that import them fail too. */
  const failedBuilds = new Set<string>()
  let lastLine = 0
  let endedCount = 0

  const openPackage = (name: string) => {
    const found = packages.get(name) ?? { tests: new Map(), output: '', hasFailure: false }
    packages.set(name, found)
    return found
  }

  const startTest = (name: string, suite: string) => {
    const { tests } = openPackage(suite)
    // A benchmark is not a test, and has no final event.
    if (!name.startsWith('Benchmark') && tests.size < maxHeldCases) tests.set(name, { output: '', inner: 0 })
  }

  const endTest = (name: string, action: 'pass' | 'fail' | 'skip', { Package: suite = '', Elapsed }: Event) => {
    const running = openPackage(suite)
    const test = running.tests.get(name)
    running.tests.delete(name)
    const outer = running.tests.get(name.slice(0, Math.max(0, name.lastIndexOf('/'))))
    if (outer !== undefined) outer.inner += Elapsed ?? 0
    const key = `${suite} ${name}`
    if (action === 'fail') {
      running.hasFailure = true
      failed.add(key)
    }
    emit({
      name,
      suite,
      outcome: action === 'pass' ? 'passed' : action === 'fail' ? 'failed' : 'skipped',
      // The test was run again, by gotestsum --rerun-fails or by -count.
      ...(action === 'pass' && failed.has(key) && { flaky: true }),
      ...toDefined({
        duration: Elapsed === undefined ? undefined : Math.max(0, Elapsed - (test?.inner ?? 0)),
        message: action === 'pass' ? undefined : toMessage(test?.output ?? ''),
      }),
    })
  }

  const endPackage = (suite: string, { Action, FailedBuild }: Event) => {
    const running = openPackage(suite)
    packages.delete(suite)
    endedCount++
    if (FailedBuild !== undefined) failedBuilds.delete(FailedBuild)
    if (Action !== 'fail') return
    for (const [name, { output }] of running.tests) {
      emit({ name, suite, outcome: 'error', ...toDefined({ message: toMessage(output) }) })
    }
    // The package itself has failed: it did not compile, or its TestMain failed.
    if (running.hasFailure || running.tests.size > 0) return
    const message = toMessage((FailedBuild === undefined ? undefined : buildOutput.get(FailedBuild)) ?? running.output)
    const isUnbuilt = FailedBuild !== undefined || /\[(?:build|setup) failed\]/.test(running.output)
    emit({ name: suite, suite, outcome: isUnbuilt ? 'error' : 'failed', ...toDefined({ message }) })
  }

  const takeOutput = ({ Package = '', Test, Output = '' }: Event) => {
    const running = openPackage(Package)
    const owner = (Test === undefined ? undefined : running.tests.get(Test)) ?? running
    if (owner.output.length < maxTestOutputCharacters) owner.output += Output
  }

  const take = (line: string, number: number) => {
    lastLine = number
    // If stderr is written to the same file, other lines are messages about downloads and compiler errors.
    if (!line.startsWith('{')) return
    const found = parseEvent(line)
    if (found === undefined) throw new ReportProblem('the line is not an event of go test -json', number)
    const { Action, Package, Test, ImportPath, Output = '' } = found
    if (ImportPath !== undefined && Package === undefined) {
      const before = buildOutput.get(ImportPath) ?? ''
      if (before.length < maxTestOutputCharacters) buildOutput.set(ImportPath, before + Output)
      if (Action === 'build-fail') failedBuilds.add(ImportPath)
    } else if (Package === undefined) return
    else if (Action === 'output') takeOutput(found)
    else if (Action === 'start') openPackage(Package)
    else if (Action === 'run' && Test !== undefined) startTest(Test, Package)
    else if (Action === 'pass' || Action === 'fail' || Action === 'skip') {
      if (Test === undefined) endPackage(Package, found)
      else endTest(Test, Action, found)
    }
  }

  return readLines(take, () => {
    const [unended = endedCount === 0 ? 'any package' : undefined] = [...packages.keys(), ...failedBuilds]
    if (unended === undefined) return
    throw new ReportProblem(
      `the file ends before ${unended} has ended: go test was stopped, or the file was cut off`,
      lastLine || undefined,
    )
  })
}

function parseEvent(line: string): Event | undefined {
  try {
    const { success, output } = v.safeParse(event, JSON.parse(line))
    return success ? output : undefined
  } catch {
    return undefined
  }
}

/** The output of the test, without go's own lines about its progress. */
function toMessage(output: string): string | undefined {
  const lines = output.split('\n').filter((line) => !/^\s*(?:=== |--- |PASS$|FAIL\b.*\t|# )/.test(line))
  return lines.join('\n').trim() || output.trim() || undefined
}
