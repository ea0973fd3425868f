import { describe, expect, test } from 'vitest'
import { findKind, kindOf, storageKinds, type Target, toDestination } from '../../src/storage/kinds.ts'

const asIs = (text: string) => text
const servers: readonly Target[] = [
  { kind: 'influxdb', url: 'http://x', api: 'v1', database: 'd', retentionPolicy: undefined, login: undefined },
  { kind: 'influxdb', url: 'http://x', api: 'v1', database: 'd', retentionPolicy: 'year', login: undefined },
  { kind: 'influxdb', url: 'http://x', api: 'v2', bucket: 'b', org: undefined, token: '' },
  { kind: 'influxdb', url: 'http://x', api: 'v2', bucket: 'b', org: 'acme', token: '' },
  { kind: 'influxdb', url: 'http://x', api: 'v3', database: 'd', token: '' },
]
const file: Target = { kind: 'file', path: '/data/stats.lp', name: '/data/stats.lp' }

test.each(Object.entries(storageKinds))('%s has a row under its own name', (name, { kind }) => {
  expect(kind).toBe(name)
})

test.each([...servers, file])('a destination says all of a target but its credentials: %j', (target) => {
  const destination = JSON.parse(JSON.stringify(toDestination(target, asIs)))
  const kind = findKind(destination.kind)
  expect(kind?.isDestination(destination)).toBe(true)
  expect(kind?.toTarget(destination)).toEqual(target)
})

test('a destination of another version is not known', () => {
  expect([findKind('carrier-pigeon'), findKind('toString'), findKind(undefined)]).toEqual(Array(3).fill(undefined))
})

describe('what is written when the job starts outlives a checkout', () => {
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
  ])('in the file %s, with the workspace %s: %s', (path, workspace, outlives) => {
    const target: Target = { kind: 'file', path, name: path }
    expect(kindOf(target).outlivesCheckout(target, workspace)).toBe(outlives)
  })

  test.each(servers)('on a server', (target) => {
    expect(kindOf(target).outlivesCheckout(target, '/work')).toBe(true)
  })
})
