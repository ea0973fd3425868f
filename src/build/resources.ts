/** What was used between two samples of a runner. A value that its system does not report is absent, not zero. */
export interface Usage {
  readonly startMs: number
  readonly endMs: number
  /** Of all cores, 0 to 1. */
  readonly cpu?: number
  /** Bytes in use, at the end. */
  readonly memory?: number
  /** Bytes that are free, at the end. */
  readonly diskFree?: number
  /** Bytes. */
  readonly networkReceived?: number
  readonly networkSent?: number
}

/** The same for a whole job. Values are bytes unless stated otherwise. */
export interface UsageTotals {
  /** Of all cores, 0 to 1. */
  readonly cpuMean?: number
  readonly cpuMax?: number
  readonly cores?: number
  readonly memoryMax?: number
  readonly memoryTotal?: number
  readonly diskFreeMin?: number
  readonly networkReceived?: number
  readonly networkSent?: number
  /** Processes that the system ended because memory ran out. */
  readonly oomKills?: number
}

/** What a job used of its runner. */
export interface Resources extends UsageTotals {
  /** In order of time. */
  readonly usage: readonly Usage[]
  /** Whether each element of `usage` becomes a point. */
  readonly hasSeries: boolean
}
