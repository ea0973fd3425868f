import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { closing } from './closing.ts'
import { openScenario } from './scenario.ts'

const folder = mkdtempSync(join(tmpdir(), 'build-stats-old-node-'))
closing({ close: async () => rmSync(folder, { recursive: true }) })

/** What a process sees of Node 20. */
const old = join(folder, 'old.cjs')
writeFileSync(
  old,
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.20.2' } })
   delete Map.groupBy
   delete URL.parse`,
)

test.each([
  [false, 'warning', 0],
  [true, 'error', 1],
])('an old Node is named, with fail-on-error: %s', async (failOnError, level, exitCode) => {
  const { job } = await openScenario({
    with: { 'fail-on-error': failOnError },
    env: { NODE_OPTIONS: `--require=${old}` },
  })
  const main = await job.main()
  const post = await job.post()
  expect([main, post].map((run) => [run.exitCode, run.stderr])).toEqual(Array(2).fill([exitCode, '']))
  const message = expect.stringMatching(/^Build Stats needs Node 24 and runs on Node 20\.20\.2: no statistics/)
  expect(job.annotations).toEqual([main, post].map(() => expect.objectContaining({ level, message })))
})
