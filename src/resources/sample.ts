/** One look at the runner. What its system does not tell is left out. */
export interface Sample {
  /** Of a clock that nobody sets (clock.ts), which all processes of a machine share. */
  readonly atMs: number
  /** How much has been computed, and how much could have been, in a unit of the system's own: only differences count. */
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
 * The samples in a file of a JSON value a line. Steps of the job may write to it, and a disk that is full cuts the last line: what
 * is not a sample is passed over. Those of a later time come later, or are left out.
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

/** A number that fits into an integer of 64 bits, whatever is added to it. */
function isCount(value: unknown): value is number {
  return typeof value === 'number' && value >= 0 && value <= 1e15
}

function isPair(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every(isCount)
}
