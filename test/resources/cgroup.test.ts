import { describe, expect, test } from 'vitest'
import {
  findControllers,
  findCpuLimit,
  findMemoryLimit,
  readCpuMs,
  readMemoryUse,
  readOomKills,
} from '../../src/resources/cgroup.ts'

const gib = 2 ** 30
const unlimited = '9223372036854771712\n'
const readFrom = (files: Readonly<Record<string, string>>) => (path: string) => files[path]

describe('version 2', () => {
  const mounts = '29 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate\n'

  test('in a container, its own folder is the top', () => {
    const read = readFrom({
      '/sys/fs/cgroup/memory.max': `${2 * gib}\n`,
      '/sys/fs/cgroup/memory.current': `${gib}\n`,
      '/sys/fs/cgroup/memory.stat': `anon 5\nfile 9\ninactive_file ${gib / 4}\n`,
      '/sys/fs/cgroup/memory.events': 'low 0\nhigh 0\nmax 7\noom 2\noom_kill 1\n',
      '/sys/fs/cgroup/cpu.max': '150000 100000\n',
      '/sys/fs/cgroup/cpu.stat': 'usage_usec 2500000\nuser_usec 2000000\n',
    })
    const controllers = findControllers('0::/\n', mounts)
    const memory = findMemoryLimit(controllers, read, 16 * gib)
    expect(memory).toEqual({ version: 2, folder: '/sys/fs/cgroup', limit: 2 * gib })
    const cpu = findCpuLimit(controllers, read, 4)
    expect(cpu).toEqual({ version: 2, folder: '/sys/fs/cgroup', limit: 1.5 })
    if (memory === undefined || cpu === undefined) return
    expect(readMemoryUse(memory, read)).toBe(0.75 * gib)
    expect(readOomKills(memory, read)).toBe(1)
    expect(readCpuMs(cpu, read)).toBe(2500)
  })

  test('the narrowest limit above a process counts, and what all below it use', () => {
    const read = readFrom({
      '/sys/fs/cgroup/pod/job/memory.max': 'max\n',
      '/sys/fs/cgroup/pod/memory.max': `${gib}\n`,
      '/sys/fs/cgroup/memory.max': `${3 * gib}\n`,
      '/sys/fs/cgroup/pod/job/cpu.max': 'max 100000\n',
    })
    const controllers = findControllers('0::/pod/job\n', mounts)
    expect(findMemoryLimit(controllers, read, 16 * gib)).toMatchObject({ folder: '/sys/fs/cgroup/pod' })
    expect(findCpuLimit(controllers, read, 4)).toBeUndefined()
  })

  test('a limit that is no less than the machine has is none', () => {
    const read = readFrom({ '/sys/fs/cgroup/memory.max': `${16 * gib}\n`, '/sys/fs/cgroup/cpu.max': '400000 100000\n' })
    const controllers = findControllers('0::/\n', mounts)
    expect(findMemoryLimit(controllers, read, 16 * gib)).toBeUndefined()
    expect(findCpuLimit(controllers, read, 4)).toBeUndefined()
  })
})

describe('version 1', () => {
  const mounts = [
    '32 31 0:29 / /sys/fs/cgroup/cpu rw - cgroup cgroup rw,cpu',
    '33 31 0:30 / /sys/fs/cgroup/cpuacct rw - cgroup cgroup rw,cpuacct',
    '35 31 0:32 /docker/abc /sys/fs/cgroup/my\\040memory rw - cgroup cgroup rw,memory',
    '41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw',
  ].join('\n')
  const controllers = findControllers('4:memory:/docker/abc\n2:cpuacct:/job\n1:cpu:/job\n0::/\n', mounts)

  test('a mount for each controller, of which a container sees its part', () => {
    const folder = '/sys/fs/cgroup/my memory'
    const read = readFrom({
      [`${folder}/memory.limit_in_bytes`]: `${gib}\n`,
      [`${folder}/memory.usage_in_bytes`]: `${gib / 2}\n`,
      [`${folder}/memory.stat`]: `inactive_file 1\ntotal_inactive_file ${gib / 4}\n`,
      [`${folder}/memory.oom_control`]: 'oom_kill_disable 0\nunder_oom 0\noom_kill 3\n',
    })
    const memory = findMemoryLimit(controllers, read, 16 * gib)
    expect(memory).toEqual({ version: 1, folder, limit: gib })
    if (memory === undefined) return
    expect(readMemoryUse(memory, read)).toBe(gib / 4)
    expect(readOomKills(memory, read)).toBe(3)
  })

  test('time is counted elsewhere than it is limited', () => {
    const read = readFrom({
      '/sys/fs/cgroup/cpu/job/cpu.cfs_quota_us': '200000\n',
      '/sys/fs/cgroup/cpu/job/cpu.cfs_period_us': '100000\n',
      '/sys/fs/cgroup/cpuacct/job/cpuacct.usage': '1500000000\n',
    })
    const cpu = findCpuLimit(controllers, read, 8)
    expect(cpu).toEqual({ version: 1, folder: '/sys/fs/cgroup/cpuacct/job', limit: 2 })
    if (cpu !== undefined) expect(readCpuMs(cpu, read)).toBe(1500)
  })

  test('no limit is -1 or more than there is', () => {
    const read = readFrom({
      '/sys/fs/cgroup/cpu/job/cpu.cfs_quota_us': '-1\n',
      '/sys/fs/cgroup/cpu/job/cpu.cfs_period_us': '100000\n',
      '/sys/fs/cgroup/my memory/memory.limit_in_bytes': unlimited,
    })
    expect(findCpuLimit(controllers, read, 8)).toBeUndefined()
    expect(findMemoryLimit(controllers, read, 16 * gib)).toBeUndefined()
  })
})

test('what cannot be read is not known', () => {
  const limit = { version: 2, folder: '/x', limit: 1 } as const
  const read = () => undefined
  expect([readMemoryUse(limit, read), readOomKills(limit, read), readCpuMs(limit, read)]).toEqual(
    Array(3).fill(undefined),
  )
  expect(findMemoryLimit(findControllers('', ''), read, gib)).toBeUndefined()
})
