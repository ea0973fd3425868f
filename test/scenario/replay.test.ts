import {
  chownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { strToU8, type Zippable, zipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { formatEnd, formatHeader, type KeptHeader } from '../../src/unsent/kept-file.ts'
import {
  type ArtifactsApiOptions,
  type StoredArtifact,
  startArtifactsApi,
  storeArtifacts,
} from '../support/artifacts-api.ts'
import { exampleRun } from '../support/example-run.ts'
import { type InfluxServerOptions, influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { createJob, type JobOptions } from '../support/job-runner.ts'
import { bombOf, zipOf } from '../support/zip.ts'
import { exampleHeader, toKeptText } from '../unsent/kept-lines.ts'
import { closing } from './closing.ts'
import { action, textsOf } from './scenario.ts'

/** Where the server was when the points were kept: its storage is found by name. */
const destination = { kind: 'influxdb', url: 'http://influx.example.com:8086', api: 'v1', database: 'ci' } as const

/** The text of a kept file that is whole; comments among its lines are not counted. */
function unsent(lines: string, header: Partial<KeptHeader> = {}): string {
  const all = { ...exampleHeader, name: 'main', destination, ...header }
  const count = lines.split('\n').filter((line) => line !== '' && !line.startsWith('#')).length
  return `${formatHeader(all, count)}${lines}${formatEnd(count)}`
}

let nextId = 1000

function artifact(files: Readonly<Record<string, string>>, more: Partial<StoredArtifact> = {}): StoredArtifact {
  const zip = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, strToU8(text)])) as Zippable
  const id = nextId++
  return { id, name: `build-stats-unsent-7-1-${id}`, zip: Buffer.from(zipSync(zip)), ...more }
}

interface Given {
  readonly artifacts?: readonly StoredArtifact[]
  readonly server?: Partial<InfluxServerOptions>
  readonly with?: JobOptions['with']
  /** The URL of the storage `main`; the server's if absent. */
  readonly url?: string
  readonly env?: JobOptions['env']
  readonly api?: ArtifactsApiOptions
  /** Files of the spool folder. */
  readonly spool?: Readonly<Record<string, string>>
}

async function open(given: Given = {}) {
  const store = storeArtifacts(given.artifacts ?? [])
  const api = closing(await startArtifactsApi(store, given.api))
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', ...given.server } as InfluxServerOptions))
  const job = await createJob({
    action: join(action, 'replay'),
    with: { config: 'stats.yml', ...given.with },
    env: { GITHUB_API_URL: api.url, ...given.env },
    token: exampleRun.token,
  })
  const url = JSON.stringify(given.url ?? server.url)
  writeFileSync(join(job.workspace, 'stats.yml'), `storages: [{name: main, influxdb: {url: ${url}, database: ci}}]`)
  closing({ close: () => job.remove() })
  const spool = join(job.folder, 'spool')
  mkdirSync(spool)
  for (const [name, text] of Object.entries(given.spool ?? {})) writeFileSync(join(spool, name), text)
  return { store, api, server, job, spool }
}

async function run(given: Given = {}) {
  const opened = await open(given)
  const main = await opened.job.main()
  expect(main.stderr).toBe('')
  const { annotations, summary, outputs } = opened.job
  return {
    ...opened,
    main,
    summary,
    outputs,
    errors: textsOf(annotations, 'error'),
    warnings: textsOf(annotations, 'warning'),
  }
}

const twoPoints =
  'build,job=test duration=1.5,n=3i 1700000000000000001\n# later\nbuild,job=test duration=2 1700000000000000002\n'

describe('artifacts', () => {
  test('are sent and deleted, and the token goes to GitHub alone', async () => {
    const others = Array.from({ length: 150 }, (_, id) => ({ id: id + 1, name: `logs-${id}`, zip: Buffer.from('') }))
    const first = artifact({ 'unsent-1.lp': unsent(twoPoints) })
    const second = artifact({
      'unsent-1.lp': unsent('tests passed=1 5\n'),
      'unsent-2.lp': unsent('tests passed=2 6\n'),
    })
    const { main, server, store, api, errors, summary } = await run({ artifacts: [first, ...others, second] })
    expect([errors, main.exitCode, server.violations]).toEqual([[], 0, []])
    expect(server.lines.toSorted()).toEqual([
      'build,job=test duration=1.5,n=3i 1700000000000000001',
      'build,job=test duration=2 1700000000000000002',
      'tests passed=1 5',
      'tests passed=2 6',
    ])
    expect(store.names).toEqual(others.map(({ name }) => name))
    expect(api.blobs.requests).toHaveLength(2)
    for (const { headers } of api.blobs.requests) expect(headers.authorization).toBeUndefined()
    expect(main.log).toContain('4 points of 2 artifacts sent; none is left.')
    expect(summary).toContain(`${server.url} (v1, database ci): 4 points`)
  })

  test('of which none is there are no fault', async () => {
    const { main, errors, warnings, server } = await run()
    expect([main.exitCode, errors, warnings, server.requests]).toEqual([0, [], [], []])
    expect(main.log).toContain('there are no points to send')
  })

  test('stay while the server does not take them, and fail the job', async () => {
    const respond = () => influxError('v1', 401, 'authorization failed')
    const artifacts = [artifact({ 'unsent-1.lp': unsent(twoPoints) }), artifact({ 'unsent-1.lp': unsent(twoPoints) })]
    const { main, errors, store, server, summary } = await run({ artifacts, server: { respond } })
    expect([main.exitCode, store.names.length, server.requests.length]).toEqual([1, 2, 2])
    expect(errors).toEqual(
      Array(2).fill(
        expect.stringMatching(
          /^The artifact build-stats-unsent-7-1-\d+ \(CI\/test, run 7\) is kept, with 2 lines that could not be written: .*401/,
        ),
      ),
    )
    expect(summary).toContain('<summary>What is left</summary>')
  })

  test('stay where nothing listens, and the job ends in time', async () => {
    const artifacts = [artifact({ 'unsent-1.lp': unsent(twoPoints) }), artifact({ 'unsent-1.lp': unsent(twoPoints) })]
    const { main, errors, store } = await run({ artifacts, url: 'http://127.0.0.1:9', with: { timeout: 3 } })
    expect([main.exitCode, store.names.length, errors.length]).toEqual([1, 2, 2])
    expect(errors[0]).toMatch(/ECONNREFUSED.*tried \d+ times before the time for this file ended/)
    expect(main.durationMs).toBeLessThan(10_000)
  })

  test('that stay are a warning, where the job is not to fail', async () => {
    const respond = () => influxError('v1', 401, 'authorization failed')
    const artifacts = [artifact({ 'unsent-1.lp': unsent(twoPoints) })]
    const { main, errors, warnings } = await run({ artifacts, server: { respond }, with: { 'fail-on-error': false } })
    expect([main.exitCode, errors, warnings.length]).toEqual([0, [], 1])
  })

  test('of which one file is refused stay, and the others are sent', async () => {
    const place = { kind: 'influxdb', url: 'http://other.example.com', api: 'v2', bucket: 'b' } as const
    const other = { destination: place, name: 'other' }
    const mixed = artifact({ 'unsent-1.lp': unsent(twoPoints, other), 'unsent-2.lp': unsent('tests passed=2 6\n') })
    const { main, errors, store, server } = await run({ artifacts: [mixed] })
    expect([main.exitCode, store.names, server.lines]).toEqual([1, [mixed.name], ['tests passed=2 6']])
    expect(errors).toEqual([expect.stringMatching(/is for "other", http:\/\/other.example.com \(v2, bucket b\): give/)])
  })

  test('of which lines are malformed are sent without these, which are told, and are done with', async () => {
    const bad = artifact({ 'unsent-1.lp': unsent('tests passed=1 5\ntests passed=2\nthis is no line\n') })
    const { main, errors, store, server, outputs, summary } = await run({ artifacts: [bad] })
    expect([main.exitCode, store.names, server.lines]).toEqual([1, [], ['tests passed=1 5']])
    expect(errors).toEqual([
      expect.stringMatching(/^2 lines of the artifact \S+ \(CI\/test, run 7\) are lost: line 3: it has no time/),
    ])
    expect(outputs).toEqual({ sent: '1', left: '0', lost: '2' })
    expect(summary).toContain('<summary>What is lost</summary>')
  })

  test('of forks and expired ones are passed over', async () => {
    const files = { 'unsent-1.lp': unsent('evil f=1 1\n') }
    const artifacts = [artifact(files, { headRepositoryId: 4711 }), artifact(files, { expired: true })]
    const { main, errors, warnings, store, server, api } = await run({ artifacts })
    expect([main.exitCode, errors, warnings, store.names.length, server.lines]).toEqual([0, [], [], 2, []])
    expect(api.blobs.requests).toEqual([])
    expect(main.log).toContain('1 artifact is skipped: a run of a fork made them')
  })

  // Its directory, which is read first, says so.
  const bomb = Buffer.from(zipSync({ 'unsent-1.lp': strToU8(unsent('t f=1 1\n')) }))
  bomb.writeUInt32LE(300 * 1024 * 1024, bomb.length - 22 - 46 - 'unsent-1.lp'.length + 24)
  test.each([
    ['no zip', { zip: Buffer.from('this is no zip') }, /invalid zip data/],
    [
      'a zip that is cut off',
      { zip: Buffer.from(zipSync({ 'unsent-1.lp': strToU8(unsent('t f=1 1\n')) })).subarray(0, 60) },
      /invalid zip data/,
    ],
    ['too much', { zip: bomb }, /it holds more than 268435456 bytes/],
    [
      'paths',
      { zip: Buffer.from(zipSync({ '../../unsent-1.lp': strToU8(unsent('t f=1 1\n')) })) },
      /which this action did not write/,
    ],
    ['nothing', { zip: Buffer.from(zipSync({})) }, /it is empty/],
    ['no header', { zip: Buffer.from(zipSync({ 'unsent-1.lp': strToU8('t f=1 1\n') })) }, /known header/],
  ])('that hold %s stay, and others are sent', async (_name, more, why) => {
    const bad = artifact({}, more)
    const good = artifact({ 'unsent-1.lp': unsent('tests passed=2 6\n') })
    const { main, errors, store, server } = await run({ artifacts: [bad, good] })
    expect([main.exitCode, store.names, server.lines]).toEqual([1, [bad.name], ['tests passed=2 6']])
    expect(errors).toEqual([expect.stringMatching(why)])
  })

  test('hostile text in them is neither obeyed nor markdown', async () => {
    const builder = '::error::owned\n<img src=x>|**b**'
    const place = { ...destination, url: 'x\u001b[31m', database: '"::set-output name=a::b"' }
    const header = { builder, destination: place, name: '::stop-commands::x' }
    const bad = artifact({ 'unsent-1.lp': unsent('t f=1 1\n', header) })
    const { errors, summary, main } = await run({ artifacts: [bad] })
    expect(errors).toHaveLength(1)
    expect(main.stdout).not.toMatch(/^::(?!error title=Build Stats|add-mask::)/m)
    expect(main.stdout).not.toContain('\u001b')
    expect(summary).not.toContain('<img')
    expect(summary).toMatch(/^<tr><td>.*\|\*\*b\*\*.*<\/td><\/tr>$/m)
    expect(summary).not.toContain('\u001b')
  })

  test('a dry run prints, and leaves everything', async () => {
    const one = artifact({ 'unsent-1.lp': unsent(twoPoints) })
    const { main, store, server } = await run({ artifacts: [one], with: { 'dry-run': true } })
    expect([main.exitCode, store.names, server.requests]).toEqual([0, [one.name], []])
    expect(main.log).toContain('build,job=test duration=2 1700000000000000002')
  })
})

describe('a file goes to', () => {
  const config = (url: string) => `
storages:
  - name: main
    influxdb: {url: ${JSON.stringify(url)}, database: ci}
  - name: spare
    influxdb: {url: ${JSON.stringify(`${url}/spare`)}, database: ci}
  - file: build-stats.lp
`
  const file = { kind: 'file', path: 'build-stats.lp' } as const
  test.each<[string, (url: string) => Pick<KeptHeader, 'name' | 'destination'>, string | undefined]>([
    ['the storage of its name', () => ({ name: 'main', destination }), '/write'],
    ['the storage at its address', (url) => ({ destination: { ...destination, url: `${url}/spare` } }), '/spare/write'],
    ['no storage if neither is known', () => ({ destination }), undefined],
    ['no storage if it is for a file in the workspace', () => ({ destination: file }), undefined],
  ])('%s', async (_name, toHeader, path) => {
    const { server, spool } = await open({ server: { respond: () => ({ status: 204 }) } })
    const text = toKeptText(['t f=1 1'], toHeader(server.url))
    const store = storeArtifacts([artifact({ 'unsent-1.lp': text })])
    const api = closing(await startArtifactsApi(store))
    writeFileSync(join(spool, 'stats.yml'), config(server.url))
    const other = await createJob({
      action: join(action, 'replay'),
      with: { config: join(spool, 'stats.yml') },
      env: { GITHUB_API_URL: api.url },
      token: exampleRun.token,
    })
    closing({ close: () => other.remove() })
    const main = await other.main()
    expect([main.exitCode, main.stderr, store.names.length]).toEqual(path === undefined ? [1, '', 1] : [0, '', 0])
    expect(server.requests.map((request) => request.path)).toEqual(path === undefined ? [] : [path])
  })
})

describe('GitHub', () => {
  test.each([
    [401, 'Bad credentials', /does not accept the token \(401\)/],
    [403, 'Resource not accessible by integration', /actions: read/],
    [403, 'You have exceeded a secondary rate limit', /rate limit is used up/],
    [500, 'Server Error', /Server Error/],
  ])('that answers %s to the list is told of', async (status, message, why) => {
    const { main, errors } = await run({ api: { respond: () => ({ status, body: JSON.stringify({ message }) }) } })
    expect([main.exitCode, errors]).toEqual([1, [expect.stringMatching(why)]])
  })

  test('that refuses to delete costs nothing but that', async () => {
    const respond = ({ method }: { method: string }) =>
      method === 'DELETE' ? { status: 403, body: '{"message":"Resource not accessible by integration"}' } : undefined
    const one = artifact({ 'unsent-1.lp': unsent(twoPoints) })
    const { main, errors, server } = await run({ artifacts: [one], api: { respond } })
    expect([main.exitCode, server.lines.length]).toEqual([1, 2])
    expect(errors).toEqual([expect.stringMatching(/does not allow artifacts to be deleted \(403\); .*actions: write/)])
  })
})

describe('a spool folder', () => {
  const file = 'build-stats-unsent-7-1-0815.1.lp'

  test('is emptied, and another is left as it is', async () => {
    const spool = {
      [file]: unsent(twoPoints),
      'build-stats-unsent-8-1-0815.1.lp': unsent('t f=1 1\n', { name: 'other' }),
      'notes.txt': 'mine',
    }
    const opened = await open({ spool, with: { spool: '${{ runner.temp }}/../spool', 'github-token': '' } })
    const inner = join(opened.job.temp, '../spool')
    mkdirSync(inner, { recursive: true })
    for (const [name, text] of Object.entries(spool)) writeFileSync(join(inner, name), text)
    const main = await opened.job.main()
    expect([main.exitCode, main.stderr, opened.server.lines.length, opened.api.requests]).toEqual([1, '', 2, []])
    expect(readdirSync(inner).sort()).toEqual(['build-stats-unsent-8-1-0815.1.lp', 'notes.txt'])
    expect(textsOf(opened.job.annotations, 'error')).toEqual([
      expect.stringContaining('is for "other", http://influx.example.com'),
    ])
  })

  test('is as it was after a dry run', async () => {
    const opened = await open({ with: { spool: '${{ runner.temp }}/../spool', 'github-token': '', 'dry-run': true } })
    const inner = join(opened.job.temp, '../spool')
    mkdirSync(inner, { recursive: true })
    writeFileSync(join(inner, file), unsent(twoPoints))
    const main = await opened.job.main()
    expect([main.exitCode, main.stderr, opened.server.requests]).toEqual([0, '', []])
    expect(main.log).toContain('build,job=test duration=2 1700000000000000002')
    expect(readdirSync(inner)).toEqual([file])
    expect(readFileSync(join(inner, file), 'utf8')).toBe(unsent(twoPoints))
  })

  test('keeps what another job is sending, unless that was an hour ago', async () => {
    const opened = await open({ with: { spool: '${{ runner.temp }}/../spool' } })
    const inner = join(opened.job.temp, '../spool')
    mkdirSync(inner, { recursive: true })
    const [fresh, stale] = [`${file}.a.sending`, 'build-stats-unsent-8-1-0815.1.lp.b.sending']
    writeFileSync(join(inner, fresh), unsent('t f=1 1\n'))
    writeFileSync(join(inner, stale), unsent('t f=2 2\n'))
    const longAgo = Date.now() / 1000 - 4000
    utimesSync(join(inner, stale), longAgo, longAgo)
    const main = await opened.job.main()
    expect([main.exitCode, opened.server.lines, readdirSync(inner)]).toEqual([0, ['t f=2 2'], [fresh]])
  })
})

describe('a spool folder that cannot be used is an error with what to change', () => {
  test.each<[string, (inner: string) => void, RegExp]>([
    [
      'that is not there',
      (inner) => rmSync(inner, { recursive: true }),
      /^The spool \S+ was not read \(input spool\): it does not exist: give the folder/,
    ],
    [
      'that is a file',
      (inner) => {
        rmSync(inner, { recursive: true })
        writeFileSync(inner, '')
      },
      /was not read \(input spool\): it is not a folder/,
    ],
    [
      'with a file that says nothing',
      (inner) => writeFileSync(join(inner, file), 'm f=1 1\n'),
      /^Skipped in \S+: 1 without a known header\.$/,
    ],
    ['with a link', (inner) => symlinkSync('/etc/passwd', join(inner, file)), /^Skipped in \S+: 1 not a file\.$/],
    ...(process.getuid?.() === 0
      ? ([
          [
            'with a file of another user',
            (inner) => {
              writeFileSync(join(inner, file), unsent('t f=1 1\n'))
              chownSync(join(inner, file), 12_345, 12_345)
            },
            /^Skipped in \S+: 1 of another user\.$/,
          ],
        ] as [string, (inner: string) => void, RegExp][])
      : []),
  ])('%s', async (_, change, why) => {
    const opened = await open({ with: { spool: '${{ runner.temp }}/../spool', 'github-token': '' } })
    const inner = join(opened.job.temp, '../spool')
    mkdirSync(inner, { recursive: true })
    change(inner)
    const main = await opened.job.main()
    expect([main.exitCode, main.stderr, opened.server.requests]).toEqual([1, '', []])
    expect(textsOf(opened.job.annotations, 'error')).toEqual([expect.stringMatching(why)])
    expect(main.log).toContain('no points were sent.')
    expect(opened.job.outputs).toEqual({ sent: '0', left: '0', lost: '0' })
  })

  const file = 'build-stats-unsent-7-1-0815.lp'
})

test('of twenty artifacts the oldest five are broken in five ways: the others arrive in one replay, in any of them', async () => {
  const notUtf8 = Buffer.from(unsent('t s="\xff" 1\n'), 'latin1')
  const bad = [
    artifact({}, { zip: notUtf8 }),
    artifact({}, { zip: bombOf(deflateRawSync(Buffer.alloc(50_000_000)), 100, 4096) }),
    artifact({ 'unsent-1.lp': unsent('poison f=1 1\n') }),
    artifact({ 'unsent-1.lp': unsent('forbidden f=1 1\n') }),
    artifact({}, { zip: Buffer.from(zipSync({ 'unsent-1.lp': notUtf8 })) }),
  ]
  const good = Array.from({ length: 15 }, (_, index) =>
    artifact({ 'unsent-1.lp': unsent(`good,n=n${index} f=1 ${index + 1}\n`) }),
  )
  const respond = ({ lines }: { readonly lines: readonly string[] }) => {
    if (lines.some((line) => line.startsWith('poison'))) return { status: 500 }
    if (lines.some((line) => line.startsWith('forbidden'))) return { status: 403 }
    return undefined
  }
  // Whichever of them the run begins with.
  const { main, store, server, errors, outputs } = await run({
    artifacts: [...bad, ...good],
    server: { respond },
    with: { timeout: 60 },
    env: { GITHUB_RUN_NUMBER: '20' },
  })
  const points = server.points.map(({ tags }) => tags.n)
  expect(points.sort()).toEqual(good.map((_, index) => `n${index}`).sort())
  // A line that is not UTF-8 is lost and told; what may be taken one day stays.
  expect(store.names.toSorted()).toEqual(
    bad
      .slice(0, 4)
      .map(({ name }) => name)
      .sort(),
  )
  expect([main.exitCode, errors.length, outputs]).toEqual([1, 5, { sent: '15', left: '2', lost: '1' }])
})

test('a bomb takes neither time nor memory', async () => {
  const stream = deflateRawSync(Buffer.alloc(400_000_000))
  const bombs = [
    bombOf(stream, 100, 4096),
    bombOf(stream, 100, 2_600_000),
    zipOf([{ name: 'unsent-1.lp', data: stream, method: 8, size: 4096, crc: 1 }]),
    zipOf([{ name: 'unsent-1.lp', data: stream, method: 8, size: 268_435_456, crc: 1 }]),
  ]
  const artifacts = [
    ...bombs.map((zip) => artifact({}, { zip })),
    artifact({ 'unsent-1.lp': unsent('tests passed=2 6\n') }),
  ]
  const { main, server, store } = await run({
    artifacts,
    with: { timeout: 20 },
  })
  expect([main.exitCode, server.lines, store.names.length]).toEqual([1, ['tests passed=2 6'], 4])
  expect(main.durationMs).toBeLessThan(21_000)
})

test.each([
  [{ url: '' }, /url: is empty/],
  [{ 'github-token': '' }, /github-token: is empty, and so is spool/],
  [{ spool: 'here' }, /spool: must be an absolute path/],
  [{ timeout: 'soon' }, /timeout: must be a number of seconds/],
  [{ url: '', config: 'none.yml', database: '' }, /config: the file none.yml does not exist/],
])('inputs %o are told of, and nothing is asked', async (given, why) => {
  const { main, errors, api, server } = await run({
    with: { config: '', url: 'http://127.0.0.1:9', database: 'ci', ...given },
  })
  expect([main.exitCode, api.requests, server.requests]).toEqual([1, [], []])
  expect(errors).toEqual([expect.stringMatching(why)])
})
