import type { Build } from '../../src/build/build.ts'
import { toDuration } from '../../src/build/build.ts'
import type { DataRecord } from '../../src/build/data.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import { toIdentityFields, toTags } from '../../src/point/identity.ts'
import type { Point } from '../../src/point/point.ts'
import { toOffsetNs, toTimeNs } from '../../src/point/time.ts'
import type { Random } from './random.ts'
import { toYearShare } from './simulated-times.ts'
import type { SimulatedJob } from './simulated-workflows.ts'

/** The data that the steps of a build yield. */
export function drawRecords(build: Build, job: SimulatedJob, random: Random): DataRecord[] {
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

/** The points of a build's steps in `build_step`; `index` is that of the first one in the build. */
export function drawStepPoints(
  build: Build,
  job: SimulatedJob,
  options: NativeOptions,
  index: number,
  random: Random,
): Point[] {
  const shares = Object.entries(job.steps).map(([step, share]) => ({ step, part: random.lognormal(share, 0.12) }))
  const whole = shares.reduce((sum, { part }) => sum + part, 0)
  const seconds = toDuration(build) - 1
  const tags = [...toTags(build, build.result, options)]
  const identity = [...toIdentityFields(build)].filter(([key]) => ['attempt', 'run_id'].includes(key))
  const offsetNs = toOffsetNs(build)
  const ending = build.result === 'success' ? shares.length : 1 + random.below(shares.length)
  return shares.slice(0, ending).map(({ step, part }, at) => ({
    measurement: `${options.measurement}_step`,
    tags: [...tags, ['step', step], ['conclusion', at === ending - 1 ? build.result : 'success']],
    fields: [['duration', Math.round((seconds * part * 1000) / whole) / 1000], ['number', BigInt(at + 1)], ...identity],
    timeNs: toTimeNs(build.endMs, offsetNs, index + at),
  }))
}
