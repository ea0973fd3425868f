import { expect, test } from 'vitest'
import { outlivesCheckout } from '../../src/action/workspace.ts'

test.each([
  ['/work/repo/stats.lp', '/work/repo', false],
  ['/work/repo/deep/stats.lp', '/work/repo', false],
  ['/work/repo/stats.lp', '/work/repo/', false],
  ['/work/repo/..stats.lp', '/work/repo', false],
  ['/work/repo/..hidden/stats.lp', '/work/repo', false],
  ['/work/stats.lp', '/work/repo', true],
  ['/work/repo-2/stats.lp', '/work/repo', true],
  ['/tmp/stats.lp', '/work/repo', true],
  ['/tmp/stats.lp', '', true],
  ['/tmp/stats.lp', undefined, true],
])('the file %s, with the workspace %s: %s', (path, workspace, outlives) => {
  expect(outlivesCheckout({ kind: 'file', path, name: path }, { GITHUB_WORKSPACE: workspace })).toBe(outlives)
})

test('a server does', () => {
  const target = { kind: 'influxdb', url: 'http://x', api: 'v3', database: 'd', token: 't' } as const
  expect(outlivesCheckout(target, { GITHUB_WORKSPACE: '/work' })).toBe(true)
})
