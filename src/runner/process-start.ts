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
