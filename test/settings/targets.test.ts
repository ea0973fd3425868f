import { describe, expect, test } from 'vitest'
import type { SettingProblem } from '../../src/settings/problem.ts'
import { parseTargets } from '../../src/settings/targets.ts'
import { readFrom, runFacts } from './inputs.ts'

type Inputs = Readonly<Record<string, string>>

function parse(inputs: Inputs, hasNoSecrets = false) {
  const problems: SettingProblem[] = []
  return { ...parseTargets(readFrom(inputs), { ...runFacts, hasNoSecrets }, problems), problems }
}

const url = 'http://influx:8086'
const server = { kind: 'influxdb', url }
const v1 = { ...server, api: 'v1', database: 'd', retentionPolicy: undefined, login: undefined }
const v2 = { ...server, api: 'v2', bucket: 'b', org: 'o', token: 't' }
const v3 = { ...server, api: 'v3', database: 'd', token: 't' }
const file = { kind: 'file', path: '/runner/work/f.lp', name: 'f.lp' }
const fallback = { kind: 'file', path: '/runner/temp/build-stats.lp', name: '/runner/temp/build-stats.lp' }

describe('where points go', () => {
  test.each<[Inputs, targets: object[]]>([
    [{ url, bucket: 'b', token: 't', org: 'o' }, [v2]],
    [{ url, bucket: 'b', token: 't', org: 'o', api: 'v2' }, [v2]],
    [{ url, database: 'd', token: 't' }, [v3]],
    [{ url, database: 'd', token: 't', api: 'v3' }, [v3]],
    [{ url, database: 'd' }, [v1]],
    [{ url, database: 'd', api: 'v1' }, [v1]],
    [{ url, database: 'd', username: 'u', password: 'p' }, [{ ...v1, login: { username: 'u', password: 'p' } }]],
    [{ url, database: 'd', 'retention-policy': 'r' }, [{ ...v1, retentionPolicy: 'r' }]],
    [{ file: 'f.lp' }, [file]],
    [{ file: '/tmp/x.lp' }, [{ kind: 'file', path: '/tmp/x.lp', name: '/tmp/x.lp' }]],
    [{ file: '../x.lp' }, [{ kind: 'file', path: '/runner/x.lp', name: '../x.lp' }]],
    [{ url, database: 'd', file: 'f.lp' }, [v1, file]],
    [{ url, bucket: 'b', token: 't', org: 'o', file: 'f.lp' }, [v2, file]],
  ])('%j', (inputs, targets) => {
    expect(parse(inputs)).toEqual({ targets, notices: [], missingSecrets: [], problems: [] })
  })
})

describe('a file instead', () => {
  test.each<[Inputs, empty: string, target: object]>([
    [{}, 'inputs url and token are', fallback],
    [{ bucket: 'b', org: 'o' }, 'inputs url and token are', fallback],
    [{ bucket: 'b', token: 't' }, 'input url is', fallback],
    [{ token: 't' }, 'input url is', fallback],
    [{ database: 'd' }, 'input url is', fallback],
    [{ database: 'd', username: 'u' }, 'inputs url and password are', fallback],
    [{ bucket: 'b', file: 'f.lp' }, 'inputs url and token are', file],
    [{ url, bucket: 'b' }, 'input token is', fallback],
    [{ url, bucket: 'b', file: 'f.lp' }, 'input token is', file],
    [{ url, database: 'd', api: 'v3' }, 'input token is', fallback],
    [{ url, database: 'd', username: 'u' }, 'input password is', fallback],
    [{ url, database: 'd', password: 'p' }, 'input username is', fallback],
    [{ api: 'v1' }, 'input url is', fallback],
  ])('%j: the %s empty', (inputs, empty, target) => {
    const { targets, notices, missingSecrets, problems } = parse(inputs)
    expect(targets).toEqual([target])
    // Without any setting nobody asked for InfluxDB.
    expect(missingSecrets).toEqual(Object.keys(inputs).length === 0 ? [] : notices)
    expect(problems).toEqual([])
    const { name } = target as { name: string }
    expect(notices).toEqual([
      `The ${empty} empty: points go to the file ${name}${name === 'f.lp' ? '' : ', which a hosted runner throws away,'} and not to InfluxDB. A hint about secrets.`,
    ])
  })
})

describe('where a run has no secrets', () => {
  test.each<[Inputs, targets: object[]]>([
    [{ url, database: 'd', api: 'v1' }, [v1]],
    [{ url, database: 'd', api: 'v1', file: 'f.lp' }, [v1, file]],
    [{ url, database: 'd', username: 'u', password: 'p' }, [{ ...v1, login: { username: 'u', password: 'p' } }]],
    [{ url, database: 'd', token: 't' }, [v3]],
    [{ url, bucket: 'b', token: 't', org: 'o' }, [v2]],
    [{ file: 'f.lp' }, [file]],
  ])('%j is taken as it is given', (inputs, targets) => {
    expect(parse(inputs, true)).toEqual({ targets, notices: [], missingSecrets: [], problems: [] })
  })

  test.each<[Inputs, empty: string, target: object]>([
    [{ url, 'retention-policy': 'r' }, 'input database is', fallback],
    [{ url, database: 'd', password: 'p' }, 'input username is', fallback],
    [{ url, password: 'p' }, 'inputs database and username are', fallback],
    [{ database: 'd' }, 'inputs url and token are', fallback],
    [{ url, database: 'd', api: 'v3' }, 'input token is', fallback],
    [{ url, database: 'd', username: 'u' }, 'input password is', fallback],
    [{ url, database: 'd', username: 'u', api: 'v1' }, 'input password is', fallback],
    [{ url, bucket: 'b' }, 'input token is', fallback],
    [{ url, bucket: 'b', token: 't' }, 'input org is', fallback],
    [{ api: 'v1', database: 'd' }, 'input url is', fallback],
  ])('%j may have been meant otherwise: the %s empty', (inputs, empty, target) => {
    const { name } = target as { name: string }
    expect(parse(inputs, true)).toEqual({
      targets: [target],
      notices: [
        `The ${empty} empty: points go to the file ${name}${name === 'f.lp' ? '' : ', which a hosted runner throws away,'} and not to InfluxDB. A hint about secrets.`,
      ],
      // Whoever has no secrets made no mistake.
      missingSecrets: [],
      problems: [],
    })
  })

  test.each<[Inputs, target: { name: string }]>([
    [{ url, database: 'd' }, fallback],
    [{ url, database: 'd', file: 'f.lp' }, file],
  ])('%j may be v1 or v3: the notice says how to tell', (inputs, target) => {
    const { targets, notices } = parse(inputs, true)
    expect(targets).toEqual([target])
    expect(notices).toEqual([
      expect.stringMatching(
        /^There is no token, and database alone can mean InfluxDB v1 or v3: points go to the file .* and not to InfluxDB\. A hint about secrets\. If the server is v1 and needs no login, write api: v1\.$/,
      ),
    ])
  })

  test.each<[Inputs, empty: string]>([
    [{ url, token: 't' }, 'input bucket is'],
    [{ url, api: 'v1' }, 'input database is'],
    [{ url, api: 'v3' }, 'inputs database and token are'],
    [{ url }, 'inputs bucket and token are'],
  ])('%j: whatever is empty may come from a secret: the %s empty', (inputs, empty) => {
    const { targets, notices, missingSecrets, problems } = parse(inputs, true)
    expect([targets, missingSecrets, problems]).toEqual([[fallback], [], []])
    expect(notices).toEqual([expect.stringMatching(new RegExp(`^The ${empty} empty: points go to the file`))])
  })
})

describe('problems', () => {
  test.each<[Inputs, [input: string, text: RegExp][]]>([
    [{ url }, [['bucket', /^is empty; say where points go: bucket \(v2, with token and org\) or database/]]],
    [{ url, token: 't' }, [['bucket', /^is empty/]]],
    [{ url, bucket: 'b', token: 't' }, [['org', /^is empty; InfluxDB v2 needs the name or ID of the organisation$/]]],
    [{ url, org: 'o', token: 't' }, [['bucket', /^is empty/]]],
    [{ url, api: 'v1' }, [['database', /^is empty; InfluxDB v1 needs the name of a database/]]],
    [{ url, api: 'v3', token: 't' }, [['database', /^is empty; InfluxDB v3 needs/]]],
    [{ url, username: 'u', password: 'p' }, [['database', /^is empty; InfluxDB v1 needs/]]],
    [{ url, database: 'd', api: 'v4' }, [['api', /^"v4" is unknown; it must be one of v1, v2, v3$/]]],
    [{ api: 'V2' }, [['api', /^"V2" is unknown/]]],
    [
      { url, bucket: 'b', database: 'd', token: 't' },
      [['database', /^cannot be used with InfluxDB v2, which "bucket" selects\. v2 takes token, org and bucket$/]],
    ],
    [
      { url, database: 'd', token: 't', org: 'o' },
      [
        [
          'org',
          /^cannot be used with InfluxDB v3, which "database" with "token" selects\. v3 takes token and database$/,
        ],
      ],
    ],
    [
      { url, database: 'd', token: 't', username: 'u', password: 'p' },
      [
        ['username', /v3/],
        ['password', /v3/],
      ],
    ],
    [{ url, database: 'd', token: 't', 'retention-policy': 'r' }, [['retention-policy', /v3/]]],
    [
      { url, api: 'v1', database: 'd', token: 't' },
      [['token', /^cannot be used with InfluxDB v1, which "api" selects\. v1 takes database/]],
    ],
    [{ url, api: 'v2', database: 'd', token: 't' }, [['database', /v2/]]],
    [{ url, api: 'v3', bucket: 'b', token: 't' }, [['bucket', /v3/]]],
    [
      { url, bucket: 'b', username: 'u', password: 'p' },
      [
        ['username', /v2/],
        ['password', /v2/],
      ],
    ],
    [{ bucket: 'b', database: 'd' }, [['database', /v2/]]],
    [{ file: 'f.lp', api: 'v9' }, [['api', /unknown/]]],
  ])('%j', (inputs, expected) => {
    const { problems } = parse(inputs)
    expect(problems.map(({ input, text }) => [input, text])).toEqual(
      expected.map(([input, text]) => [input, expect.stringMatching(text)]),
    )
  })

  test('a retention policy without a database is told of v1, not of a bucket that nobody named', () => {
    const texts = parse({ url, 'retention-policy': 'r' }).problems.map(({ input, text }) => `${input} ${text}`)
    expect(texts).toHaveLength(1)
    expect(texts[0]).toMatch(/^database is empty; InfluxDB v1 needs/)
  })

  test('those of the url and of the rest are told together', () => {
    const inputs = parse({ url: 'ftp://influx', bucket: 'b', database: 'd', token: 't' }).problems.map(
      ({ input }) => input,
    )
    expect(inputs.toSorted()).toEqual(['database', 'url'])
  })
})

describe('url', () => {
  test.each([
    ['http://influx:8086', 'http://influx:8086'],
    ['http://influx:8086/', 'http://influx:8086'],
    ['http://influx:8086//', 'http://influx:8086'],
    ['https://example.com/influx', 'https://example.com/influx'],
    ['https://example.com/influx/', 'https://example.com/influx'],
    ['https://example.com/a/b///', 'https://example.com/a/b'],
    ['HTTPS://Example.COM:443/', 'https://example.com'],
    ['http://[::1]:8086', 'http://[::1]:8086'],
    ['http://example.com/a b', 'http://example.com/a%20b'],
  ])('%s is %s', (given, expected) => {
    expect(parse({ url: given, database: 'd' })).toMatchObject({ targets: [{ url: expected }], problems: [] })
  })

  test.each<readonly [string, RegExp]>([
    ['influx', /^does not begin with https:\/\/ or http:\/\/; write it as/],
    ['//influx', /^does not begin with/],
    ['http://', /^is not a URL/],
    ['http://:8086', /^is not a URL/],
    ['influx.example.com:8086', /^does not begin with/],
    ['localhost:8086', /^does not begin with/],
    ['ftp://influx', /^has the scheme ftp:/],
    ...[
      '/write',
      '/query',
      '/ping',
      '/health',
      '/api/v2',
      '/api/v2/write',
      '/api/v3/write_lp',
      '/api/v2/query',
      '/api/v3/query',
      '/api/v3/query_sql',
      '/api/v2/buckets',
      '/api/v2/delete',
      '/api/v2/write/',
      '/orgs/0123456789abcdef',
    ].map((path): [string, RegExp] => [
      `http://influx:8086${path}`,
      new RegExp(`^ends in "${path}", which Build Stats adds where it is needed; write it as http://influx:8086$`),
    ]),
    ['https://example.com/influx/write?db=ci', /^ends in "\/write", .*; write it as https:\/\/example\.com\/influx$/],
    ['http://influx/?db=x', /^has a query or a fragment/],
    ['http://influx/#x', /^has a query or a fragment/],
    ['http://hidden1@influx', /^holds credentials/],
    ['http://user:hidden1@influx', /^holds credentials/],
    ['http://:hidden1@influx', /^holds credentials/],
    ['user:hidden1@influx:8086', /^does not begin with/],
    ['http://user:hidden1@in flux', /^is not a URL/],
  ])('%s is a problem', (given, text) => {
    const { targets, problems } = parse({ url: given, database: 'd' })
    expect(targets).toEqual([])
    expect(problems).toEqual([{ input: 'url', text: expect.stringMatching(text) }])
    expect(problems[0]?.text).not.toContain('hidden1')
  })
})
