import type { Usage, UsageTotals } from '../build/resources.ts'
import type { Sample } from './sample.ts'

/** Systems count CPU time in hundredths of a second: shorter intervals say little about the peak. */
const minWindowMs = 500

/** The same moment by the clock of samples and by that of the build. */
export interface Moment {
  readonly clockMs: number
  readonly timeMs: number
}

/** What was used between consecutive samples. Times of the monotonic clock are converted by the end of the job. */
export function toUsage(samples: readonly Sample[], { clockMs, timeMs }: Moment): Usage[] {
  const toTimeMs = ({ atMs }: Sample) => timeMs - (clockMs - atMs)
  return samples.slice(1).map((sample, index): Usage => {
    const before = samples[index] ?? sample
    const [received, sent] = toBytes(before, sample)
    const cpu = toShare(before, sample)
    return {
      startMs: toTimeMs(before),
      endMs: toTimeMs(sample),
      ...(cpu !== undefined && { cpu: cpu.busy / cpu.possible }),
      ...(sample.memory && { memory: sample.memory[0] }),
      ...(sample.diskFree !== undefined && { diskFree: sample.diskFree }),
      ...(received !== undefined && { networkReceived: received }),
      ...(sent !== undefined && { networkSent: sent }),
    }
  })
}

/** What the whole job used. If a counter restarts, such as that of a new network interface, the time in between is lost. */
export function toTotals(samples: readonly Sample[]): UsageTotals {
  const pairs = samples.slice(1).map((sample, index) => ({ before: samples[index] ?? sample, sample }))
  const shares = pairs.flatMap(({ before, sample }) => toShare(before, sample) ?? [])
  const bytes = pairs.map(({ before, sample }) => toBytes(before, sample))
  const memory = samples.flatMap((sample) => (sample.memory === undefined ? [] : [sample.memory]))
  const oomKills = pairs.flatMap(({ before, sample }) => toIncrease(before.oomKills, sample.oomKills) ?? [])
  const long = shares.filter(({ ms }) => ms >= minWindowMs)
  const totals: { [key in keyof UsageTotals]: number | undefined } = {
    cpuMean:
      shares.length === 0 ? undefined : sum(shares.map(({ busy }) => busy)) / sum(shares.map((one) => one.possible)),
    cpuMax: findMost((long.length > 0 ? long : shares).map(({ busy, possible }) => busy / possible)),
    cores: samples.findLast(({ cores }) => cores !== undefined)?.cores,
    memoryMax: findMost(memory.map(([used]) => used)),
    memoryTotal: findMost(memory.map(([, total]) => total)),
    diskFreeMin: findLeast(samples.flatMap(({ diskFree }) => diskFree ?? [])),
    networkReceived: sumKnown(bytes.map(([received]) => received)),
    networkSent: sumKnown(bytes.map(([, sent]) => sent)),
    oomKills: oomKills.length === 0 ? undefined : sum(oomKills),
  }
  return Object.fromEntries(Object.entries(totals).filter(([, value]) => value !== undefined))
}

/** Merges consecutive intervals until there are at most the given number. */
export function thinUsage(usage: readonly Usage[], most: number): Usage[] {
  const size = Math.ceil(usage.length / most)
  return size <= 1
    ? [...usage]
    : Array.from({ length: Math.ceil(usage.length / size) }, (_, index) =>
        joinUsage(usage.slice(index * size, (index + 1) * size)),
      )
}

function joinUsage(parts: readonly Usage[]): Usage {
  const joined: { [key in Exclude<keyof Usage, 'startMs' | 'endMs'>]: number | undefined } = {
    cpu: findMean(parts.map((part) => ({ value: part.cpu, weight: part.endMs - part.startMs }))),
    memory: findMost(parts.flatMap(({ memory }) => memory ?? [])),
    diskFree: findLeast(parts.flatMap(({ diskFree }) => diskFree ?? [])),
    networkReceived: sumKnown(parts.map((part) => part.networkReceived)),
    networkSent: sumKnown(parts.map((part) => part.networkSent)),
  }
  const known = Object.fromEntries(Object.entries(joined).filter(([, value]) => value !== undefined))
  return { ...known, startMs: parts[0]?.startMs ?? 0, endMs: parts.at(-1)?.endMs ?? 0 }
}

/** What was used between two times; empty if samples cover less than half of it, as in steps of a second. */
export function findUsage(
  usage: readonly Usage[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Pick<UsageTotals, 'cpuMean' | 'memoryMax'> {
  const parts = usage.map((part) => ({
    value: part.cpu,
    weight: Math.max(0, Math.min(part.endMs, endMs) - Math.max(part.startMs, startMs)),
  }))
  const known = sum(parts.map(({ value, weight }) => (value === undefined ? 0 : weight)))
  const cpuMean = endMs > startMs && known >= (endMs - startMs) / 2 ? findMean(parts) : undefined
  const memoryMax = findMost(
    usage.flatMap((part) => (part.endMs >= startMs && part.endMs <= endMs ? (part.memory ?? []) : [])),
  )
  return { ...(cpuMean !== undefined && { cpuMean }), ...(memoryMax !== undefined && { memoryMax }) }
}

/** Counters of idle time may decrease slightly; then the interval has no value. */
function toShare(before: Sample, sample: Sample): { busy: number; possible: number; ms: number } | undefined {
  if (before.cpu === undefined || sample.cpu === undefined) return undefined
  const [busy, possible] = [sample.cpu[0] - before.cpu[0], sample.cpu[1] - before.cpu[1]]
  if (busy < 0 || possible <= 0) return undefined
  return { busy: Math.min(busy, possible), possible, ms: sample.atMs - before.atMs }
}

function toBytes(before: Sample, sample: Sample): [received: number | undefined, sent: number | undefined] {
  return [toIncrease(before.network?.[0], sample.network?.[0]), toIncrease(before.network?.[1], sample.network?.[1])]
}

function toIncrease(before: number | undefined, after: number | undefined): number | undefined {
  return before === undefined || after === undefined || after < before ? undefined : after - before
}

function findMean(
  parts: readonly { readonly value: number | undefined; readonly weight: number }[],
): number | undefined {
  const known = parts.flatMap(({ value, weight }) => (value === undefined ? [] : [{ value, weight }]))
  const weight = sum(known.map((one) => one.weight))
  return weight === 0 ? undefined : sum(known.map((one) => one.value * one.weight)) / weight
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}

function sumKnown(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 ? undefined : sum(known)
}

// Math.max does not accept this many arguments.
function findMost(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((most, value) => Math.max(most, value))
}

function findLeast(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((least, value) => Math.min(least, value))
}
