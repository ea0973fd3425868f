import { describe, expect, test } from 'vitest'
import { type KnownStorage, toKnown, toStorageKey } from '../../src/action/known-storages.ts'
import { reconcileStorages } from '../../src/action/reconcile-storages.ts'
import { defaultRules } from '../../src/capture/rules.ts'
import { toLayout } from '../../src/settings/layout.ts'
import type { StorageSettings } from '../../src/settings/storages.ts'
import type { Target } from '../../src/storage/kinds.ts'

const asIs = (text: string) => text
const fallback = '/temp/build-stats.lp'
const options = { measurement: 'build', tags: [], matrixTags: true }
const toSettings = (target: Target, name?: string): StorageSettings => ({
  ...(name === undefined ? {} : { name }),
  target,
  rules: defaultRules,
  layout: toLayout('native', options),
})
const v2 = (org: string, url = 'http://influx:8086'): StorageSettings =>
  toSettings({ kind: 'influxdb', url, api: 'v2', org, bucket: 'ci', token: `token-of-${org}` })
const v1 = (database: string, login?: { username: string; password: string }): StorageSettings =>
  toSettings({ kind: 'influxdb', url: 'http://influx:8086', api: 'v1', database, retentionPolicy: undefined, login })
const file = (path: string): StorageSettings => toSettings({ kind: 'file', path, name: path })

const known = (...storages: StorageSettings[]): KnownStorage[] => storages.map((one) => toKnown(one, asIs))
const reconcile = (storages: StorageSettings[], ...knew: StorageSettings[]) =>
  reconcileStorages(storages, known(...knew), fallback, asIs)
const targets = (storages: readonly StorageSettings[]) =>
  storages.map(({ target, withheld }) => ({ ...target, isWithheld: withheld !== undefined }))

test('what main knew holds no secret', () => {
  const told = JSON.stringify(known(v2('acme'), v1('ci', { username: 'user', password: 'pass-word' })))
  expect(told).toContain('acme')
  for (const secret of ['token-of-acme', 'user', 'pass-word']) expect(told).not.toContain(secret)
})

test('storages of one place in two organisations, and twins, are told apart', () => {
  const keys = [v2('acme'), v2('other'), v2('acme')].map((one, index) => toStorageKey(one, index, asIs))
  expect(new Set(keys).size).toBe(3)
})

describe('the end of a job', () => {
  test('that has the storages of its start has them as they are', () => {
    const storages = [v2('acme'), v1('ci'), file('/a.lp')]
    expect(reconcile(storages, ...storages)).toEqual({ storages, warnings: [] })
  })

  test.each<[string, StorageSettings]>([
    ['another server', v2('acme', 'http://evil.example.com')],
    ['another organisation', v2('other')],
    ['another kind', v1('ci', { username: 'u', password: 'p' })],
  ])('sends nothing to %s than at its start, and keeps the points for the one of then', (_, changed) => {
    const { storages, warnings } = reconcile([changed], v2('acme'))
    expect(targets(storages)).toEqual([{ ...v2('acme').target, token: '', isWithheld: true }])
    expect(warnings).toEqual([
      expect.stringMatching(/was not among the storages when the job began: nothing is sent there/),
      expect.stringMatching(/^http:\/\/influx:8086 \(v2, org acme, bucket ci\) was among .*: its points are kept/),
    ])
    expect(JSON.stringify(storages)).not.toMatch(/token-of-|evil/)
  })

  test('without any of them writes to those that want no credentials, and keeps the points of the others', () => {
    const { storages, warnings } = reconcile([file(fallback)], v2('acme'), v1('ci'), file('/a.lp'))
    expect(targets(storages)).toEqual([
      { ...v2('acme').target, token: '', isWithheld: true },
      { ...v1('ci').target, isWithheld: false },
      { kind: 'file', path: '/a.lp', name: '/a.lp', isWithheld: false },
    ])
    expect(warnings).toHaveLength(3)
  })

  test('may write to a file that it did not know, and to the one that stands in for a server since the start', () => {
    expect(reconcile([v2('acme'), file('/new.lp')], v2('acme'))).toMatchObject({ warnings: [] })
    expect(reconcile([file(fallback)], file(fallback))).toMatchObject({ warnings: [] })
  })

  test('with another layout says so', () => {
    const other = { ...v2('acme'), layout: toLayout('native', { ...options, measurement: 'builds' }) }
    const { storages, warnings } = reconcile([other], v2('acme'))
    expect(storages).toEqual([other])
    expect(warnings).toEqual([
      'The layout of http://influx:8086 (v2, org acme, bucket ci) changed since the job began: from native, measurement build to native, measurement builds.',
    ])
  })
})

test('a storage that is added again keeps the name of its builder', () => {
  const named = { ...v2('acme'), builder: 'runtests' }
  const { storages } = reconcile([{ ...named, ...{ target: v2('acme', 'http://other:8086').target } }], named)
  expect(storages.map(({ builder }) => builder)).toEqual(['runtests'])
})
