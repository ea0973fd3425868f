import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { createJob } from '../support/job-runner.ts'
import { toKeptText } from '../unsent/kept-lines.ts'
import { closing } from './closing.ts'
import { action, openScenario } from './scenario.ts'

const files = 12
const lines = 1500

// In any order, beside a model: test/unsent/model.test.ts. These are processes, and what kills them is the kernel.
test('posts and replays on one spool that are killed at any moment lose nothing and alter nothing', async () => {
  const spool = mkdtempSync(join(tmpdir(), 'build-stats-spool-'))
  closing({ close: async () => rmSync(spool, { recursive: true, force: true }) })
  const respond = async () => {
    await delay(30)
    return undefined
  }
  const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', respond }))
  const inputs = { url: server.url, database: 'ci', spool, 'github-token': '' }
  const destination = { kind: 'influxdb', url: server.url, api: 'v1', database: 'ci' } as const
  for (let file = 0; file < files; file++) {
    const all = Array.from({ length: lines }, (_, line) => `late,id=f${file}l${line} value=${line} ${1e15 + line}`)
    writeFileSync(
      join(spool, `build-stats-unsent-${file}-1-abc.lp`),
      toKeptText(all, { destination, run_id: `${file}` }),
    )
  }
  const replay = async () => {
    const job = await createJob({ action: join(action, 'replay'), with: inputs })
    closing({ close: () => job.remove() })
    return job
  }
  for (let round = 0; round < 6; round++) {
    const { job } = await openScenario({
      with: { ...inputs, file: '', summary: false },
      env: { GITHUB_RUN_ID: `${round + 1}` },
    })
    const replaying = await replay()
    await job.main()
    const running = [job.post(), replaying.main()]
    // From before the first request to after the last, on an idle machine.
    await delay(120 + round * 90)
    job.signal('SIGKILL')
    await delay(40)
    replaying.signal('SIGKILL')
    await Promise.all(running)
  }
  // An hour later.
  for (const name of readdirSync(spool))
    utimesSync(join(spool, name), Date.now() / 1000 - 4000, Date.now() / 1000 - 4000)
  const last = await replay()
  expect((await last.main()).exitCode).toBe(0)
  expect(readdirSync(spool)).toEqual([])
  expect(server.violations).toEqual([])
  const late = server.points.filter(({ measurement }) => measurement === 'late')
  expect(new Set(late.map(({ tags }) => tags.id)).size).toBe(files * lines)
  expect(late.filter(({ tags, fields }) => `${fields.value}` !== tags.id?.replace(/.*l/, ''))).toEqual([])
}, 120_000)
