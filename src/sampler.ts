import { closeSync, constants, openSync, writeFileSync, writeSync } from 'node:fs'
import { readClockMs } from './clock.ts'
import { maxSamplesAtPace, memoryAlarmShare, samplerLookMs } from './limits.ts'
import type { Sample } from './resources/sample.ts'
import { readStartTicks } from './runner/process-start.ts'
import { openSamples } from './runner/sampler/read-sample.ts'
import type { SamplerOrders } from './runner/sampler/start-sampler.ts'
import type { Alarm } from './runner/sampler/take-alarms.ts'

/**
 * The process that measures the runner while the job's steps run. It appends each sample to a file as a line of JSON, and ends when the
 * file is gone or cannot be written to. It opens the file for each sample, so that a removed file frees its disk space.
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

/** If a runner dies because memory ran out, the end of the job never runs. The next job on it can read this file. */
function raiseAlarm({ memory }: Sample): void {
  if (memory === undefined || memory[0] < memory[1] * memoryAlarmShare) return
  try {
    const [{ pid }, [used, total]] = [process, memory]
    const found: Alarm = { build, time: new Date().toISOString(), used, total, pid, startTicks: readStartTicks(pid) }
    writeFileSync(alarm, `${JSON.stringify(found)}\n`, { flag: 'wx', mode: 0o600, flush: true })
  } catch {
    // The file exists already, or cannot be created.
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
  // The file is gone, or the disk is full.
  () => process.exit(),
)
