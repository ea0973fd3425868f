import { readFileSync } from 'node:fs'

/** Linux counts in hundredths of a second for everybody who asks. */
const msPerTick = 10

/** What a process has computed so far; undefined where the system does not tell. */
export function readCpuMs(pid: number | undefined): number | undefined {
  try {
    // The name in brackets may hold anything: user and system time are the 12th and 13th behind it.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? []
    const ticks = Number(fields[11]) + Number(fields[12])
    return Number.isNaN(ticks) ? undefined : ticks * msPerTick
  } catch {
    return undefined
  }
}
