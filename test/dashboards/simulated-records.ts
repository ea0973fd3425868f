import type { Step } from '../../src/build/build.ts'
import type { DataRecord } from '../../src/build/data.ts'
import type { TimedBuild } from '../build/example-build.ts'
import type { Random } from './random.ts'
import { toYearShare } from './simulated-times.ts'
import type { SimulatedJob } from './simulated-workflows.ts'

/** The data that the steps of a build yield. */
export function drawRecords(build: TimedBuild, job: SimulatedJob, random: Random): DataRecord[] {
  const share = toYearShare(build.startMs)
  const records: DataRecord[] = []
  if (job.tests !== undefined && build.result !== 'cancelled') {
    const count = Math.round(job.tests * (1 + 0.35 * share))
    const failed = build.result === 'failure' ? 1 + random.below(9) : 0
    const skipped = Math.round(count * 0.012)
    records.push({
      name: 'tests',
      tags: [],
      fields: [
        ['passed', count - failed - skipped],
        ['failed', failed],
        ['skipped', skipped],
      ],
    })
  }
  if ((job.tests ?? 0) > withReports && build.result !== 'cancelled') records.push(...toReports(build, share))
  if (job.bundle !== undefined && build.result === 'success') {
    for (const [chunk, part] of [
      ['main', 0.4],
      ['vendor', 0.6],
    ] as const) {
      // The vendors' code was split in spring.
      const size = job.bundle * part * (1 + 0.3 * share) * (chunk === 'vendor' && share > 0.87 ? 0.7 : 1)
      const kb = Math.round(size * (1 + 0.004 * random.normal()) * 10) / 10
      records.push({
        name: 'bundle',
        tags: [['chunk', chunk]],
        fields: [
          ['size_kb', kb],
          ['gzip_kb', Math.round(kb * 3.1) / 10],
        ],
      })
    }
  }
  return records
}

/** The job of so many tests has reports of coverage, of benchmarks and of single tests. */
const withReports = 1500

/** They grow with the year: nothing is drawn by chance, so that what is drawn elsewhere stays as it is. */
function toReports({ result, startMs }: TimedBuild, share: number): DataRecord[] {
  const wave = Math.sin(startMs / 1e9)
  const toBenchmark = (benchmark: string, value: number): DataRecord => ({
    name: 'benchmark',
    tags: [
      ['benchmark', benchmark],
      ['unit', 's'],
    ],
    fields: [['value', Math.round(value * 1e6) / 1e6]],
  })
  return [
    {
      name: 'coverage',
      tags: [],
      fields: [['lines_percent', Math.round((82 + 6 * share + wave / 2) * 100) / 100]],
    },
    toBenchmark('parse/json', 0.0013 * (1 + 0.02 * wave)),
    toBenchmark('parse/yaml', 0.0041 * (1 - 0.3 * share + 0.02 * wave)),
    ...(result === 'failure' ? [failedCase] : []),
  ]
}

const failedCase: DataRecord = {
  name: 'test_case',
  tags: [['outcome', 'failed']],
  fields: [
    ['name', 'keeps the session of a user who comes back'],
    ['classname', 'session.test.ts'],
    ['message', 'expected 200 to be 302'],
    ['duration', 1.204],
  ],
}

/** The steps of a build, one after the other; the last one of a build that failed is the one that did. */
export function drawSteps(build: TimedBuild, job: SimulatedJob, random: Random): Step[] {
  const shares = Object.entries(job.steps).map(([name, share]) => ({ name, part: random.lognormal(share, 0.12) }))
  const whole = shares.reduce((sum, { part }) => sum + part, 0)
  const spanMs = build.endMs - build.startMs - 1000
  const ending = build.result === 'success' ? shares.length : 1 + random.below(shares.length)
  let startMs = build.startMs
  return shares.slice(0, ending).map(({ name, part }, at) => {
    const endMs = startMs + Math.round((spanMs * part) / whole)
    const step = { name, number: at + 1, conclusion: at === ending - 1 ? build.result : 'success', startMs, endMs }
    startMs = endMs
    return step
  })
}
