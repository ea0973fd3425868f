import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { readClockMs } from '../../clock.ts'
import { maxSamplesBytes } from '../../limits.ts'
import { parseSamples, type Sample } from '../../resources/sample.ts'
import { readText } from '../open-regular.ts'
import { isSameProcess } from '../process-start.ts'
import { openSamples } from './read-sample.ts'
import type { Sampler } from './start-sampler.ts'

/** What the process has seen, and a last look at the runner where it still ran. */
export interface EndedSampler {
  readonly samples: readonly Sample[]
  /** Whether it had ended before. */
  readonly isEarly: boolean
}

/** Reads what the process has written, ends it if it is still that process, and removes its files. */
export async function endSampler(sampler: Sampler, disk: string | undefined): Promise<EndedSampler> {
  const { file, alarm } = sampler
  const isAlive = isRunning(sampler)
  const last = isAlive ? await openSamples(disk || dirname(file))() : undefined
  const samples = parseSamples(readText(file, 'never', maxSamplesBytes) ?? '').filter(
    ({ atMs }) => atMs <= readClockMs(),
  )
  // Elsewhere it ends by itself, since its file is gone: by its number alone it could be anybody's.
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
    // It has just ended.
  }
}

function remove(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true })
  } catch {
    // The runner empties RUNNER_TEMP.
  }
}
