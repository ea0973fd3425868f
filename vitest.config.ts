import { defineConfig } from 'vitest/config'

/**
 * unit: pure code; browser: summaries as Chromium shows them; scenario: the bundles as processes; properties: both, of
 * anything; repository: what a job downloads; service: real databases; dashboards: what they ask; e2e: jobs on a real runner.
 */
const project = (name: string, include: string[], testTimeout = 10_000) => ({
  // In CI a test of processes and servers is tried again before it fails: machines stall. The report names such tests.
  test: { name, include, testTimeout, hookTimeout: 60_000, retry: process.env.CI === 'true' ? 2 : 0 },
})

/** Runs after the others: it says how long something takes. */
const alone = ({ test }: ReturnType<typeof project>) => ({ test: { ...test, sequence: { groupOrder: 1 } } })

/** Says so where the bundles are not those of the sources. */
const hinting = ({ test }: ReturnType<typeof project>) => ({
  test: { ...test, globalSetup: ['test/support/stale-dist.ts'] },
})

export default defineConfig({
  test: {
    // Most of them wait, for servers and for time to pass.
    maxWorkers: 2,
    projects: [
      project('unit', [
        'test/{action,settings,unsent,presentation,artifact,build,capture,collect,compare,point,line-protocol,reports,resources,secrets,storage,github,runner,http,regex,support,script}/**/*.test.ts',
      ]),
      project('conformance', ['test/conformance/**/*.test.ts'], 60_000),
      project('docs', ['test/docs/**/*.test.ts'], 60_000),
      project('browser', ['test/browser/**/*.test.ts'], 180_000),
      hinting(project('scenario', ['test/scenario/**/*.test.ts'], 60_000)),
      hinting(project('properties', ['test/properties/**/*.test.ts'], 60_000)),
      project('repository', ['test/repository/**/*.test.ts'], 60_000),
      hinting(project('service', ['test/service/**/*.test.ts'], 180_000)),
      alone(project('dashboards', ['test/dashboards/**/*.test.ts'], 60_000)),
      hinting(project('e2e', ['test/e2e/**/*.test.ts'], 300_000)),
    ],
  },
})
