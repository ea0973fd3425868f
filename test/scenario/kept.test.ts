import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { influxError, startInfluxServer } from '../support/influxdb-server.ts'
import { type Answer, json, startLoopback } from '../support/loopback.ts'
import { type ResultsServiceOptions, startResultsService } from '../support/results-service.ts'
import { toKeptText } from '../unsent/kept-lines.ts'
import { closing } from './closing.ts'
import { openScenario, textsOf } from './scenario.ts'

const artifact = 'build-stats-unsent-16512345678-1-'

async function openServer(answer?: () => Answer | undefined) {
  return closing(await startInfluxServer({ api: 'v1', database: 'ci', respond: () => answer?.() }))
}

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-spool-'))
  closing({ close: async () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}

const inputs = (url: string) => ({ url, database: 'ci', file: '', timeout: 4 })
const yieldCases = `seq 3000 | sed 's/.*/cases,case=& seconds=&/' >> "$BUILD_STATS"`

describe('an artifact', () => {
  async function run(answer: Answer, service: ResultsServiceOptions = {}) {
    const [server, results] = [await openServer(() => answer), closing(await startResultsService(service))]
    const scenario = await openScenario({ with: inputs(server.url), env: results.env })
    const finished = await scenario.run(() => scenario.job.step('tests', yieldCases))
    return { ...finished, server, results, job: scenario.job }
  }

  test.each<[string, Answer]>([
    ['that refuses', influxError('v1', 401, 'authorization failed')],
    ['that never answers', { hang: true }],
    ['that is out of order', { status: 503 }],
  ])('keeps all points of a server %s', async (_, answer) => {
    const { post, results, warnings, job } = await run(answer)
    expect(post.exitCode).toBe(0)
    expect([...results.artifacts.keys()]).toEqual([expect.stringMatching(new RegExp(`^${artifact}[0-9a-f]{16}$`))])
    const [[name = '', zip] = []] = [...results.artifacts]
    const files = Object.entries(unzipSync(zip ?? new Uint8Array()))
    expect(files.map(([path]) => path)).toEqual(['unsent-1.lp'])
    const [header = '', ...lines] = strFromU8(files[0]?.[1] ?? new Uint8Array())
      .trimEnd()
      .split('\n')
    expect(header).toMatch(
      /^# build-stats unsent \{"version":2,"destination":\{"kind":"influxdb","url":"http:[^"]*","api":"v1","database":"ci"\},"builder":"CI\/test",.*"lines": +3002\}$/,
    )
    expect(lines.pop()).toBe('# build-stats end {"lines":3002}')
    expect(lines.map((line) => line.split(/[, ]/)[0])).toEqual(['build_start', 'build', ...Array(3000).fill('cases')])
    expect(lines.every((line) => / \d{19}$/.test(line))).toBe(true)
    const sentence = `3,002 points are kept in the artifact ${name}, which the replay action can send.`
    expect(warnings).toEqual([expect.stringContaining(sentence)])
    expect(job.summary).toContain(`3,002 points are kept in the artifact ${name}`)
    expect(post.stdout).not.toContain('cases,')
  })

  test('that cannot be made is told, and the points are in the log', async () => {
    const { post, results, warnings } = await run(
      { status: 503 },
      { respond: () => json({ code: 'permission_denied', msg: 'no' }, { status: 403 }) },
    )
    expect([post.exitCode, results.artifacts.size]).toEqual([0, 0])
    expect(post.log.split('\n').filter((line) => line.startsWith('The '))).toEqual([
      expect.stringMatching(/^The artifact build-stats-unsent-\S+ could not be made: .*403/),
    ])
    expect(post.stdout.match(/^(cases|build),/gm)).toHaveLength(3001)
    expect(warnings).toEqual([expect.stringContaining('3,002 points are in the log of this job')])
  })

  test('that takes too long is given up, and the points are in the log', async () => {
    const { post, warnings } = await run({ hang: true }, { respond: () => ({ hang: true }) })
    expect(post.exitCode).toBe(0)
    expect(post.log).toMatch(/could not be made: the time ran out/)
    expect(warnings).toEqual([expect.stringContaining('3,002 points are in the log of this job')])
    expect(post.durationMs).toBeLessThan(8000)
  })

  test('there is none on GitHub Enterprise Server', async () => {
    const [server, results] = [await openServer(() => ({ status: 401 })), closing(await startResultsService())]
    const env = { ...results.env, GITHUB_SERVER_URL: 'https://github.example.com' }
    const { post } = await (await openScenario({ with: inputs(server.url), env })).run()
    expect([results.requests.length, post.stdout.match(/^build,/gm)?.length]).toEqual([0, 1])
  })

  test('there is none of a healthy job', async () => {
    const [server, results] = [await openServer(), closing(await startResultsService())]
    await (await openScenario({ with: inputs(server.url), env: results.env })).run()
    expect(results.requests).toEqual([])
  })
})

describe('a spool', () => {
  test('keeps what one job could not write, and the next one sends it', async () => {
    const spool = openFolder()
    let isUp = false
    const server = await openServer(() => (isUp ? undefined : { status: 503 }))
    const open = (run: string) =>
      openScenario({
        with: { ...inputs(server.url), timeout: 1, spool, 'github-token': '' },
        env: { GITHUB_RUN_ID: run },
      })
    const first = await (await open('1')).run()
    const warnings = first.warnings.filter((text) => !text.includes('github-token'))
    expect(warnings).toEqual([
      expect.stringContaining(
        `2 points are kept in the folder ${spool}, from which the next job on this runner sends them.`,
      ),
    ])
    expect(readdirSync(spool)).toEqual([expect.stringMatching(/^build-stats-unsent-1-1-[0-9a-f]{32}\.lp$/)])
    isUp = true
    const second = await (await open('2')).run()
    expect(second.post.log).toContain('2 points that earlier jobs had left in the spool were sent.')
    expect(readdirSync(spool)).toEqual([])
    const runs = server.points.map(({ measurement, fields }) => `${measurement} ${fields.run_id}`)
    expect(runs.sort()).toEqual(['build 1', 'build 2', 'build_start 1', 'build_start 2'])
  })

  test('of several jobs at once sends each file once, and leaves none behind', async () => {
    const spool = openFolder()
    const server = await openServer()
    const destination = { kind: 'influxdb', url: server.url, api: 'v1', database: 'ci' } as const
    for (let index = 0; index < 40; index++) {
      const text = toKeptText([`late,index=i${index} value=1 ${index}`], { destination, run_id: `${index}` })
      writeFileSync(join(spool, `build-stats-unsent-${index}-1-00000.1.lp`), text)
    }
    const jobs = await Promise.all(
      Array.from({ length: 4 }, () => openScenario({ with: { ...inputs(server.url), spool, timeout: 20 } })),
    )
    const finished = await Promise.all(jobs.map((job) => job.run()))
    expect(finished.flatMap(({ warnings }) => warnings)).toEqual([])
    const late = server.points.filter(({ measurement }) => measurement === 'late').map(({ tags }) => tags.index)
    expect(late.sort()).toEqual(Array.from({ length: 40 }, (_, index) => `i${index}`).sort())
    expect(readdirSync(spool)).toEqual([])
  })

  test('of another database is left alone, and so is what is no file of ours', async () => {
    const spool = openFolder()
    const server = await openServer()
    writeFileSync(join(spool, 'build-stats-unsent-1-1-00000.1.lp'), toKeptText(['m f=1 1']))
    writeFileSync(join(spool, 'build-stats-unsent-2-1-00000.1.lp'), 'm f=1 1\n')
    writeFileSync(join(spool, 'notes.txt'), 'm f=1 1\n')
    await (await openScenario({ with: { ...inputs(server.url), spool } })).run()
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(readdirSync(spool)).toHaveLength(3)
  })

  test('of two steps of one job, whose servers are down, keeps the points of both, and each goes where it belongs', async () => {
    const spool = openFolder()
    let isUp = false
    const servers = [
      await openServer(() => (isUp ? undefined : { status: 503 })),
      await openServer(() => (isUp ? undefined : { status: 503 })),
    ]
    const env = { GITHUB_RUN_ID: '1' }
    const open = (server: { url: string }) =>
      openScenario({ with: { ...inputs(server.url), timeout: 1, spool, 'github-token': '' }, env })
    for (const server of servers) {
      const { warnings } = await (await open(server)).run()
      expect(warnings.filter((text) => !text.includes('github-token'))).toEqual([
        expect.stringContaining('2 points are kept in the folder'),
      ])
    }
    expect(readdirSync(spool)).toHaveLength(2)
    isUp = true
    for (const server of servers) await (await open(server)).run()
    expect(readdirSync(spool)).toEqual([])
    // Each has its own twice, which is once, and nothing of the other.
    for (const { points } of servers)
      expect(points.map(({ measurement }) => measurement).sort()).toEqual([
        'build',
        'build',
        'build_start',
        'build_start',
      ])
  })

  test.each<[string, string, (of: string) => Record<string, string>]>([
    ['organisations', 'org', (of) => ({ bucket: 'ci', org: of, token: `token-of-${of}` })],
    ['retention policies', 'rp', (of) => ({ database: 'ci', 'retention-policy': of })],
  ])("of two %s of one server is nobody else's", async (_, parameter, inputsOf) => {
    const spool = openFolder()
    let isUp = false
    const lines: string[] = []
    const { url } = closing(
      await startLoopback({
        answer({ query, headers, body }) {
          const of = query.get(parameter)
          const isTheirs = headers.authorization === undefined || headers.authorization === `Token token-of-${of}`
          if (!isTheirs) return { status: 401 }
          const text = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
          if (isUp)
            lines.push(
              ...`${text}`.split('\n').map((line) => `${of} ${/^\w+/.exec(line)} ${/run_id=(\d+)/.exec(line)?.[1]}`),
            )
          return isUp ? { status: 204 } : { status: 503 }
        },
      }),
    )
    const open = (of: string, run: string) =>
      openScenario({ with: { url, ...inputsOf(of), file: '', timeout: 1, spool }, env: { GITHUB_RUN_ID: run } })
    await (await open('acme', '1')).run()
    isUp = true
    const { job, run } = await open('other', '2')
    const { post } = await run()
    expect([readdirSync(spool).length, lines]).toEqual([1, ['other build_start 2', 'other build 2']])
    expect(post.log).toMatch(/Left in the spool: CI\/test, run 1 \(2 points\): it is for http:\S+ \(v\d, .*acme/)
    expect(job.summary).toContain('Left in the spool')
    await (await open('acme', '3')).run()
    expect(readdirSync(spool)).toEqual([])
    expect(lines.slice(2).sort()).toEqual(['acme build 1', 'acme build 3', 'acme build_start 1', 'acme build_start 3'])
  })

  test('that cannot be used is told, and the points are in the log', async () => {
    const file = join(openFolder(), 'file')
    writeFileSync(file, '')
    const server = await openServer(() => ({ status: 401 }))
    const { post } = await (await openScenario({ with: { ...inputs(server.url), spool: join(file, 'spool') } })).run()
    expect(post.log).toMatch(/The points are not kept in the spool .*ENOTDIR/)
    expect(post.stdout).toMatch(/^build,/m)
  })

  test('with a relative path is a mistake, since checkout empties the workspace', async () => {
    const { run } = await openScenario({ with: { spool: 'spool' } })
    const { main } = await run()
    expect(main.exitCode).toBe(1)
    expect(textsOf(main.annotations, 'error')[0]).toMatch(
      /spool: must be an absolute path, outside of the workspace, but is "spool"/,
    )
  })
})

test('a file that cannot be written costs nothing: its points are kept', async () => {
  const folder = openFolder()
  const { post } = await (await openScenario({ with: { file: folder } })).run()
  expect(post.exitCode).toBe(0)
  expect(post.stdout).toMatch(/^build,/m)
})
