import { existsSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { openScenario, textsOf } from './scenario.ts'

/** A job whose main has no folder for files, while the runner's own for outputs and state are there. */
async function runWithout(env: Readonly<Record<string, string>>) {
  const { job } = await openScenario()
  const main = await job.main({ RUNNER_TEMP: '/dev/null/nope', ...env })
  const step = await job.step('tests', 'echo "tests passed=1" >> "$BUILD_STATS"')
  const post = await job.post()
  expect([main.exitCode, step.exitCode, post.exitCode, job.status]).toEqual([0, 0, 0, 'success'])
  expect(main.stdout + post.stdout).not.toContain('defect')
  return {
    path: job.exportedEnv.BUILD_STATS ?? '',
    summary: job.summary,
    warnings: textsOf(job.annotations, 'warning'),
  }
}

describe.skipIf(process.platform === 'win32')('RUNNER_TEMP that takes no file', () => {
  test('is named, and BUILD_STATS is elsewhere', async () => {
    const { path, warnings, summary } = await runWithout({})
    expect(existsSync(path)).toBe(true)
    expect(warnings).toEqual([
      expect.stringMatching(
        /^\$BUILD_STATS is .*data\.lp instead, because no file can be created in \/dev\/null\/nope: E/,
      ),
    ])
    expect(summary).toContain('<td><code>tests</code></td><td align="right">passed\u00a01</td>')
  })

  test('and nowhere else either: what steps append goes to nothing, and no step fails', async () => {
    const { path, warnings } = await runWithout({ TMPDIR: '/dev/null/nope' })
    expect(path).toBe('/dev/null')
    expect(warnings).toEqual([
      expect.stringMatching(/^Data that steps append to \$BUILD_STATS is lost because no file can be created in /),
    ])
  })
})
