import { expect, test } from 'vitest'
import { outlivesCheckout } from '../../src/action/workspace.ts'

test.each([
  ['/runner/repo/stats.lp', '/runner/repo', false],
  ['/runner/repo/deep/stats.lp', '/runner/repo', false],
  ['/runner/repo/stats.lp', '/runner/repo/', false],
  ['/runner/repo/..stats.lp', '/runner/repo', false],
  ['/runner/repo/..hidden/stats.lp', '/runner/repo', false],
  ['/runner/stats.lp', '/runner/repo', true],
  ['/runner/repo-2/stats.lp', '/runner/repo', true],
  ['/tmp/stats.lp', '/runner/repo', true],
  ['/tmp/stats.lp', '', true],
  ['/tmp/stats.lp', undefined, true],
])('the file %s, with the workspace %s: %s', (path, workspace, outlives) => {
  expect(outlivesCheckout({ kind: 'file', path, name: path }, { GITHUB_WORKSPACE: workspace })).toBe(outlives)
})

test('a server does', () => {
  const target = { kind: 'influxdb', url: 'http://x', api: 'v3', database: 'd', token: 't' } as const
  expect(outlivesCheckout(target, { GITHUB_WORKSPACE: '/work' })).toBe(true)
})
