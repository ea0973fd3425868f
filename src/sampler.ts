import { closeSync, constants, openSync, writeFileSync, writeSync } from 'node:fs'
import { readClockMs } from './clock.ts'
import { maxSamplesAtPace, memoryAlarmShare, samplerLookMs } from './limits.ts'
import type { Sample } from './resources/sample.ts'
import { readStartTicks } from './runner/process-start.ts'
import { openSamples } from './runner/sampler/read-sample.ts'
import type { SamplerOrders } from './runner/sampler/start-sampler.ts'
import type { Alarm } from './runner/sampler/take-alarms.ts'

/**
 * The process that looks at the runner while the job's steps run, and appends what it sees to a file, a line of JSON each time. It
 * ends when the file is gone, or takes nothing more. The file is opened each time, so that a disk is free of it once it is removed.
 */

const { file, disk, everyMs, forMs, alarm, build } = JSON.parse(process.argv[2] ?? '') as SamplerOrders
const { O_WRONLY, O_APPEND, O_NOFOLLOW = 0, O_NONBLOCK = 0 } = constants

function append(text: string): void {
  const opened = openSync(file, O_WRONLY | O_APPEND | O_NOFOLLOW | O_NONBLOCK)
  try {
    writeSync(opened, text)
  } finally {
    closeSync(opened)
  }
}

/** A runner that has no memory left runs no end of the job: what is known is written where it may be found then. */
function raiseAlarm({ memory }: Sample): void {
  if (memory === undefined || memory[0] < memory[1] * memoryAlarmShare) return
  try {
    const [{ pid }, [used, total]] = [process, memory]
    const found: Alarm = { build, time: new Date().toISOString(), used, total, pid, startTicks: readStartTicks(pid) }
    writeFileSync(alarm, `${JSON.stringify(found)}\n`, { flag: 'wx', mode: 0o600, flush: true })
  } catch {
    // There is one already, or no place for it.
  }
}

async function run(): Promise<void> {
  const readSample = openSamples(disk)
  const endMs = readClockMs() + forMs
  let [paceMs, count] = [everyMs, 0]
  for (let nextMs = 0; readClockMs() < endMs; ) {
    if (readClockMs() >= nextMs) {
      nextMs = readClockMs() + paceMs
      const sample = await readSample()
      append(`${JSON.stringify(sample)}\n`)
      raiseAlarm(sample)
      count++
      if (count % maxSamplesAtPace === 0) paceMs *= 2
    } else append('')
    const waitMs = Math.max(1, Math.min(nextMs - readClockMs(), samplerLookMs, endMs - readClockMs()))
    await new Promise((resolve) => setTimeout(resolve, waitMs))
  }
}

run().then(
  () => process.exit(),
  // The file is gone, or the disk is full: what is written is all there is.
  () => process.exit(),
)
