import { execFileSync } from 'node:child_process'
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { openScenario, textsOf } from './scenario.ts'

/** What a pull request may put where the workflow names a config. */
const things: Record<string, readonly [make: (path: string) => void, told: RegExp]> = {
  'a pipe': [(path) => execFileSync('mkfifo', [path]), /the file stats\.yml does not exist/],
  'a folder': [(path) => mkdirSync(path), /the file stats\.yml does not exist/],
  'a link to /dev/zero': [(path) => symlinkSync('/dev/zero', path), /the file stats\.yml does not exist/],
  'a link to itself': [(path) => symlinkSync(path, path), /the file stats\.yml does not exist/],
  'a gigabyte of nothing': [
    (path) => {
      writeFileSync(path, '')
      truncateSync(path, 2 ** 30)
    },
    /is 1048576 characters long; at most 200000 are read/,
  ],
}

describe.concurrent('a config that is', () => {
  test.each(Object.entries(things))('%s holds nothing up, and is told', async (_name, [make, told]) => {
    const { job } = await openScenario({ with: { config: 'stats.yml', file: '' }, timeoutMs: 20_000, memory: true })
    const main = await job.main()
    expect([main.exitCode, main.annotations]).toEqual([0, []])
    make(join(job.workspace, 'stats.yml'))
    const post = await job.post()
    expect([post.exitCode, post.timedOut, post.stderr]).toEqual([0, false, ''])
    expect(post.maxRssKb).toBeLessThan(500_000)
    expect(textsOf(post.annotations, 'error')).toEqual([expect.stringMatching(told)])
  })
})
