import { writeFileSync } from 'node:fs'
import { floors } from './floors.ts'
import { type Action, createJob } from './job.ts'
import { runNode } from './run.ts'
import type { Counts, Servers } from './servers.ts'

export type Variant = 'bare node' | 'main floor' | 'main' | 'post floor' | 'post'

export interface Startup {
  /** A time for each round, in the order of the rounds. */
  ms(variant: Variant): number[]
  /** Of one run each; every run makes the same. */
  readonly requests: Readonly<Record<'main' | 'post', Counts>>
}

/**
 * Times each process once a round, one after the other: what else the machine does meanwhile then hits all of them
 * alike, and the ratios hold although the times do not. A round that makes other requests than the first is an error.
 */
export async function measureStartup(
  action: Action,
  servers: Servers,
  latencyMs: number,
  runs: number,
): Promise<Startup> {
  const rounds: Round[] = []
  // The first round warms the file cache and is not counted.
  for (let round = 0; round <= runs; round++) rounds.push(await runRound(action, servers, latencyMs))
  const [first, ...counted] = rounds
  if (first === undefined) throw new Error('No round was run')
  for (const { requests } of counted) {
    if (JSON.stringify(requests) !== JSON.stringify(first.requests)) {
      throw new Error(`Not every round made the same requests: ${JSON.stringify([first.requests, requests])}`)
    }
  }
  return {
    ms: (variant) => counted.map((round) => round.ms[variant]),
    requests: first.requests,
  }
}

interface Round {
  readonly ms: Readonly<Record<Variant, number>>
  readonly requests: Startup['requests']
}

async function runRound(action: Action, servers: Servers, latencyMs: number): Promise<Round> {
  const job = createJob(action, servers)
  try {
    await servers.reset(latencyMs)
    const bare = runNode(['-e', '0'], job.environment).ms
    const mainFloor = runNode([floors.main], job.environment).ms
    await servers.reset(latencyMs)
    const main = runNode([action.main], job.environment).ms
    const mainRequests = await servers.count()

    writeFileSync(job.readDataPath(), 'bench,suite=unit seconds=1.25\n', { flag: 'a' })
    const environment = job.readPostEnvironment()
    const postFloor = runNode([floors.post], environment).ms
    await servers.reset(latencyMs)
    const post = runNode([action.post], environment).ms
    const postRequests = await servers.count()
    return {
      ms: {
        'bare node': bare,
        'main floor': mainFloor,
        main,
        'post floor': postFloor,
        post,
      },
      requests: { main: mainRequests, post: postRequests },
    }
  } finally {
    job.remove()
  }
}
