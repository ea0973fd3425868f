import { appendFileSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { exampleJob } from '../support/github-api.ts'
import { createJob } from '../support/job-runner.ts'
import { type Answer, json, type Loopback, startLoopback } from '../support/loopback.ts'
import { createFuzzJob, type FuzzJob, type GitHubAct, type ServerAct } from './fuzz-job.ts'

/**
 * Jobs as processes, each made of its seed: 20 of them, or as many as FUZZ says; FUZZ_SEED=943 runs that one again.
 * What holds of each: it ends, it is green, and each of its points is stored, kept or reported.
 */
const count = Number(process.env.FUZZ || 20)
const one = process.env.FUZZ_SEED
const seeds = one === undefined ? Array.from({ length: count }, (_, index) => index + 1) : [Number(one)]

/** Beside the timeout, GitHub has five seconds. A guard against jobs that hang, on machines that are busy. */
const graceMs = 20_000

const action = join(import.meta.dirname, '..', '..')

describe.concurrent('any job ends, and loses nothing in silence', () => {
  test.each(seeds)('seed %i', { timeout: 120_000 }, async (seed) => {
    const fuzz = createFuzzJob(seed)
    const server = await startServer(fuzz.server)
    const github = await startLoopback({ answer: () => toGitHubAnswer(fuzz.github) })
    try {
      await using job = await createJob({
        action,
        with: { url: server.url, steps: '${{ toJSON(steps) }}', ...fuzz.inputs },
        env: { GITHUB_API_URL: github.url },
      })
      const main = await job.main()
      expect([main.exitCode, main.stderr, main.timedOut]).toEqual([0, '', false])
      job.setStep('s', { outputs: fuzz.outputs })
      appendFileSync(job.exportedEnv.BUILD_STATS ?? '', fuzz.data)
      const post = await job.post()
      expect([post.exitCode, post.stderr, post.timedOut]).toEqual([0, '', false])
      expect(post.durationMs).toBeLessThan(fuzz.timeoutS * 1000 + graceMs)

      const kept = globSync('**/*.lp', { cwd: join(job.temp, 'spool') }).map((path) =>
        readFileSync(join(job.temp, 'spool', path), 'utf8'),
      )
      checkPoints(
        fuzz,
        [...server.taken, ...kept, post.stdout].join('\n'),
        post.annotations.map(({ message }) => message),
      )
    } finally {
      await server.close()
      await github.close()
    }
  })
})

/** Where a point is, it is by its number; how many are lost, the log says. */
function checkPoints({ expected, inputs }: FuzzJob, found: string, messages: readonly string[]): void {
  const name = inputs.layout === 'native' ? 'fuzz' : 'CI/test-fuzz'
  const numbers = new Set([...found.matchAll(/^(?:fuzz|\S*-fuzz),\S*\bn=(\d+)/gm)].map(([, n]) => n))
  const missing = expected - numbers.size
  if (missing === 0) return
  const told = messages.join('\n')
  const reported = [...told.matchAll(/([\d,]+) of [\d,]+ points?( at least|, at least)?/g)].map(([, n = '']) =>
    Number(n.replaceAll(',', '')),
  )
  const isOpen =
    /at least, of data that was not read to its end|Data that steps yielded is missing|not all was written/.test(told)
  const sum = Math.max(0, ...reported)
  expect({ name, missing, told, isReported: isOpen || sum >= missing }).toMatchObject({ isReported: true })
}

/** A server that does one thing after the other, and keeps what it said it took. */
async function startServer(acts: readonly ServerAct[]): Promise<Loopback & { taken: string[] }> {
  const taken: string[] = []
  let asked = 0
  const server = await startLoopback({
    answer({ path, body, headers }) {
      const act = acts[asked++ % acts.length] as ServerAct
      if (path !== '/write') return act === 'take' ? json({ results: [{ statement_id: 0 }] }) : toAnswer(act)
      if (act === 'take')
        taken.push((headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8'))
      return toAnswer(act)
    },
  })
  return { ...server, taken }
}

/** Of a refusal that is long. */
const refusalLength = 900_000

const error = (text: string) => JSON.stringify({ error: text })

function toAnswer(act: ServerAct): Answer {
  switch (act) {
    case 'take':
      return { status: 204 }
    case 'refuse 400':
      return { status: 400, body: error('unable to parse') }
    case 'refuse at length':
      return { status: 400, body: error('partial write: '.repeat(refusalLength / 15)) }
    case 'refuse 401':
      return { status: 401, body: error('authorization failed') }
    case 'refuse 404':
      return { status: 404, body: error('database not found: "ci"') }
    case 'fail 500':
      return { status: 500, body: error('engine: timeout') }
    case 'fail 503':
      return { status: 503, body: '<html>' }
    case 'want an hour':
      return { status: 429, headers: { 'retry-after': '3600' } }
    case 'hang':
      return { hang: true }
    case 'drip':
      return { status: 204, delayMs: 60_000 }
    case 'reset':
      return { reset: true }
    case 'break off':
      return { status: 500, body: 'a long story', truncateAt: 3 }
    case 'redirect':
      return { status: 302, headers: { location: '/write' } }
    case 'greet':
      return { status: 200, body: '<html>Log in</html>', headers: { 'content-type': 'text/html' } }
  }
}

function toGitHubAnswer(act: GitHubAct): Answer {
  switch (act) {
    case 'job':
      return json(exampleJob())
    case 'nothing':
      return { status: 404 }
    case 'fail':
      return { status: 502, body: 'no' }
    case 'junk':
      return { body: '{"id": [' }
    case 'reset':
      return { reset: true }
    case 'hang':
      return { hang: true }
  }
}
