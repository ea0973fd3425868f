import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { exampleJob } from '../test/support/github-api.ts'
import { createJob } from '../test/support/job-runner.ts'
import { type Answer, json, startLoopback } from '../test/support/loopback.ts'
import { toTable } from './table.ts'

/**
 * npm run bench:linear: how long post takes, and how much memory, where one thing of a job is 1, 10 and 100 times its usual
 * size. What grows by more than n log n does is marked, and the exit code says so.
 */
interface Size {
  /** One thing of the job, n of it. */
  readonly what: string
  readonly usual: number
  toJob(n: number): {
    readonly with?: Readonly<Record<string, string>>
    readonly outputs?: Readonly<Record<string, string>>
    readonly data?: string
    /** What the database answers; without: 204. */
    readonly answer?: Answer
    readonly github?: object
  }
}

const repeat = <T>(n: number, make: (index: number) => T) => Array.from({ length: n }, (_, index) => make(index))
const toOutputs = (n: number) => Object.fromEntries(repeat(n, (index) => [`bench_${index}`, `${index}`]))
const captures = (...rules: unknown[]) => ({ captures: JSON.stringify(rules) })
const toLines = (n: number, toLine: (index: number) => string) => `${repeat(n, toLine).join('\n')}\n`
const hostileName = (n: number) => ({ [`${'a'.repeat(n)}!`]: '1', coverage: '1' })

const sizes: readonly Size[] = [
  {
    what: 'outputs',
    usual: 10,
    toJob: (n) => ({ outputs: toOutputs(n), with: captures({ property: { regex: '.*' } }) }),
  },
  {
    what: 'outputs, a regex for each',
    usual: 10,
    toJob: (n) => ({ outputs: toOutputs(n), with: captures({ property: { regex: 'bench_\\d+$' } }) }),
  },
  {
    what: 'outputs, a lookaround for each',
    usual: 10,
    toJob: (n) => ({ outputs: toOutputs(n), with: captures({ property: { regex: '(?!x)bench_' } }) }),
  },
  {
    what: 'outputs, a callback for each',
    usual: 10,
    toJob: (n) => ({
      outputs: toOutputs(n),
      with: captures({ property: { regex: 'bench_', callback: '$number(value) * 2' } }),
    }),
  },
  {
    what: 'properties',
    usual: 10,
    toJob: (n) => ({ with: { properties: JSON.stringify(toOutputs(n)), ...captures({ property: { regex: '.*' } }) } }),
  },
  {
    what: 'rules',
    usual: 10,
    toJob: (n) => ({
      outputs: toOutputs(100),
      with: captures(...repeat(n, (index) => ({ property: { name: `bench_${index % 100}`, field: `f${index}` } }))),
    }),
  },
  {
    what: 'rules that find nothing',
    usual: 10,
    toJob: (n) => ({
      outputs: toOutputs(100),
      with: captures(...repeat(n, (index) => ({ property: `bensh_${index}` }))),
    }),
  },
  {
    what: 'characters of a name, (a+)+$',
    usual: 100,
    toJob: (n) => ({ outputs: hostileName(n), with: captures({ property: { regex: '(a+)+$' } }) }),
  },
  {
    what: 'lines of $BUILD_STATS',
    usual: 1000,
    toJob: (n) => ({ data: toLines(n, (index) => `tests,suite=unit n=${index}`) }),
  },
  {
    what: 'lines, a callback for each',
    usual: 100,
    toJob: (n) => ({
      data: toLines(n, (index) => `tests n=${index}`),
      with: captures({ data: { name: 'tests', callback: '{"twice": n * 2}' } }),
    }),
  },
  {
    what: 'lines that are malformed',
    usual: 1000,
    toJob: (n) => ({ data: toLines(n, (index) => `tests,suite n=${index}`) }),
  },
  { what: 'names of data', usual: 100, toJob: (n) => ({ data: toLines(n, (index) => `tests_${index} n=1`) }) },
  {
    what: 'names of data, a regex for each',
    usual: 100,
    toJob: (n) => ({
      data: toLines(n, (index) => `tests_${index} n=1`),
      with: captures({ data: { regex: 'tests_\\d+$' } }),
    }),
  },
  {
    what: 'fields of a record',
    usual: 10,
    toJob: (n) => ({ data: `tests ${repeat(n, (index) => `f${index}=1`).join(',')}\n` }),
  },
  {
    what: 'records of an output',
    usual: 10,
    toJob: (n) => ({
      outputs: { tests: JSON.stringify(repeat(n, (index) => ({ passed: index }))) },
      with: captures({ data: 'tests' }),
    }),
  },
  {
    what: 'steps of the job',
    usual: 10,
    toJob: (n) => ({
      with: captures('steps'),
      github: {
        ...exampleJob(),
        steps: repeat(n, (index) => ({
          name: `Run step ${index}`,
          status: 'completed',
          conclusion: 'success',
          number: index + 1,
          started_at: '2026-08-01T12:00:00Z',
          completed_at: '2026-08-01T12:00:01Z',
        })),
      },
    }),
  },
  {
    what: 'bytes that a server refuses with',
    usual: 1000,
    toJob: (n) => ({ answer: { status: 400, body: JSON.stringify({ error: 'partial write: '.repeat(n / 15) }) } }),
  },
  {
    what: 'points that are refused and kept',
    usual: 100,
    toJob: (n) => ({
      data: toLines(n, (index) => `tests n=${index}`),
      answer: { status: 401, body: '{"error":"no"}' },
      with: { spool: '${{ runner.temp }}/spool' },
    }),
  },
]

const action = join(import.meta.dirname, '..')
const runs = Number(process.argv[2] ?? 3)

async function measure(size: Size, n: number): Promise<{ ms: number; mb: number }> {
  const given = size.toJob(n)
  const server = await startLoopback({ answer: () => given.answer ?? { status: 204 } })
  const github = await startLoopback({ answer: () => json(given.github ?? exampleJob()) })
  try {
    await using job = await createJob({
      action,
      memory: true,
      with: {
        url: server.url,
        database: 'ci',
        timeout: 120,
        'start-point': 'false',
        steps: '${{ toJSON(steps) }}',
        ...given.with,
      },
      env: { GITHUB_API_URL: github.url },
    })
    const main = await job.main()
    job.setStep('s', { outputs: given.outputs ?? {} })
    appendFileSync(job.exportedEnv.BUILD_STATS ?? '', given.data ?? '')
    const post = await job.post()
    if (main.exitCode !== 0 || post.exitCode !== 0) throw new Error(`${size.what}: ${main.log}\n${post.log}`)
    return { ms: post.durationMs, mb: (post.maxRssKb ?? 0) / 1000 }
  } finally {
    await server.close()
    await github.close()
  }
}

/** The best of several: whatever else the machine does makes it slower. */
async function measureBest(size: Size, n: number) {
  const all = []
  for (let run = 0; run < runs; run++) all.push(await measure(size, n))
  return { ms: Math.min(...all.map(({ ms }) => ms)), mb: Math.min(...all.map(({ mb }) => mb)) }
}

/** 10 times as much is 10 times as long, and a little more where it is sorted; times below are noise. */
const maxGrowth = 16
const noiseMs = 150

const rows: string[][] = []
let isLinear = true
for (const size of sizes) {
  const [one, ten, hundred] = [
    await measureBest(size, size.usual),
    await measureBest(size, size.usual * 10),
    await measureBest(size, size.usual * 100),
  ]
  const grown = (hundred.ms - one.ms) / (Math.max(0, ten.ms - one.ms) + noiseMs)
  const isSteep = grown > maxGrowth
  isLinear &&= !isSteep
  const ms = [one, ten, hundred].map((figures) => `${figures.ms.toFixed(0)} ms`)
  const mb = [one, ten, hundred].map((figures) => `${figures.mb.toFixed(0)} MB`)
  rows.push([`${size.usual.toLocaleString('en')} ${size.what}`, ...ms, ...mb, isSteep ? 'more than n log n' : ''])
}
console.log(`Node ${process.version}, post, best of ${runs}\n`)
console.log(toTable(['Usual size', '× 1', '× 10', '× 100', '× 1', '× 10', '× 100', ''], rows))
process.exitCode = isLinear ? 0 : 1
