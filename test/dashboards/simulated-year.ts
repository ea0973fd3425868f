import { addFields } from '../../src/action/compare/late-fields.ts'
import type { Build } from '../../src/build/build.ts'
import type { Fields } from '../../src/build/data.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { createDataCapture } from '../../src/capture/data.ts'
import { defaultRules, type Rule } from '../../src/capture/rules.ts'
import { toAttemptPoints } from '../../src/collect/points.ts'
import { toLine } from '../../src/line-protocol/writer.ts'
import type { NativeOptions } from '../../src/point/identity.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import { createDataLayout } from '../../src/point/native-data.ts'
import { toStepPoints } from '../../src/point/native-steps.ts'
import type { Point } from '../../src/point/point.ts'
import { toStartPoint } from '../../src/point/start-point.ts'
import type { TimedBuild } from '../build/example-build.ts'
import { createRandom, type Random } from './random.ts'
import { drawAttempt } from './simulated-attempt.ts'
import { drawBuild, drawRun } from './simulated-build.ts'
import { drawRecords, drawSteps } from './simulated-records.ts'
import { drawTimes, toYearShare } from './simulated-times.ts'
import { type SimulatedWorkflow, simulatedWorkflows } from './simulated-workflows.ts'

export const buildCount = 100_000
const batchLines = 5_000

/** Every how many builds have a start point and points for their steps: all of them would take longer than they tell. */
const stepsEvery = 3

/** Since when whole runs are collected, as a share of the year: a little more than its last 90 days. */
const collectedSince = 0.74

const options: NativeOptions = { measurement: 'build', tags: [], matrixTags: true }
const common = { builder: undefined, callback: undefined, source: 'captures', line: undefined }
const ignored = { ...common, type: undefined, field: undefined, tag: undefined, onMissing: 'ignore' as const }
const rules: readonly Rule[] = [
  ...defaultRules,
  { kind: 'property', match: { name: 'coverage' }, ...ignored },
  { kind: 'property', match: { name: 'cache_hit' }, ...ignored },
]

/**
 * A year of builds as line protocol, 5,000 lines a text, in the order of time: the same for the same seed. Builds and
 * their data go through the code that lays them out in a job.
 */
export function* simulateYear(seed = 5): Generator<string> {
  const random = createRandom(seed)
  const workflows = drawWorkflows(random)
  const times = drawTimes(workflows.length, random)
  const lines: string[] = []
  const numbers = new Map<SimulatedWorkflow, number>()
  let builds = 0
  for (const [index, workflow] of workflows.entries()) {
    const number = (numbers.get(workflow) ?? 0) + 1
    numbers.set(workflow, number)
    const run = drawRun(workflow, times[index] ?? 0, { number, id: 15_000_000_000 + index }, random)
    const builtOfRun: TimedBuild[] = []
    for (const job of workflow.jobs) {
      if (builds === buildCount) break
      const build = drawBuild(run, job, BigInt(42_000_000_000 + builds++), random)
      builtOfRun.push(build)
      const { point } = toBuildPoint(build, captureBuild(build, rules), options)
      const points: Point[] = [addFields(point, toShift(build))]
      const layout = createDataLayout(build, options)
      const capture = createDataCapture(build.builder, rules)
      for (const record of drawRecords(build, job, random)) {
        points.push(...layout.toPoints(capture(record), points.length))
      }
      if (builds % stepsEvery === 0) {
        points.push(...toStepPoints(build, drawSteps(build, job, random), options))
        points.push(toStartPoint(build, build.startMs, options))
      }
      for (const one of points) lines.push(toLine(one))
    }
    if (toYearShare(run.startMs) > collectedSince) {
      const wanted = { jobs: true, steps: false }
      lines.push(...toAttemptPoints(drawAttempt(run, builtOfRun), wanted, options).map((point) => toLine(point)))
    }
    if (lines.length >= batchLines) yield lines.splice(0, batchLines).join('\n')
  }
  if (lines.length > 0) yield lines.join('\n')
}

/** What `compare` would have found: of three hundred builds in five, of those of the default branch that tell their coverage. */
function toShift({ number = 0n, result, job, defaultBranch }: Build): Fields {
  const [block, place] = [Number(number / 500n), Number(number % 500n)]
  if (place < 200 || result !== 'success' || defaultBranch !== 'true' || !/^(test|bundle|android|ios)$/.test(job))
    return []
  return [
    ['since_number', BigInt(500 * block + 200)],
    ['shift', (((block * 37) % 50) - 15) / 100],
  ]
}

/** As many runs as it takes for the builds. */
function drawWorkflows(random: Random): SimulatedWorkflow[] {
  const workflows: SimulatedWorkflow[] = []
  for (let builds = 0; builds < buildCount; ) {
    const workflow = random.pickWeighted(simulatedWorkflows)
    workflows.push(workflow)
    builds += workflow.jobs.length
  }
  return workflows
}
