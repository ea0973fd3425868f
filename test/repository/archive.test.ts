import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startGitHubApi } from '../support/github-api.ts'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { createJob } from '../support/job-runner.ts'

const repository = join(import.meta.dirname, '../..')
const folder = mkdtempSync(join(tmpdir(), 'build-stats-archive-'))
const action = join(folder, 'action')
afterAll(() => rmSync(folder, { recursive: true }))

let archive: Buffer

/** The working tree as a job would download it, if it were committed: an index and objects of its own leave git's as they are. */
beforeAll(() => {
  const objects = join(folder, 'objects')
  mkdirSync(objects)
  const git = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
    execFileSync('git', args, { cwd: repository, env: { ...process.env, ...env }, maxBuffer: 2 ** 30 })
  const env = {
    GIT_INDEX_FILE: join(folder, 'index'),
    GIT_OBJECT_DIRECTORY: objects,
    GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(repository, `${git(['rev-parse', '--git-path', 'objects'])}`.trim()),
  }
  git(['read-tree', 'HEAD'], env)
  git(['add', '--all'], env)
  const tree = `${git(['write-tree'], env)}`.trim()
  archive = git(['archive', '--worktree-attributes', '--format=tar', tree], env)
  mkdirSync(action)
  execFileSync('tar', ['--extract', '--directory', action], { input: archive })
})

test('a job downloads what the actions run, and nothing else', () => {
  const files = `${execFileSync('tar', ['--list'], { input: archive })}`.split('\n')
  const others = files.filter(
    (file) => !/^(LICENSE|((yield|replay)\/)?(action\.yml)?|dist\/[\w-]*(\.\w+)?)$/.test(file),
  )
  expect(others).toEqual([])
  expect(files).toEqual(expect.arrayContaining(['LICENSE', 'action.yml', 'yield/action.yml', 'replay/action.yml']))
})

test('it is at most 700 kB', () => {
  expect(gzipSync(archive).length).toBeLessThan(700_000)
})

test('dist counts as generated on GitHub', () => {
  const args = ['check-attr', 'linguist-generated', 'diff', '--', 'dist/main.js']
  const attributes = `${execFileSync('git', args, { cwd: repository })}`
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
    const header = {
      version: 1,
      target: `${server.url} (v1, database ci)`,
      builder: 'CI/test',
      run_id: '7',
      attempt: '1',
    }
    const text = `# build-stats unsent ${JSON.stringify(header)}\nlate f=1 1700000000000000000\n`
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
