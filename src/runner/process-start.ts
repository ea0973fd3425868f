import { readFileSync } from 'node:fs'
import { parseStartTicks } from '../resources/proc.ts'

/** When a process started, in ticks; undefined if it does not exist or the system does not report it. */
export function readStartTicks(pid: number): string | undefined {
  try {
    return parseStartTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether a process is still the one with this start and argument: the system may have reused its number. */
export function isSameProcess(pid: number, startTicks: string, argument: string): boolean {
  try {
    return readStartTicks(pid) === startTicks && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(argument)
  } catch {
    return false
  }
}
