import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Action, createJob } from './job.ts'
import { runNode } from './run.ts'
import type { Servers } from './servers.ts'

const captures = '[start-time, duration, steps, property: coverage]'

/** The inputs of jobs whose costs are compared. */
export const features: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  plain: {},
  'compare: true': { compare: 'true' },
  'resources: true': { resources: 'true' },
  'rule steps': { captures },
  'rule steps, compare: true': { captures, compare: 'true' },
}

/** A process in a round. */
export interface Cost {
  readonly action: Action
  readonly feature: string
  readonly phase: 'main' | 'post'
  readonly ms: number
  /** User and system time of the process alone. */
  readonly cpuMs: number
  /** Requests for earlier builds. */
  readonly queries: number
}

/** Runs a job of each kind once a round, in an order that moves on: what else the machine does hits all of them alike. */
export async function measureFeatures(actions: readonly Action[], servers: Servers, runs: number): Promise<Cost[]> {
  const kinds = actions.flatMap((action) =>
    Object.keys(features)
      .filter((feature) => Object.keys(features[feature] ?? {}).every((input) => input in action.defaults))
      .map((feature) => ({ action, feature })),
  )
  const costs: Cost[] = []
  // The first round warms the file cache and is not counted.
  for (let round = 0; round <= runs; round++) {
    for (let index = 0; index < kinds.length; index++) {
      const kind = kinds[(index + round) % kinds.length]
      if (kind === undefined) continue
      const found = await runJob(kind.action, kind.feature, servers)
      if (round > 0) costs.push(...found)
    }
  }
  return costs
}

async function runJob(action: Action, feature: string, servers: Servers): Promise<Cost[]> {
  const job = createJob(action, servers, features[feature])
  const report = join(job.environment.HOME ?? '', 'report')
  const measure = async (phase: Cost['phase'], environment: Readonly<Record<string, string>>): Promise<Cost> => {
    await servers.reset(0)
    const { ms } = runNode(['--require', join(import.meta.dirname, 'cpu-report.cjs'), action[phase]], {
      ...environment,
      BENCH_REPORT: report,
    })
    const { queries } = await servers.count()
    return { action, feature, phase, ms, cpuMs: Number(readFileSync(report, 'utf8')), queries }
  }
  try {
    return [await measure('main', job.environment), await measure('post', job.readPostEnvironment())]
  } finally {
    job.remove()
  }
}
