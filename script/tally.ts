/** What came of one or more runs: how many passed, and by name what did not. */
export interface Tally {
  readonly passed: number
  readonly failed: readonly string[]
  readonly skipped: readonly string[]
  /** Of those that passed: they failed before. */
  readonly retried?: readonly string[]
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    passed: tallies.reduce((sum, tally) => sum + tally.passed, 0),
    failed: tallies.flatMap((tally) => tally.failed),
    skipped: tallies.flatMap((tally) => tally.skipped),
    retried: tallies.flatMap((tally) => tally.retried ?? []),
  }
}

/** A check that is a command of its own, such as the linter, counts as one test. */
export function tallyCheck(name: string, exitCode: number): Tally {
  return exitCode === 0
    ? { passed: 1, failed: [], skipped: [] }
    : { passed: 0, failed: [`${name}: exit code ${exitCode}`], skipped: [] }
}

/**
 * Vitest ends with an exit code of its own: a run that left no tally, or failed without a failed test (no test file
 * found, a worker that died), must not count as a run in which nothing failed.
 */
export function tallyTests(tally: Tally | undefined, exitCode: number): Tally {
  if (tally === undefined)
    return { passed: 0, failed: [`tests: ended without a tally, exit code ${exitCode}`], skipped: [] }
  if (exitCode === 0 || tally.failed.length > 0) return tally
  return { ...tally, failed: [`tests: exit code ${exitCode} without a failed test`] }
}

/** The report's lines; the last one is what CI reads. */
export function toReport(tally: Tally): string[] {
  return [
    ...toList('Failed', tally.failed),
    ...toList('Skipped', tally.skipped),
    ...toList('Passed when tried again', tally.retried ?? []),
    `${tally.passed} passed, ${tally.failed.length} failed, ${tally.skipped.length} skipped`,
  ]
}

function toList(title: string, names: readonly string[]): string[] {
  return names.length === 0 ? [] : [`${title}:`, ...names.map((name) => `  ${name}`)]
}
