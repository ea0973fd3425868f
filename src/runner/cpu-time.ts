import { readFileSync } from 'node:fs'

/** The unit in which Linux reports CPU time is always 1/100 s. */
const msPerTick = 10

/** The CPU time of a process so far, in ms; undefined if the system does not report it. */
export function readCpuMs(pid: number | undefined): number | undefined {
  try {
    // The name in parentheses may contain any character: user and system time are the 12th and 13th fields after it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const ticks = Number(fields[11]) + Number(fields[12])
    return Number.isNaN(ticks) ? undefined : ticks * msPerTick
  } catch {
    return undefined
  }
}
