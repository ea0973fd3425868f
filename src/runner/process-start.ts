import { readFileSync } from 'node:fs'
import { parseStartTicks } from '../resources/proc.ts'

/** When a process began; undefined where there is none, or the system does not tell. */
export function readStartTicks(pid: number): string | undefined {
  try {
    return parseStartTicks(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return undefined
  }
}

/** Whether a process is still the one that began then and was given that argument: its number may be another one's by now. */
export function isSameProcess(pid: number, startTicks: string, argument: string): boolean {
  try {
    return readStartTicks(pid) === startTicks && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(argument)
  } catch {
    return false
  }
}
