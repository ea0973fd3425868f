import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import type { Reporter, SerializedError, TestCase, TestModule, TestSuite } from 'vitest/node'
import type { Tally } from './tally.ts'

/**
 * Writes the tally of a Vitest run to the file that $TEST_TALLY names.
 *
 * Vitest's own JSON report is not enough: it leaves out unhandled errors and the reasons of skips, and counts neither a
 * file that cannot be imported nor a hook that throws among the failed tests.
 */
export default class TallyReporter implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const path = process.env.TEST_TALLY
    if (path === undefined) throw new Error('TEST_TALLY does not name a file')
    writeFileSync(path, JSON.stringify(tallyModules(modules, unhandledErrors)))
  }
}

function tallyModules(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): Tally {
  const failed: string[] = []
  const skipped: string[] = []
  const retried: string[] = []
  let passed = 0
  for (const module of modules) {
    failed.push(...findSuiteErrors(module))
    for (const test of module.children.allTests()) {
      const result = test.result()
      if (test.diagnostic()?.flaky) retried.push(toName(test))
      if (result.state === 'passed') passed++
      else if (result.state === 'skipped') skipped.push(withReason(toName(test), result.note ?? findSkipReason(test)))
      else failed.push(withReason(toName(test), result.state === 'failed' ? result.errors[0]?.message : 'did not end'))
    }
  }
  failed.push(...unhandledErrors.map((error) => withReason('unhandled error', error.message)))
  return { passed, failed, skipped, retried }
}

/** A file or `describe` whose own code failed, or that never came to its end: each is one failure. */
function findSuiteErrors(module: TestModule): string[] {
  const failures = [module, ...module.children.allSuites()].flatMap((suite) =>
    suite.errors().map((error) => withReason(toName(suite), error.message)),
  )
  const ended = module.state() !== 'pending' && module.state() !== 'queued'
  return ended ? failures : [...failures, withReason(toName(module), 'did not end')]
}

function findSkipReason(test: TestCase): string | undefined {
  for (let parent = test.parent; ; parent = parent.parent) {
    if (parent.errors().length > 0) return 'not run, for its suite failed'
    if (parent.type === 'module') return undefined
  }
}

function toName(entity: TestModule | TestSuite | TestCase): string {
  const module = entity.type === 'module' ? entity : entity.module
  const names = [module.project.name, relative(module.project.config.root, module.moduleId)]
  if (entity.type !== 'module') names.push(entity.fullName)
  return names.filter((name) => name !== '').join(' > ')
}

function withReason(name: string, reason: string | undefined): string {
  const line = reason?.split('\n', 1)[0]
  return line ? `${name}: ${line}` : name
}
