import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { closing } from './closing.ts'
import { openScenario, textsOf } from './scenario.ts'

function openFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'build-stats-spool-'))
  closing({ close: async () => rmSync(folder, { recursive: true, force: true }) })
  return folder
}

const openServer = async (org: string) =>
  closing(await startInfluxServer({ api: 'v2', org, bucket: 'ci', token: `token-of-${org}` }))
const linesOf = (folder: string) => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'))
const token = (org: string) => ({ org, bucket: 'ci', token: `token-of-${org}`, file: '' })

test('a step that leads the end of the job to another server gets neither credentials nor points', async () => {
  const spool = openFolder()
  const [server, evil] = [await openServer('acme'), await openServer('acme')]
  const { job, run } = await openScenario({
    with: { url: '${{ env.WHERE }}', ...token('acme'), spool },
    env: { WHERE: server.url },
  })
  const { post, warnings } = await run(() => job.step('change', `echo "WHERE=${evil.url}" >> "$GITHUB_ENV"`))
  expect([post.exitCode, evil.requests, server.points.length]).toEqual([0, [], 1])
  expect(warnings.join('\n')).toContain(
    `${evil.url} (v2, org acme, bucket ci) was not among the storages when the job began`,
  )
  expect(warnings.join('\n')).toMatch(/1 point is kept in the folder/)
  // The points are kept for where the job said that they go.
  expect(linesOf(spool)).toEqual([expect.stringContaining(`"url":"${server.url}"`)])
  expect(linesOf(spool).join()).not.toContain(evil.url)
})

test('a step that changes the config file, too', async () => {
  const spool = openFolder()
  const [server, evil] = [await openServer('acme'), await openServer('acme')]
  const config = join(openFolder(), 'stats.yml')
  const write = (url: string) =>
    writeFileSync(
      config,
      `storages:\n  - name: main\n    influxdb: {url: "${url}", org: acme, bucket: ci, token: $THE_TOKEN}\n`,
    )
  write(server.url)
  const { run } = await openScenario({ with: { config, file: '', spool }, env: { THE_TOKEN: 'token-of-acme' } })
  const { post } = await run(() => write(evil.url))
  expect([post.exitCode, evil.requests]).toEqual([0, []])
  expect(linesOf(spool)).toEqual([expect.stringMatching(/"name":"main","destination":\{[^}]*"org":"acme"/)])
})

test('where the runner gives post no inputs at all, the points are kept for where main knew them to go', async () => {
  const spool = openFolder()
  const server = await openServer('acme')
  const { job } = await openScenario({
    with: { url: server.url, ...token('acme'), spool, captures: '- property: env.WHAT', steps: '' },
    env: { WHAT: 'seen' },
    postWithoutInputs: true,
  })
  await job.main()
  const post = await job.post()
  expect([post.exitCode, post.stderr, server.points.length]).toEqual([0, '', 1])
  expect(textsOf(job.annotations, 'warning').join('\n')).toMatch(
    /was among the storages when the job began, but the inputs no longer name it: its points are kept/,
  )
  const [text = ''] = linesOf(spool)
  expect(text).toContain('"org":"acme"')
  expect(text).toMatch(/^build,.* env_WHAT="seen"|^build,.*,env_WHAT="seen"/m)
})

describe.concurrent('where a composite action is inside another, and the runner gives post inputs of the outer one', () => {
  const wrapper = mkdtempSync(join(tmpdir(), 'build-stats-wrapper-'))
  afterAll(() => rmSync(wrapper, { recursive: true, force: true }))
  const config = join(wrapper, 'build-stats.yml')

  test('values that are lost are those of the start, and the token still goes to the server of then alone', async () => {
    const server = await openServer('acme')
    const lost = { url: server.url, token: 'token-of-acme', file: '', org: '', bucket: '', captures: '', steps: '' }
    const { job, run } = await openScenario({
      with: { url: server.url, ...token('acme'), captures: '- property: env.WHAT', matrix: '{"os": "linux"}' },
      postWith: { ...lost, matrix: '' },
      env: { WHAT: 'seen' },
    })
    const { main, post, warnings } = await run()
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(server.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    const [, build] = server.points
    expect(build?.fields).toMatchObject({ env_WHAT: 'seen' })
    expect(build?.tags).toMatchObject({ matrix_os: 'linux' })
    expect(warnings).toEqual([
      expect.stringMatching(
        /: org, bucket, captures, matrix; what they had then is used\. .*see docs\/roll-out\.md\.$/,
      ),
      expect.stringMatching(/: steps; what they had then is not known\./),
    ])
    expect(job.summary).toContain('org, bucket, captures, matrix')
  })

  test('the config of the start is read, though post is given the folder of the outer action', async () => {
    const server = await openServer('acme')
    writeFileSync(
      config,
      `captures: [duration]\nstorages:\n  - influxdb: {url: "${server.url}", org: acme, bucket: ci, token: $THE_TOKEN}\n`,
    )
    const { run } = await openScenario({
      with: { config, file: '' },
      postWith: { config: join(wrapper, 'outer/build-stats.yml'), file: '', steps: '{}' },
      env: { THE_TOKEN: 'token-of-acme' },
    })
    const { post, warnings } = await run()
    expect([post.exitCode, server.points.length]).toEqual([0, 2])
    expect(warnings).toEqual([expect.stringMatching(/^The input config was (.*) when .*: \1 is read\.$/)])
  })
})
