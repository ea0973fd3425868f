/** A sample of the runner. Values that its system does not report are absent. */
export interface Sample {
  /** The time in ms by the monotonic clock (clock.ts), which all processes of a machine share. */
  readonly atMs: number
  /** Used and possible CPU time so far, in a unit of the system: only differences matter. */
  readonly cpu?: readonly [busy: number, possible: number]
  readonly cores?: number
  /** Bytes. */
  readonly memory?: readonly [used: number, total: number]
  readonly diskFree?: number
  /** Bytes so far. */
  readonly network?: readonly [received: number, sent: number]
  /** Processes so far. */
  readonly oomKills?: number
}

/**
 * Parses a file of one sample per line, as JSON. Steps of the job may write to it, and a full disk cuts the last line: lines that
 * are not samples, or whose time is before that of an earlier line, are skipped.
 */
export function parseSamples(text: string): Sample[] {
  const samples: Sample[] = []
  for (const line of text.split('\n')) {
    const sample = parseSample(line)
    if (sample !== undefined && sample.atMs > (samples.at(-1)?.atMs ?? -1)) samples.push(sample)
  }
  return samples
}

function parseSample(line: string): Sample | undefined {
  let value: Readonly<Record<string, unknown>>
  try {
    value = JSON.parse(line)
  } catch {
    return undefined
  }
  if (typeof value !== 'object' || value === null || !isCount(value.atMs)) return undefined
  const { atMs, cpu, cores, memory, diskFree, network, oomKills } = value
  return {
    atMs,
    ...(isPair(cpu) && { cpu }),
    ...(isCount(cores) && { cores }),
    ...(isPair(memory) && { memory }),
    ...(isCount(diskFree) && { diskFree }),
    ...(isPair(network) && { network }),
    ...(isCount(oomKills) && { oomKills }),
  }
}

/** A number small enough that sums fit into a 64-bit integer. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1e15
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(isCount)
}
