import { describe, expect, test } from 'vitest'
import { parseCollectSettings } from '../../src/settings/collect.ts'
import { SettingsError } from '../../src/settings/problem.ts'
import type { RunFacts } from '../../src/settings/run-facts.ts'

const nowMs = Date.UTC(2026, 8, 30, 12)
const influx = { url: 'http://influx:8086', database: 'ci', 'github-token': 'ghs_x' }

async function parse(inputs: Readonly<Record<string, string>>, files: Readonly<Record<string, string>> = {}) {
  const run: RunFacts = {
    ...{ runnerTemp: '/tmp', workspace: '/work', secretHint: 'Is the secret there?', hasNoSecrets: false },
    ...{ phase: 'collect', env: { GITHUB_REPOSITORY: 'acme/shop' }, addSecrets() {} },
    readFile: (path) => files[path],
  }
  const given: Readonly<Record<string, string>> = { ...influx, ...inputs }
  return await parseCollectSettings((name) => given[name] ?? '', run, nowMs)
}

async function findProblems(inputs: Readonly<Record<string, string>>, files = {}): Promise<string> {
  const error = await parse(inputs, files).catch((thrown: unknown) => thrown)
  if (!(error instanceof SettingsError)) throw new Error('nothing is wrong')
  return error.message
}

test('without further inputs it is the own repository, its jobs, and the last week', async () => {
  expect(await parse({})).toMatchObject({
    ...{
      repositories: ['acme/shop'],
      workflows: [],
      sinceMs: undefined,
      untilMs: undefined,
      lookbackMs: 7 * 86_400_000,
    },
    ...{ jobs: true, steps: false, maxRequests: undefined, timeoutMs: 900_000, failOnError: false, notes: [] },
  })
})

test.each([
  ['acme/a, acme/b acme/c', ['acme/a', 'acme/b', 'acme/c']],
  ['acme/*\nother/x.y', ['acme/*', 'other/x.y']],
  ['- acme/a\n- acme/*', ['acme/a', 'acme/*']],
  ['["acme/a"]', ['acme/a']],
  ['acme/a\nACME/a\nAcme/Shop', ['acme/a', 'acme/shop']],
])('repositories %j', async (repositories, expected) => {
  expect((await parse({ repositories })).repositories).toEqual(expected)
})

test.each([
  ['Build, test', ['Build, test']],
  ['CI\n\n  nightly.yml ', ['CI', 'nightly.yml']],
  ['- CI\n- 1.20', ['CI', '1.20']],
])('workflows %j', async (workflows, expected) => {
  expect((await parse({ workflows })).workflows).toEqual(expected)
})

test.each([
  ['25h', Date.UTC(2026, 8, 29, 11)],
  ['7d', Date.UTC(2026, 8, 23, 12)],
  ['90m', Date.UTC(2026, 8, 30, 10, 30)],
  ['2w', Date.UTC(2026, 8, 16, 12)],
  ['2026-09-01', Date.UTC(2026, 8, 1)],
  ['2026-09-01T12:00', Date.UTC(2026, 8, 1, 12)],
  ['2026-09-01 12:00:30Z', Date.UTC(2026, 8, 1, 12, 0, 30)],
  ['2026-09-01T12:00:00+02:00', Date.UTC(2026, 8, 1, 10)],
])('since %s', async (since, expected) => {
  expect((await parse({ since })).sinceMs).toBe(expected)
})

describe('what is wrong is reported with the input and what would be right', () => {
  test.each<[Readonly<Record<string, string>>, string]>([
    [{ repositories: 'shop' }, 'must be owner/name, or owner/* for all repositories of an owner, but one is "shop"'],
    [{ repositories: 'acme/../x' }, 'must be owner/name'],
    [{ repositories: '[a: b]' }, 'must be a list of names, one per line'],
    [{ since: 'yesterday' }, 'is "yesterday", which is not a time: write a time such as 2026-09-01'],
    [{ since: '2026-13-01' }, 'which is not a time: write a time such as'],
    [{ since: '2027-01-01' }, 'which is in the future'],
    [{ since: '1970-01-01' }, 'which is before 2018'],
    [{ since: '1d', until: '2d' }, 'must be after since'],
    [{ until: '2d' }, 'but without since the collection begins 25 hours ago: set since to a time before until'],
    [{ lookback: '7' }, 'must be a length of time such as 25h or 7d, but is "7"'],
    [{ 'max-requests': '0' }, 'must be a whole number from 1 on, but is "0"'],
    [{ jobs: 'yes' }, 'must be true or false'],
    [{ 'github-token': '' }, 'is empty; leave it out, or give a token that may read the runs'],
    [{ url: '' }, 'is empty. Is the secret there?'],
    [{ spool: 'here' }, 'must be an absolute path'],
    [{ timeout: '5000' }, 'must be a number of seconds'],
  ])('%j', async (inputs, text) => {
    expect(await findProblems(inputs)).toContain(text)
  })
})

const buildbot = '{file: b.lp, layout: buildbot}'

test('storages that have no rows for whole runs are passed over, unless there are no others', async () => {
  const given = { url: '', database: '', config: 'c.yml' }
  const mixed = { '/work/c.yml': `storages: [${buildbot}, {file: a.lp, measurement: ci}]` }
  const { storages, notes } = await parse(given, mixed)
  expect(storages.map(({ layout }) => layout.options.measurement)).toEqual(['ci'])
  expect(notes).toEqual([expect.stringContaining('with the layout buildbot are skipped')])
  expect(await findProblems(given, { '/work/c.yml': `storages: [${buildbot}]` })).toContain(
    'only storages with the layout buildbot',
  )
})
