import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { readClockMs } from '../../clock.ts'
import { maxSamplesBytes } from '../../limits.ts'
import { parseSamples, type Sample } from '../../resources/sample.ts'
import { readText } from '../open-regular.ts'
import { isSameProcess } from '../process-start.ts'
import { openSamples } from './read-sample.ts'
import type { Sampler } from './start-sampler.ts'

/** The samples of the process, with a last one if it was still running. */
export interface EndedSampler {
  readonly samples: readonly Sample[]
  /** Whether it had ended early. */
  readonly isEarly: boolean
}

/** Reads the samples, ends the process if the number still belongs to it, and removes its files. */
export async function endSampler(sampler: Sampler, disk: string | undefined): Promise<EndedSampler> {
  const { file, alarm } = sampler
  const isAlive = isRunning(sampler)
  const last = isAlive ? await openSamples(disk || dirname(file))() : undefined
  const samples = parseSamples(readText(file, 'never', maxSamplesBytes) ?? '').filter(
    ({ atMs }) => atMs <= readClockMs(),
  )
  // Where the start is not known, the process ends by itself because its file is removed: its number alone may belong to another process.
  if (isAlive && sampler.startTicks !== undefined) kill(sampler.pid)
  for (const path of [dirname(file), alarm]) remove(path)
  const isLater = last !== undefined && last.atMs > (samples.at(-1)?.atMs ?? -1)
  return { samples: isLater && samples.length > 0 ? [...samples, last] : samples, isEarly: !isAlive }
}

function isRunning({ pid, startTicks, file }: Sampler): boolean {
  if (startTicks !== undefined) return isSameProcess(pid, startTicks, file)
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // The process has just ended.
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // The runner empties RUNNER_TEMP.
  }
}
