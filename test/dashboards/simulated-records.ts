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
