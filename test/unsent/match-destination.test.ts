import { describe, expect, test } from 'vitest'
import type { Destination } from '../../src/storage/kind.ts'
import { type Target, toDestination } from '../../src/storage/kinds.ts'
import { type Candidate, matchDestination } from '../../src/unsent/match-destination.ts'
import { exampleHeader } from './kept-lines.ts'

const v1 = (database: string, retentionPolicy?: string, url = 'http://influx:8086'): Target => ({
  kind: 'influxdb',
  url,
  api: 'v1',
  database,
  retentionPolicy,
  login: undefined,
})
const v2 = (org: string | undefined, bucket = 'ci', url = 'http://influx:8086'): Target => ({
  kind: 'influxdb',
  url,
  api: 'v2',
  org,
  bucket,
  token: 'a-token',
})
const v3 = (database: string): Target => ({
  kind: 'influxdb',
  url: 'http://influx:8086',
  api: 'v3',
  database,
  token: 't',
})
const file = (name: string): Target => ({ kind: 'file', path: name.startsWith('/') ? name : `/job/${name}`, name })
const named = (name: string, target: Target): Candidate => ({ name, target })
const plain = (target: Target): Candidate => ({ target })

const asIs = (text: string) => text
const of = (target: Target): Destination => toDestination(target, asIs)

interface Given {
  readonly name?: string
  readonly destination: Destination
  readonly mayMove?: boolean
}

/** Which of the candidates it is; undefined for none. */
function match({ mayMove = false, ...header }: Given, candidates: readonly Candidate[]): number | undefined {
  const found = matchDestination({ ...exampleHeader, ...header }, candidates, asIs, mayMove)
  return 'storage' in found ? candidates.indexOf(found.storage) : undefined
}
function why({ mayMove = false, ...header }: Given, candidates: readonly Candidate[]): string {
  const found = matchDestination({ ...exampleHeader, ...header }, candidates, asIs, mayMove)
  return 'reason' in found ? found.reason : ''
}

describe('one place differs from another in anything', () => {
  const places = [
    v1('ci'),
    v1('ci', 'short'),
    v1('ci', 'long'),
    v1('cd'),
    v1('ci', undefined, 'http://influx:8087'),
    v2('acme'),
    v2('other'),
    v2(undefined),
    v2('acme', 'cd'),
    v2('acme', 'ci', 'http://influx:8086/proxy'),
    v3('ci'),
    file('/var/a.lp'),
    file('/var/b.lp'),
  ]
  test.each(places.map((place, index) => [JSON.stringify(of(place)), place, index] as const))(
    '%s',
    (_, place, index) => {
      for (const mayMove of [false, true]) {
        const given = { destination: of(place), mayMove }
        // All of them are there: it is the one. All others are there: it is none.
        expect(match(given, places.map(plain))).toBe(index)
        expect(match(given, places.filter((other) => other !== place).map(plain))).toBeUndefined()
        for (const other of places) if (other !== place) expect(match(given, [plain(other)])).toBeUndefined()
      }
    },
  )
})

describe('the name decides first', () => {
  test('among storages of one place', () => {
    const twins = [named('a', v1('ci', 'short')), named('b', v1('ci', 'long'))]
    expect(match({ name: 'b', destination: of(v1('ci', 'long')) }, twins)).toBe(1)
    expect(match({ name: 'a', destination: of(v1('ci', 'short')) }, twins)).toBe(0)
  })

  test('and the place next: a storage of that name with another place is another storage', () => {
    const moved = { name: 'main', destination: of(v2('acme')) }
    for (const target of [v2('other'), v2('acme', 'cd'), v1('ci'), v2(undefined)]) {
      expect(match(moved, [named('main', target)])).toBeUndefined()
      expect(match({ ...moved, mayMove: true }, [named('main', target), plain(v2('acme'))])).toBeUndefined()
    }
    expect(why(moved, [named('main', v2('other'))])).toContain('the storage of this name has another address now')
  })

  test('but for the address, which may have changed for a replay', () => {
    const moved = { name: 'main', destination: of(v2('acme')) }
    const there = [
      named('main', v2('acme', 'ci', 'https://new.example.com')),
      plain(v2('acme', 'ci', 'https://new.example.com')),
    ]
    expect(match({ ...moved, mayMove: true }, there)).toBe(0)
    expect(match(moved, there)).toBeUndefined()
    // Without a name nothing says that it is the same server.
    expect(match({ destination: of(v2('acme')), mayMove: true }, there)).toBeUndefined()
  })

  test('where the inputs had none, or a config has none of it, the place decides', () => {
    expect(match({ destination: of(v2('acme')) }, [named('main', v2('acme'))])).toBe(0)
    expect(match({ name: 'gone', destination: of(v2('acme')) }, [plain(v2('acme'))])).toBe(0)
  })
})

test('two ways to one and the same place are no two places', () => {
  expect(match({ destination: of(v2('acme')) }, [plain(v2('acme')), plain(v2('acme'))])).toBe(0)
})

test('a file in the workspace would be gone with the job', () => {
  expect(match({ destination: of(file('a.lp')) }, [plain(file('a.lp'))])).toBeUndefined()
  expect(why({ destination: of(file('a.lp')) }, [])).toContain('not among the storages')
})

test('a secret in a place is taken out on both sides', () => {
  const redact = (text: string) => text.replaceAll('s3cret', '***')
  const target = v2('acme', 'b-s3cret')
  const header = { ...exampleHeader, destination: toDestination(target, redact) }
  expect(JSON.stringify(header)).not.toContain('s3cret')
  expect(matchDestination(header, [plain(target)], redact, false)).toEqual({ storage: plain(target) })
})
