import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGitHubApi } from '../support/github-api.ts'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { createJob } from '../support/job-runner.ts'
import { toKeptText } from '../unsent/kept-lines.ts'

const repository = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'build-stats-archive-'))
const action = join(folder, 'action')
afterAll(() => rmSync(folder, { recursive: true }))

let archive: Buffer

/** Git with a repository of its own, so that the one that is worked in stays as it is. */
function git(...args: readonly string[]): Buffer {
  const env = { ...process.env, GIT_DIR: join(folder, 'git'), GIT_WORK_TREE: repository }
  return execFileSync('git', args, { cwd: repository, env, maxBuffer: 2 ** 30 })
}

/** The working tree as a job would download it, if it were committed. */
beforeAll(() => {
  git('init', '--quiet')
  git('add', '--all')
  const tree = `${git('write-tree')}`.trim()
  archive = git('archive', '--worktree-attributes', '--format=tar', tree)
  mkdirSync(action)
  execFileSync('tar', ['--extract', '--directory', action], { input: archive })
})

test('a job downloads what the actions run, and nothing else', () => {
  const files = `${execFileSync('tar', ['--list'], { input: archive })}`.split('\n')
  const others = files.filter(
    (file) => !/^(LICENSE|((yield|replay|collect)\/)?(action\.yml)?|dist\/[\w-]*(\.\w+)?)$/.test(file),
  )
  expect(others).toEqual([])
  expect(files).toEqual(
    expect.arrayContaining(['LICENSE', 'action.yml', 'yield/action.yml', 'replay/action.yml', 'collect/action.yml']),
  )
})

test('it is at most 700 kB', () => {
  expect(gzipSync(archive).length).toBeLessThan(700_000)
})

test('dist counts as generated on GitHub', () => {
  const attributes = `${git('check-attr', 'linguist-generated', 'diff', '--', 'dist/main.js')}`
  expect(attributes).toBe('dist/main.js: linguist-generated: true\ndist/main.js: diff: unset\n')
})

test('the actions run from it', async () => {
  const server = await startInfluxServer({ api: 'v1', database: 'ci' })
  const api = await startGitHubApi({})
  try {
    const storage = { url: server.url, database: 'ci' }
    const captures = `[duration, {property: os}, {property: {name: os, callback: 'value & "!"', field: loud}}, {data: tests}]`
    const env = { GITHUB_API_URL: api.url }
    await using job = await createJob({ action, env, with: { ...storage, captures, properties: 'os: plan9' } })
    const main = await job.main()
    const yielded = await job.uses('', join(action, 'yield'), { name: 'tests', data: 'passed: 7' })
    const post = await job.post()

    const spool = join(job.folder, 'spool')
    mkdirSync(spool)
    const destination = { kind: 'influxdb', url: server.url, api: 'v1', database: 'ci' } as const
    const text = toKeptText(['late f=1 1700000000000000000'], { destination })
    writeFileSync(join(spool, 'build-stats-unsent-7-1-0.1.lp'), text)
    await using later = await createJob({
      action: join(action, 'replay'),
      env,
      with: { ...storage, spool, 'github-token': '' },
    })
    const replay = await later.main()

    for (const { exitCode, stderr, log } of [main, yielded, post, replay]) {
      expect({ exitCode, stderr, log }).toEqual({ exitCode: 0, stderr: '', log: expect.any(String) })
    }
    expect([...job.annotations, ...later.annotations]).toEqual([])
    const lines = server.requests.map(({ body }) => `${body}`).join('\n')
    expect(lines).toMatch(/^build_start,/m)
    expect(lines).toMatch(/^build,.*duration=.*loud="plan9!".*os="plan9"/m)
    expect(lines).toMatch(/^tests,.*passed=7/m)
    expect(lines).toMatch(/^late f=1 /m)
  } finally {
    await server.close()
    await api.close()
  }
})
