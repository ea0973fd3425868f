import { execFileSync, spawnSync } from 'node:child_process'
import { accessSync, constants, mkdirSync, mkdtempSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readClockMs } from '../../src/clock.ts'
import { parseCpuTicks, parseMemory } from '../../src/resources/proc.ts'
import { parseSamples } from '../../src/resources/sample.ts'
import { closing } from './closing.ts'
import { openScenario } from './scenario.ts'

const mib = 2 ** 20
const with_ = { resources: '{every: 1s}', captures: '- duration' }

/** Burns one core and holds memory, for so many seconds. */
const burn = (seconds: number, mebibytes = 500) =>
  `python3 -c "import time; held = bytearray(b'x') * (${mebibytes} * 2**20); end = time.time() + ${seconds}\nwhile time.time() < end: pass"`

const readTicks = () => parseCpuTicks(readFileSync('/proc/stat', 'utf8')) ?? [0, 1]

/** /proc side by side, while a step runs. */
async function watchMemory<T>(work: Promise<T>): Promise<number> {
  let most = 0
  const timer = setInterval(() => {
    most = Math.max(most, parseMemory(readFileSync('/proc/meminfo', 'utf8'))?.[0] ?? 0)
  }, 100)
  await work
  clearInterval(timer)
  return most
}

describe.skipIf(process.platform !== 'linux')('what resources measures', () => {
  test('is what /proc says, side by side', async () => {
    const scenario = await openScenario({ with: with_ })
    let [before, after, memory] = [readTicks(), readTicks(), 0]
    const { point } = await scenario.run(async () => {
      before = readTicks()
      memory = await watchMemory(scenario.job.step('burn', burn(4)))
      after = readTicks()
    })
    const { fields } = point()
    const share = (after[0] - before[0]) / (after[1] - before[1])
    // Main and post are in the one, and not in the other.
    expect(Number(fields.cpu_mean)).toBeGreaterThan(share * 0.9)
    expect(Number(fields.cpu_mean)).toBeLessThanOrEqual(Math.min(1, share * 1.1 + 0.02))
    expect(Number(fields.memory_max)).toBeGreaterThan(memory * 0.9 - 50 * mib)
    expect(Number(fields.memory_max)).toBeLessThan(memory * 1.1 + 50 * mib)
    expect(Number(fields.memory_total)).toBe(parseMemory(readFileSync('/proc/meminfo', 'utf8'))?.[1])
    expect(Number(fields.cores)).toBe(Number(execFileSync('nproc', { encoding: 'utf8' })))
  })
})

/** Where a cgroup with limits can be made by hand: the folders that it has, and what its files are called. */
interface Place {
  readonly version: 1 | 2
  readonly folders: readonly string[]
  limit(folders: readonly string[], bytes: number, cores: number): void
}

const name = `build-stats-test-${process.pid}`

function findPlace(): Place | undefined {
  if (spawnSync('/usr/bin/time', ['-v', 'true']).status !== 0) return undefined
  const version1 = ['memory', 'cpu', 'cpuacct'].map((controller) => `/sys/fs/cgroup/${controller}`)
  if (version1.every(isWritable)) {
    return {
      ...{ version: 1, folders: version1.map((folder) => `${folder}/${name}`) },
      limit: ([memory = '', cpu = ''], bytes, cores) => {
        writeFileSync(`${memory}/memory.limit_in_bytes`, `${bytes}`)
        writeFileSync(`${cpu}/cpu.cfs_quota_us`, `${cores * 100_000}`)
      },
    }
  }
  const mount = / - cgroup2 /.test(readFileSync('/proc/self/mountinfo', 'utf8')) ? '/sys/fs/cgroup' : ''
  try {
    // It fails where version 1 has them, where the folder is read-only, and below the top where there are processes in it.
    writeFileSync(`${mount}/cgroup.subtree_control`, '+memory +cpu')
  } catch {
    return undefined
  }
  return {
    ...{ version: 2, folders: [`${mount}/${name}`] },
    limit: ([folder = ''], bytes, cores) => {
      writeFileSync(`${folder}/memory.max`, `${bytes}`)
      writeFileSync(`${folder}/cpu.max`, `${cores * 100_000} 100000`)
    },
  }
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** A cgroup with limits. Its programs begin with what `enter` does in Python. */
function makeCgroup({ folders, limit }: Place, bytes: number, cores: number): { enter: string } {
  for (const folder of folders) mkdirSync(folder)
  closing({
    close: async () => {
      for (const folder of folders) {
        for (const pid of readFileSync(`${folder}/cgroup.procs`, 'utf8').split('\n').filter(Boolean)) {
          writeFileSync(`${folder}/../cgroup.procs`, pid)
        }
        rmdirSync(folder)
      }
    },
  })
  limit(folders, bytes, cores)
  return {
    enter: `import os, sys\nfor f in ${JSON.stringify(folders)}: open(f + "/cgroup.procs", "w").write(str(os.getpid()))`,
  }
}

const place = process.platform === 'linux' ? findPlace() : undefined

// No package can add it to a machine: a skip would fail every CI whose machine has none that can be written to.
if (place === undefined)
  console.warn('Not tested: a real cgroup with a limit. A copied tree is, in test/runner and test/resources.')
else describe(`a cgroup with a limit, of version ${place.version}, made by hand`, () => testLimits(place))

function testLimits(place: Place): void {
  test('counts, and not the machine: its use is what /usr/bin/time says', async () => {
    const cores = availableParallelism() / 2
    const { enter } = makeCgroup(place, 2048 * mib, cores)
    const folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
    closing({ close: async () => rmSync(folder, { recursive: true }) })
    // All of a container is in one cgroup, the node that runs the action among it. No shell: these drop variables with a hyphen.
    const node = join(folder, 'node')
    const exec = `os.execv(${JSON.stringify(process.execPath)}, [${JSON.stringify(process.execPath)}] + sys.argv[1:])`
    writeFileSync(node, `#!/usr/bin/env python3\n${enter}\n${exec}\n`, { mode: 0o755 })
    const burning = join(folder, 'burn.py')
    writeFileSync(burning, `${enter}\nos.execvp("time", ["time", "-v"] + sys.argv[1:])\n`)
    const scenario = await openScenario({ with: with_, node })
    let told = ''
    let startMs = 0
    const alarms: unknown[] = []
    const { point, log } = await scenario.run(async () => {
      told = (await scenario.job.step('burn', `python3 ${burning} ${burn(4, 1950)}`)).stderr
      const { file, alarm } = JSON.parse(scenario.job.state['build-stats'] ?? '').sampler
      // More than 95 % of it.
      alarms.push(JSON.parse(readFileSync(alarm, 'utf8')))
      startMs = parseSamples(readFileSync(file, 'utf8'))[0]?.atMs ?? 0
    })
    const seconds = (readClockMs() - startMs) / 1000
    const find = (name: string) => Number(new RegExp(`${name}.*: ([\\d.]+)`).exec(told)?.[1])
    const { fields } = point()
    expect(fields).toMatchObject({ memory_total: BigInt(2048 * mib), cores: BigInt(Math.ceil(cores)) })
    // What else is in there: the process that looks, and the action's.
    const resident = find('Maximum resident set size') * 1024
    expect(Number(fields.memory_max)).toBeGreaterThan(resident * 0.95)
    expect(Number(fields.memory_max)).toBeLessThan(resident * 1.05 + 100 * mib)
    expect(alarms).toEqual([expect.objectContaining({ build: 'CI/test #42', total: 2048 * mib })])
    expect(log).toMatch(/Memory reached 9\d % of 2 GiB\./)
    const used = find('User time') + find('System time')
    const computed = Number(fields.cpu_mean) * seconds * cores
    expect(computed).toBeGreaterThan(used * 0.95)
    expect(computed).toBeLessThan(used * 1.05 + 1)
  })
}
