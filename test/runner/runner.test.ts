import { existsSync } from 'node:fs'
import { afterEach, expect, test, vi } from 'vitest'
import { openRunner } from '../../src/runner/runner.ts'

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

test.skipIf(!existsSync('/dev/full'))(
  'files of the runner on a full disk cost what goes through them, and each is told once',
  () => {
    const printed: string[] = []
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      printed.push(String(text))
      return true
    })
    for (const name of ['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE']) vi.stubEnv(name, '/dev/full')
    const runner = openRunner(process.env, () => [])
    runner.setOutput('builder', 'CI/test')
    runner.setOutput('start-time', 'now')
    runner.exportVariable('BUILD_STATS', '/tmp/data.lp')
    runner.saveState('build-stats', '{}')
    expect(printed.filter((text) => text.startsWith('::warning'))).toEqual([
      ...['GITHUB_OUTPUT', 'GITHUB_ENV', 'GITHUB_STATE'].map((name) =>
        expect.stringMatching(new RegExp(` because ${name} cannot be written: /dev/full: ENOSPC.*\\.\n$`)),
      ),
    ])
  },
)
