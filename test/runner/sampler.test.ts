import { execFileSync, spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readClockMs } from '../../src/clock.ts'
import { isSameProcess, readStartTicks } from '../../src/runner/process-start.ts'
import { endSampler } from '../../src/runner/sampler/end-sampler.ts'
import { openSamples } from '../../src/runner/sampler/read-sample.ts'
import { type Sampler, startSampler } from '../../src/runner/sampler/start-sampler.ts'
import { takeAlarms } from '../../src/runner/sampler/take-alarms.ts'

const script = new URL('../../src/sampler.ts', import.meta.url)
const started: Sampler[] = []
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => {
  for (const sampler of started.splice(0)) if (isRunning(sampler)) process.kill(sampler.pid, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

async function begin(everyMs = 100, runnerTemp = folder): Promise<Sampler> {
  const env = { RUNNER_TEMP: runnerTemp, GITHUB_WORKSPACE: folder }
  const sampler = await startSampler(script, env, { everyMs, build: 'CI/test #1', folder })
  started.push(sampler)
  return sampler
}

function isRunning({ pid, startTicks = '', file }: Sampler): boolean {
  return isSameProcess(pid, startTicks, file)
}

async function expectSoon(check: () => boolean, withinMs = 15_000): Promise<void> {
  const endMs = performance.now() + withinMs
  while (!check() && performance.now() < endMs) await wait(20)
  expect(check()).toBe(true)
}

const countLines = ({ file }: Sampler) => readFileSync(file, 'utf8').split('\n').length - 1

describe.skipIf(process.platform !== 'linux')('the process that looks at the runner', { timeout: 30_000 }, () => {
  test('writes into a file that is its own, and is gone when it is ended', async () => {
    const sampler = await begin()
    await expectSoon(() => countLines(sampler) >= 3)
    expect(statSync(sampler.file).mode & 0o777).toBe(0o600)
    expect(statSync(dirname(sampler.file)).mode & 0o777).toBe(0o700)
    const { samples, isEarly } = await endSampler(sampler, folder)
    expect(isEarly).toBe(false)
    expect(samples.length).toBeGreaterThanOrEqual(4)
    expect(samples[0]).toMatchObject({
      cpu: expect.any(Array),
      memory: expect.any(Array),
      diskFree: expect.any(Number),
    })
    await expectSoon(() => !isRunning(sampler))
    expect(readdirSync(folder)).toEqual([])
  })

  test('two of one machine do not mix', async () => {
    const [one, other] = await Promise.all([begin(), begin()])
    expect(one.file).not.toBe(other.file)
    await expectSoon(() => countLines(one) >= 2 && countLines(other) >= 2)
    await endSampler(one, folder)
    const before = countLines(other)
    await expectSoon(() => countLines(other) > before)
    expect(isRunning(other)).toBe(true)
  })

  test('ends by itself where its file is gone, however rarely it looks', async () => {
    const sampler = await begin(300_000)
    await expectSoon(() => countLines(sampler) >= 1)
    rmSync(dirname(sampler.file), { recursive: true })
    // Nobody ends it: the end of the job never runs.
    await expectSoon(() => !isRunning(sampler))
    expect(readdirSync(folder)).toEqual([])
  })

  test('ends where its file is replaced by a link, and leads nowhere', async () => {
    const sampler = await begin()
    await expectSoon(() => countLines(sampler) >= 1)
    const target = join(folder, 'target')
    writeFileSync(target, '')
    rmSync(sampler.file)
    symlinkSync(target, sampler.file)
    await expectSoon(() => !isRunning(sampler))
    expect(readFileSync(target, 'utf8')).toBe('')
    expect(await endSampler(sampler, folder)).toEqual({ samples: [], isEarly: true })
  })

  test('a number that another process has taken is let alone', async () => {
    const child = spawn('sleep', ['60'], { stdio: 'ignore' })
    try {
      const sampler = await begin()
      await expectSoon(() => countLines(sampler) >= 2)
      const { isEarly } = await endSampler({ ...sampler, pid: child.pid ?? 0 }, folder)
      expect(isEarly).toBe(true)
      expect(readStartTicks(child.pid ?? 0)).toBeDefined()
      // And it ends all the same, since its file is gone.
      await expectSoon(() => !isRunning(sampler))
    } finally {
      child.kill('SIGKILL')
    }
  })

  test('does not begin where no file can be made, and leaves nothing', async () => {
    const script = new URL('file:///nowhere/sampler.js')
    const env = { RUNNER_TEMP: '/dev/null/nope', TMPDIR: '/dev/null/nope' }
    const saved = process.env.TMPDIR
    process.env.TMPDIR = '/dev/null/nope'
    try {
      await expect(startSampler(script, env, { everyMs: 100, build: '', folder })).rejects.toThrow(/ENOTDIR/)
    } finally {
      if (saved === undefined) delete process.env.TMPDIR
      else process.env.TMPDIR = saved
    }
  })

  test('samples of a clock that is ahead, or of no clock at all, are left out', async () => {
    const sampler = await begin()
    await expectSoon(() => countLines(sampler) >= 2)
    writeFileSync(sampler.file, `{"atMs":${readClockMs() + 1e9},"cpu":[1,2]}\nnonsense\n`, { flag: 'a' })
    const { samples } = await endSampler(sampler, folder)
    expect(samples.every(({ atMs }) => atMs <= readClockMs())).toBe(true)
    expect(samples.length).toBeGreaterThanOrEqual(2)
  })
})

function mountSmallDisk(path: string): boolean {
  try {
    mkdirSync(path)
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', path], { stdio: 'pipe' })
    return true
  } catch {
    return false
  }
}

test('a disk that is full ends it, and what it wrote before counts', async (context) => {
  const disk = join(folder, 'disk')
  if (!mountSmallDisk(disk)) return context.skip('no file system can be mounted here')
  try {
    const sampler = await begin(100, disk)
    await expectSoon(() => countLines(sampler) >= 2)
    execFileSync('sh', ['-c', `cat /dev/zero > ${join(disk, 'filler')} 2>/dev/null || true`])
    await expectSoon(() => !isRunning(sampler))
    const { samples, isEarly } = await endSampler(sampler, folder)
    expect(isEarly).toBe(true)
    expect(samples.length).toBeGreaterThanOrEqual(2)
    expect(existsSync(sampler.file)).toBe(false)
  } finally {
    execFileSync('umount', ['-l', disk])
  }
}, 30_000)

test('an alarm that no end of a job has removed is reported once; that of a job which goes on is not', async () => {
  const path = join(folder, 'build-stats-resources-abc123-memory.json')
  const alarm = { build: 'CI/test #1', time: '2026-11-29T00:00:00.000Z', used: 97, total: 100, pid: 2 ** 22 }
  const put = (value: unknown, at = path) => writeFileSync(at, JSON.stringify(value))
  put({ ...alarm, startTicks: '5' })
  expect(takeAlarms(folder)).toEqual([{ ...alarm, startTicks: '5' }])
  expect(takeAlarms(folder)).toEqual([])
  for (const wrong of [null, [], { ...alarm, used: '9' }, { ...alarm, total: 0 }]) {
    put(wrong)
    expect(takeAlarms(folder)).toEqual([])
  }
  rmSync(path)
  put(alarm, join(folder, 'target'))
  symlinkSync(join(folder, 'target'), path)
  expect(takeAlarms(folder)).toEqual([])
  expect(takeAlarms('/nowhere')).toEqual([])
  if (process.platform !== 'linux') return
  rmSync(path)
  const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60_000)', path], { stdio: 'ignore' })
  try {
    put({ ...alarm, pid: child.pid, startTicks: readStartTicks(child.pid ?? 0) })
    expect(takeAlarms(folder)).toEqual([])
  } finally {
    child.kill('SIGKILL')
  }
  let taken = 0
  await expectSoon(() => {
    taken += takeAlarms(folder).length
    return taken === 1
  })
})

test.skipIf(process.platform !== 'linux')('a container of version 2 is found in a copied tree', async () => {
  const files: Record<string, string> = {
    'proc/self/cgroup': '0::/\n',
    'proc/self/mountinfo': '29 23 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n',
    'proc/meminfo': 'MemTotal: 16777216 kB\nMemAvailable: 8388608 kB\n',
    'proc/stat': 'cpu  100 0 0 100 0 0 0 0 0 0\n',
    'proc/net/dev': 'head\nhead\n  eth0: 5 0 0 0 0 0 0 0 7 0 0 0 0 0 0 0\n',
    'sys/fs/cgroup/memory.max': '2147483648\n',
    'sys/fs/cgroup/memory.current': '1073741824\n',
    'sys/fs/cgroup/memory.stat': 'inactive_file 73741824\n',
    'sys/fs/cgroup/memory.events': 'oom 1\noom_kill 1\n',
    'sys/fs/cgroup/cpu.max': '50000 100000\n',
    'sys/fs/cgroup/cpu.stat': 'usage_usec 3000\n',
  }
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  const sample = await openSamples(folder, folder)()
  expect(sample).toEqual({
    ...{ atMs: expect.any(Number), diskFree: expect.any(Number), cores: 1 },
    ...{ cpu: [3, sample.atMs / 2], memory: [1_000_000_000, 2_147_483_648], network: [5, 7], oomKills: 1 },
  })
  // What is not there is left out.
  for (const path of ['sys/fs/cgroup/memory.current', 'sys/fs/cgroup/cpu.stat', 'proc/net/dev']) {
    rmSync(join(folder, path))
  }
  expect(Object.keys(await openSamples('/nowhere', folder)())).toEqual(['atMs', 'cores', 'oomKills'])
})
