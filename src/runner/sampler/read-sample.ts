import { readFileSync, statfsSync } from 'node:fs'
import { readClockMs } from '../../clock.ts'
import {
  type CgroupLimit,
  findControllers,
  findCpuLimit,
  findMemoryLimit,
  type ReadText,
  readCpuMs,
  readMemoryUse,
  readOomKills,
} from '../../resources/cgroup.ts'
import { parseCounter, parseCpuTicks, parseMemory, parseNetwork, parseVmStat } from '../../resources/proc.ts'
import type { Sample } from '../../resources/sample.ts'

/** Takes a sample. Values that cannot be read are absent. */
export type ReadSample = () => Promise<Sample>

/**
 * Finds the sources of samples on this system; a container's limits take precedence over the machine's.
 * @param disk a path on the disk to measure
 * @param root the root of Linux's files, for tests
 */
export function openSamples(disk: string, root = ''): ReadSample {
  const os = process.getBuiltinModule('node:os')
  const read: ReadText = (path) => {
    try {
      return readFileSync(`${root}${path}`, 'utf8')
    } catch {
      return undefined
    }
  }
  const cores = os.availableParallelism()
  const readUse = process.platform === 'linux' ? openLinux(read, cores) : openOther(os, cores)
  return async () => {
    const use = await readUse()
    return { ...use, ...readDisk(disk) }
  }
}

function openLinux(read: ReadText, allCores: number): ReadSample {
  const controllers = findControllers(read('/proc/self/cgroup') ?? '', read('/proc/self/mountinfo') ?? '')
  const [, total = Number.POSITIVE_INFINITY] = parseMemory(read('/proc/meminfo') ?? '') ?? []
  const memory = findMemoryLimit(controllers, read, total)
  const cpu = findCpuLimit(controllers, read, allCores)
  return async () => {
    const atMs = readClockMs()
    const busyMs = cpu && readCpuMs(cpu, read)
    const ticks =
      cpu === undefined
        ? parseCpuTicks(read('/proc/stat') ?? '')
        : busyMs === undefined
          ? undefined
          : ([busyMs, atMs * cpu.limit] as const)
    const used = readUsed(memory, read)
    const network = parseNetwork(read('/proc/net/dev') ?? '')
    const oomKills = memory ? readOomKills(memory, read) : parseCounter(read('/proc/vmstat') ?? '', 'oom_kill')
    return {
      ...{ atMs, cores: cpu === undefined ? allCores : Math.ceil(cpu.limit) },
      ...(ticks && { cpu: ticks }),
      ...(used && { memory: used }),
      ...(network && { network }),
      ...(oomKills !== undefined && { oomKills }),
    }
  }
}

function readUsed(limit: CgroupLimit | undefined, read: ReadText): Sample['memory'] {
  if (limit === undefined) return parseMemory(read('/proc/meminfo') ?? '')
  const used = readMemoryUse(limit, read)
  return used === undefined ? undefined : [used, limit.limit]
}

/** The values that Node provides: all for Windows, and for macOS all but memory in use, since Node's free memory there excludes caches. */
function openOther(os: typeof import('node:os'), cores: number): ReadSample {
  return async () => {
    const times = os.cpus().map((core) => core.times)
    const busy = times.reduce((sum, { user, nice, sys, irq }) => sum + user + nice + sys + irq, 0)
    const idle = times.reduce((sum, one) => sum + one.idle, 0)
    const total = os.totalmem()
    const used = process.platform === 'darwin' ? await readVmStat() : total - os.freemem()
    return {
      ...{ atMs: readClockMs(), cores },
      ...(times.length > 0 && { cpu: [busy, busy + idle] as const }),
      ...(used !== undefined && { memory: [used, total] as const }),
    }
  }
}

async function readVmStat(): Promise<number | undefined> {
  const { execFile } = await import('node:child_process')
  return await new Promise((resolve) => {
    execFile('/usr/bin/vm_stat', { timeout: 2000 }, (error, stdout) => resolve(error ? undefined : parseVmStat(stdout)))
  })
}

function readDisk(path: string): { diskFree?: number } {
  try {
    const { bavail, bsize } = statfsSync(path)
    return { diskFree: bavail * bsize }
  } catch {
    return {}
  }
}
