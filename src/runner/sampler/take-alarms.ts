import { closeSync, fstatSync, readdirSync, readSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { cutText } from '../../build/cut-text.ts'
import { openRegular } from '../open-regular.ts'
import { isSameProcess } from '../process-start.ts'

/** What the sampling process writes when memory runs short. */
export interface Alarm {
  readonly build: string
  readonly time: string
  readonly used: number
  readonly total: number
  readonly pid: number
  readonly startTicks?: string | undefined
}

const names = /^build-stats-resources-\w+-memory\.json$/
const [maxAlarms, maxBytes, maxName] = [10, 4096, 200]

/** Reads and removes alarms that no job has removed at its end, because its runner died. Never throws. */
export function takeAlarms(folder: string): Alarm[] {
  return listNames(folder).flatMap((name) => {
    const path = join(folder, name)
    const alarm = readAlarm(path)
    if (alarm === undefined) return []
    // It belongs to another job on this machine that is still running.
    if (alarm.startTicks !== undefined && isSameProcess(alarm.pid, alarm.startTicks, path)) return []
    rmSync(path, { force: true })
    return [alarm]
  })
}

function listNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => names.test(name))
      .slice(0, maxAlarms)
  } catch {
    return []
  }
}

/** Reads an alarm of this user only: others may write to the folder too. */
function readAlarm(path: string): Alarm | undefined {
  try {
    const opened = openRegular(path, 'never')
    if (opened === undefined) return undefined
    try {
      if (process.getuid !== undefined && fstatSync(opened.file).uid !== process.getuid()) return undefined
      const buffer = Buffer.alloc(Math.min(opened.size, maxBytes))
      const text = buffer.toString('utf8', 0, readSync(opened.file, buffer, 0, buffer.length, 0))
      const { build, time, used, total, pid, startTicks } = JSON.parse(text) as Record<keyof Alarm, unknown>
      if (![used, total, pid].every((value) => typeof value === 'number' && value > 0)) return undefined
      const known = { build: cutText(String(build), maxName), time: cutText(String(time), maxName) }
      return {
        ...known,
        ...{ used: Number(used), total: Number(total), pid: Number(pid) },
        ...(typeof startTicks === 'string' && { startTicks }),
      }
    } finally {
      closeSync(opened.file)
    }
  } catch {
    return undefined
  }
}
