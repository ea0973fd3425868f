import { describe, expect, test } from 'vitest'
import {
  parseCounter,
  parseCpuTicks,
  parseMemory,
  parseNetwork,
  parseStartTicks,
  parseVmStat,
} from '../../src/resources/proc.ts'

describe('/proc/stat', () => {
  test('steal was possible and is not used; guests are in user time already', () => {
    expect(parseCpuTicks('cpu  100 10 20 500 50 1 2 30 40 5\ncpu0 1 1 1 1\nintr 5\n')).toEqual([133, 713])
  })
  test('of an old kernel has four numbers', () => expect(parseCpuTicks('cpu 1 2 3 4\n')).toEqual([6, 10]))
  test.each(['', 'cpu\n', 'cpu  a b c d\n', 'cpu0 1 2 3 4\n'])('%j tells nothing', (text) => {
    expect(parseCpuTicks(text)).toBeUndefined()
  })
})

describe('/proc/meminfo', () => {
  test('caches that programs could get are not in use', () => {
    expect(parseMemory('MemTotal:       16384 kB\nMemFree:  1024 kB\nMemAvailable:   10240 kB\n')).toEqual([
      6144 * 1024,
      16384 * 1024,
    ])
  })
  test('without MemAvailable nothing is known', () => {
    expect(parseMemory('MemTotal:       16384 kB\nMemFree:  1024 kB\n')).toBeUndefined()
  })
})

describe('/proc/net/dev', () => {
  const head = 'Inter-|   Receive   |  Transmit\n face |bytes packets errs\n'
  const row = (name: string, received: number, sent: number) =>
    `${name.padStart(6)}: ${received} 1 0 0 0 0 0 0 ${sent} 1 0 0 0 0 0 0\n`

  test('counts interfaces that lead out of the machine, once', () => {
    const inner = ['lo', 'docker0', 'br-5f1', 'veth12ab', 'virbr0', 'cni0', 'bond0', 'eth0.5', 'tun0', 'ifb1']
    const text = head + row('eth0', 100, 7) + row('wlp3s0', 20, 3) + inner.map((name) => row(name, 1e6, 1e6)).join('')
    expect(parseNetwork(text)).toEqual([120, 10])
  })
  test('a column may be as wide as its heading', () => {
    expect(parseNetwork(`${head}  eth0:6241063302 1 0 0 0 0 0 0 23633720 1 0 0 0 0 0 0\n`)).toEqual([
      6241063302, 23633720,
    ])
  })
  test('nothing but loopback tells nothing', () => expect(parseNetwork(head + row('lo', 5, 5))).toBeUndefined())
})

test('a counter is found by its whole name', () => {
  const text = 'oom 3\noom_kill 2\noom_kill_disable 0\n'
  expect(parseCounter(text, 'oom_kill')).toBe(2)
  expect(parseCounter(text, 'oom_group_kill')).toBeUndefined()
})

test('the start of a process, whatever its name', () => {
  const fields = (state: string) => `${state} 1 2 2 0 -1 4194560 1 2 3 4 5 6 7 8 20 0 1 0 98765 1000 100`
  expect(parseStartTicks(`42 (node) ${fields('S')}`)).toBe('98765')
  expect(parseStartTicks(`42 (a) S 1 (b) ${fields('R')}`)).toBe('98765')
  expect(parseStartTicks(`42 (node) ${fields('Z')}`)).toBeUndefined()
  expect(parseStartTicks('')).toBeUndefined()
})

test('vm_stat counts pages of its own size', () => {
  const text = `Mach Virtual Memory Statistics: (page size of 16384 bytes)
Pages free:                                3000.
Pages active:                            200000.
Pages inactive:                          190000.
Pages speculative:                         1000.
Pages throttled:                              0.
Pages wired down:                         50000.
Pages purgeable:                           2000.
"Translation faults":                 123456789.
File-backed pages:                       150000.
Anonymous pages:                         240000.
Pages stored in compressor:               90000.
Pages occupied by compressor:             30000.
`
  expect(parseVmStat(text)).toBe((240_000 - 2000 + 50_000 + 30_000) * 16384)
  expect(parseVmStat('vm_stat: not found')).toBeUndefined()
})
