import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/build/json.ts'
import type { CallbackAnswer, CallbackCall } from '../../src/capture/callback.ts'
import { createCallbackRunner } from '../../src/runner/callbacks.ts'

const folder = mkdtempSync(join(tmpdir(), 'callbacks-'))
const outfile = join(folder, 'callback-worker.js')
const script = pathToFileURL(outfile)
beforeAll(async () => {
  const entryPoints = [join(import.meta.dirname, '../../src/callback-worker.ts')]
  await build({ entryPoints, outfile, bundle: true, platform: 'node', target: 'node24' })
})
afterAll(() => rmSync(folder, { recursive: true }))

/** A callback ends within two seconds; this is where a test is sure that it does not, however busy the machine is. */
const hangMs = 15_000

const run = (...calls: (string | CallbackCall)[]) =>
  createCallbackRunner(script)(calls.map((call) => (typeof call === 'string' ? toCall(call) : call)))

const toCall = (callback: string): CallbackCall => ({ callback, input: {} })

async function runOne(callback: string, input: JsonObject = { value: '7' }): Promise<CallbackAnswer | undefined> {
  return (await run({ callback, input }))[0]
}

/** A runner whose process does as the test says. */
function createRunner(source: string) {
  const path = join(folder, `${Math.random()}.cjs`)
  writeFileSync(path, source)
  return createCallbackRunner(pathToFileURL(path))
}

/** Processes of callbacks that a process, or this one, started and that have not ended; one that has ended has no command line. Linux only. */
function findChildren(parent = process.pid): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false
    try {
      const isOurs = readFileSync(`/proc/${pid}/status`, 'utf8').includes(`\nPPid:\t${parent}\n`)
      return isOurs && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('callback-worker.js')
    } catch {
      return false // It has ended meanwhile.
    }
  })
}

describe('answers', () => {
  test('are in the order of the calls', async () => {
    const calls = [1, 2, 3].map((n) => ({ callback: 'n * 10', input: { n } }))
    expect(await run(...calls, '"x"', '{"a": [1, null]}', 'none', '$error("no")', '$(')).toEqual([
      { value: 10 },
      { value: 20 },
      { value: 30 },
      { value: 'x' },
      { value: { a: [1, null] } },
      {},
      { failure: 'no' },
      { failure: expect.stringContaining('Expected ")"') },
    ])
  })

  test('of no calls are none', async () => {
    expect(await run()).toEqual([])
  })

  test('are text, numbers, lists as JSON has them, whatever is in them', async () => {
    const value = { text: '\u2028\0"\\ é 🎉', big: 1e300, list: [[], {}], ...JSON.parse('{"__proto__": 1}') }
    expect(await runOne('$', value)).toEqual({ value: JSON.parse(JSON.stringify(value)) })
  })

  test.each(['$now()', '$random()', '$millis()', '$shuffle([1..9])'])('%s is at hand', async (callback) => {
    expect(await runOne(callback)).toEqual({ value: expect.anything() })
  })

  test('take as long as they are many, not a process each', async () => {
    const time = async (count: number) => {
      const calls = Array.from({ length: count }, (_, value) => ({ callback: 'value + 1', input: { value } }))
      const started = performance.now()
      expect(await run(...calls)).toEqual(calls.map(({ input }) => ({ value: input.value + 1 })))
      return performance.now() - started
    }
    const one = Math.min(await time(1), await time(1))
    expect(await time(2000)).toBeLessThan(one * 40)
  })

  test('come for calls that are large together: each has all properties', async () => {
    const props = Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`p${n}`, 'x'.repeat(1000)]))
    const calls = Array.from({ length: 100 }, (_, value) => ({ callback: 'value', input: { value, props } }))
    const answers = await run(...calls)
    expect(answers.find((answer, index) => !('value' in answer && answer.value === index))).toBeUndefined()
    expect(answers.length).toBe(100)
  })

  test('know the properties that are handed over once, each call its own', async () => {
    const [one, two] = [{ a: 1 }, { a: 2 }]
    const calls = [one, one, two, undefined, one].map((props) => ({
      callback: '$exists(props) ? props.a + n : "none"',
      input: { n: 10 },
      ...(props === undefined ? {} : { props }),
    }))
    expect(await run(...calls)).toEqual([11, 11, 12, 'none', 11].map((value) => ({ value })))
  })

  test('of matches are booleans, in the order of the calls, and a failure where one does not end', async () => {
    const evil = { javascript: '(?=(a+)+$)', name: `${'a'.repeat(40)}!` }
    const answers = await createCallbackRunner(script)([
      { javascript: '(?!x)b', name: 'bench' },
      { javascript: '(?!x)b', name: 'ab' },
      evil,
      { callback: 'a', input: { a: 1 } },
      { ...evil, name: 'a' },
      { javascript: '(', name: 'a' },
    ])
    expect(answers).toEqual([
      { value: true },
      { value: false },
      { failure: 'it ran longer than half a second' },
      { value: 1 },
      { failure: 'it was not run again because it did not end the first time' },
      { failure: expect.stringContaining('Invalid regular expression') },
    ])
  })

  test('are none when the time of all calls is over', async () => {
    const endless = (n: number) => ({ callback: `($f := function(){ $f() }; $f(); ${n})`, input: {} })
    const runner = createCallbackRunner(script, { budgetMs: 3000 })
    const answers = await runner(Array.from({ length: 10 }, (_, n) => endless(n)))
    const failures = answers.map((answer) => ('failure' in answer ? answer.failure : ''))
    expect(failures.at(-1)).toBe('it was not run: callbacks had used up their 3 s of the timeout')
    expect(await runner([{ callback: '1', input: {} }])).toEqual([{ failure: failures.at(-1) }])
  }, 60_000)

  test('come, and no rejection, for calls that no message holds', async () => {
    const props = { long: 'x'.repeat(2 ** 20) }
    const calls = Array.from({ length: 540 }, (_, value) => ({ callback: 'value', input: { value, props } }))
    expect((await run(...calls)).length).toBe(540)
  }, 60_000)
})

const evil = { value: `${'a'.repeat(50)}!` }

/** Three at a time: they mostly wait for a second to pass, and more of them would take it from each other. */
const lanes = Array.from({ length: 3 }, () => Promise.resolve<unknown>(undefined))
let lane = 0
function takeTurn<T>(act: () => Promise<T>): Promise<T> {
  const index = lane++ % lanes.length
  const turn = (lanes[index] ?? Promise.resolve()).then(act)
  lanes[index] = turn.catch(() => {})
  return turn
}

describe('a callback that does not end by itself is ended', () => {
  test.concurrent.each<[what: string, callback: string, input?: JsonObject]>([
    ['an endless loop', '($f := function(){ $f() }; $f())'],
    ['an endless loop with a counter', '($f := function($n){ $n < 0 ? 0 : $f($n + 1) }; $f(0))'],
    ['deep recursion', '($f := function($n){ 1 + $f($n + 1) }; $f(0))'],
    ['recursion by name of itself', '($f := function($x){ $x($x) & "" }; $f($f))'],
    ['text that doubles', '($f := function($s){ $length($s) > 1e10 ? $s : $f($s & $s) }; $f("0123456789"))'],
    ['a gigabyte of text', '$map([1..1000], function($i){ $pad("x" & $i, 1000000) })'],
    ['a gigabyte of text in one', '$pad("x", 1000000000)'],
    ['a list', '[1..10000000]'],
    ['a list of lists', '$map([1..1000], function($i){ [1..1000000] })'],
    ['a list that doubles', '($f := function($l){ $f($append($l, $l)) }; $f([1..1000]))'],
    ['a map', '$merge([1..9000000].{$string($): $})'],
    ['a map of maps', '($f := function($m){ $f({"a": $m, "b": $m}) }; $f({}))'],
    ['a sort', '$sort([1..9999999], function($a, $b){ true })'],
    ['an evil regular expression', '$match(value, /^(a+)+$/)', evil],
    ['another', '$contains(value, /^(a|a)*$/)', evil],
    ['a third', '$replace(value, /(.*)*x/, "")', evil],
    ['a pattern of $eval', '$eval("$match(value, /^(a+)+$/)")', evil],
  ])('%s', { timeout: 60_000 }, async (_, callback, input) => {
    const [answers, ms] = await takeTurn(async () => {
      const started = performance.now()
      return [await run({ callback, input: input ?? {} }, '1'), performance.now() - started] as const
    })
    expect(ms).toBeLessThan(hangMs)
    expect(answers).toEqual([{ failure: expect.stringMatching(/./) }, { value: 1 }])
  })

  test('and not run again; what comes after it is', async () => {
    const endless = '($f := function(){ $f() }; $f())'
    const runner = createCallbackRunner(script)
    const toCalls = (...callbacks: string[]) => callbacks.map((callback) => ({ callback, input: {} }))
    const started = performance.now()
    const first = await runner(toCalls('1', endless, '2', endless, '3', '[1..10000000]', endless, '4'))
    const again = { failure: 'it was not run again because it did not end the first time' }
    const memory = { failure: expect.stringContaining('64 MB of memory') }
    const slow = { failure: 'it ran longer than a second' }
    expect(first).toEqual([{ value: 1 }, slow, { value: 2 }, again, { value: 3 }, memory, again, { value: 4 }])
    expect(await runner(toCalls(endless, '5', endless))).toEqual([again, { value: 5 }, again])
    expect(performance.now() - started).toBeLessThan(hangMs)
  }, 30_000)

  test('with its process, however that ends', async () => {
    const answers = (source: string) =>
      createRunner(source)(['a', 'b', 'c'].map((callback) => ({ callback, input: {} })))
    const dies = `process.on('message', () => { process.send({ value: 1 }); process.kill(process.pid, 'SIGKILL') }); process.send('ready')`
    expect(await answers(dies)).toEqual([{ value: 1 }, { failure: expect.any(String) }, { value: 1 }])
    expect(await answers('process.exit(3)')).toEqual(Array(3).fill({ failure: expect.any(String) }))
    expect(await answers('syntax error')).toEqual(Array(3).fill({ failure: expect.any(String) }))
  })

  test.runIf(existsSync('/proc'))(
    'also where the process that started it is killed, as in a cancelled job',
    async () => {
      const source = join(import.meta.dirname, '../../src/runner/callbacks.ts')
      const path = join(folder, 'parent.mjs')
      const call = { callback: '($f := function(){ $f() }; $f())', input: {} }
      writeFileSync(
        path,
        `import { createCallbackRunner } from ${JSON.stringify(pathToFileURL(source).href)}
       await createCallbackRunner(new URL(${JSON.stringify(script.href)}))([${JSON.stringify(call)}])`,
      )
      const parent = spawn(process.execPath, [path], { stdio: 'ignore' })
      await expect.poll(() => findChildren(parent.pid).length, { timeout: hangMs }).toBe(1)
      const [pid] = findChildren(parent.pid)
      // One that has ended and that nobody has asked about is still there, without a command line.
      const isRunning = () => existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8') !== ''
      parent.kill('SIGKILL')
      try {
        await expect.poll(isRunning, { timeout: hangMs }).toBe(false)
      } finally {
        if (isRunning()) process.kill(Number(pid), 'SIGKILL')
      }
    },
    30_000,
  )

  test.runIf(existsSync('/proc'))(
    'and leaves no process',
    async () => {
      const runs = run('1', '($f := function(){ $f() }; $f())', '[1..10000000]')
      await expect.poll(() => findChildren().length, { timeout: hangMs }).toBeGreaterThan(0)
      await runs
      await expect.poll(() => findChildren(), { timeout: hangMs }).toEqual([])
    },
    30_000,
  )
})

describe('a callback reaches nothing but its input', () => {
  const curious = [
    'process',
    '$process',
    'process.env',
    'global.process.exit()',
    'globalThis',
    'require("fs")',
    '$require("fs")',
    'constructor',
    'constructor.constructor("return process")()',
    '__proto__',
    'value.constructor',
    'value.__proto__',
    '$.__proto__.constructor',
    '$sum.constructor',
    '$sum.implementation',
    '$lookup($, "__proto__")',
    '$lookup($, "constructor")',
    '$lookup($sum, "implementation")',
    '$lookup($sum, "constructor")',
    '$map([$sum], $lookup($sum, "constructor"))',
    '$eval("process")',
    '$eval("$sum.constructor(\'return process\')()")',
    '$eval("$eval(\'constructor\')")',
    '$$.constructor.prototype',
    '$keys($sum)',
    '/a/.constructor',
    '$match("a", /a/).constructor',
    '$error.constructor',
    'polluted',
    '$.polluted',
    '[1].polluted',
    '[1].constructor',
    '"x".length',
    '$string.name',
  ]
  let answersToCurious: readonly CallbackAnswer[] = []
  beforeAll(async () => {
    // In one process: what one of them changed, the next ones would see.
    answersToCurious = await run(...curious.map((callback) => ({ callback, input: { value: '7' } })))
  })
  test.each(curious)('%s', (callback) => {
    const answer = answersToCurious[curious.indexOf(callback)]
    expect(answer).toEqual(answer !== undefined && 'failure' in answer ? { failure: expect.any(String) } : {})
  })

  // CVE-2024-27307 and CVE-2026-12208: both of JSONata, both prototypes that an expression writes to.
  describe('changes no prototype, there or here:', () => {
    const polluting = [
      '$ ~> |$|{"__proto__": {"polluted": 1}}|',
      '$ ~> |__proto__|{"polluted": 1}|',
      '$ ~> |constructor.prototype|{"polluted": 1}|',
      '{} ~> |__proto__|{"polluted": 1}|',
      '$sum ~> |$|{"polluted": 1}|',
      '[] ~> |$.__proto__|{"polluted": 1}|',
      '$ ~> |$lookup($, "__proto__")|{"polluted": 1}|',
      '{"__proto__": {"polluted": 1}}',
      '{"a": 1, "__proto__": {"polluted": 1}}',
      '{"constructor": {"prototype": {"polluted": 1}}}',
      '$merge([{"__proto__": {"polluted": 1}}, {"a": 1}])',
      '$merge([$, {"constructor": {"prototype": {"polluted": 1}}}])',
      '$spread({"__proto__": {"polluted": 1}})',
      '$each({"__proto__": {"polluted": 1}}, function($v, $k){ {$k: $v} })',
      '$sift({"__proto__": {"polluted": 1}}, function($v){ true })',
      '$clone({"__proto__": {"polluted": 1}})',
      '{"x": 1}{"__proto__": {"polluted": 1}}',
      '$reduce([1, 2], function($a, $b){ {"__proto__": {"polluted": $b}} })',
    ]
    const probes = ['polluted', '{}.polluted', '[{}].polluted', '"x".polluted', '$sum.polluted']
    const answersPolluted = new Map<string, CallbackAnswer[]>()
    beforeAll(async () => {
      // In one process: were a prototype changed, the probes behind would all see it.
      const calls = polluting.map((callback) => [{ callback, input: { value: '7' } }, ...probes.map(toCall)])
      const answers = await run(...calls.flat())
      for (const [index, callback] of polluting.entries()) {
        answersPolluted.set(callback, answers.slice(index * (1 + probes.length), (index + 1) * (1 + probes.length)))
      }
    })
    test.each(polluting)('%s', (callback) => {
      const [answer, ...seen] = answersPolluted.get(callback) ?? []
      expect(answer).toBeDefined()
      expect(seen).toEqual(probes.map(() => ({})))
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
      expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false)
    })
  })

  test('a function is no value', async () => {
    for (const callback of ['$sum', 'function($x){ $x }', '{"a": 1, "b": $sum}', '[function($x){ $x }]', '/a/']) {
      const text = JSON.stringify(await runOne(callback))
      expect([callback, text]).toEqual([callback, expect.not.stringMatching(/_jsonata|circular|constructor/)])
    }
  })

  test('and what it says of its failure is short', async () => {
    for (const callback of ['$error($pad("x", 5000000))', '$number($pad("x", 5000000))']) {
      expect(JSON.stringify(await runOne(callback)).length).toBeLessThan(1000)
    }
  })

  test.each(['$pad("x", 2000000)', '[1..999999]', '$split($pad("", 1000000), "")'])(
    '%s is too much',
    async (callback) => {
      expect(await runOne(callback)).toEqual({ failure: expect.stringMatching(/^it gave \d+ characters$/) })
    },
  )

  test('and its process has no environment', async () => {
    process.env.BUILD_STATS_TEST_SECRET = 'hunter2hunter2'
    try {
      const runner = createRunner(
        `process.on('message', () => process.send({ value: process.env })); process.send('ready')`,
      )
      const [answer] = await runner([{ callback: '1', input: {} }])
      const { value } = answer as { value: Record<string, string> }
      // What node adds by itself where a run is measured, and on Windows where it must be.
      const names = Object.keys(value).filter((name) => !/^(NODE_V8_COVERAGE|SystemRoot)$/.test(name))
      expect(names).toEqual([])
    } finally {
      delete process.env.BUILD_STATS_TEST_SECRET
    }
  })

  test.runIf(existsSync('/proc'))('neither has the real one', async () => {
    process.env.BUILD_STATS_TEST_SECRET = 'hunter2hunter2'
    try {
      await expect.poll(() => findChildren(), { timeout: hangMs }).toEqual([])
      const runs = run('($f := function(){ $f() }; $f())')
      await expect.poll(() => findChildren().length, { timeout: hangMs }).toBe(1)
      const names = readFileSync(`/proc/${findChildren()[0]}/environ`, 'utf8')
        .split('\0')
        .map((pair) => pair.split('=')[0] ?? '')
        .filter((name) => name !== '' && name !== 'NODE_V8_COVERAGE')
      expect(names.filter((name) => !name.startsWith('NODE_CHANNEL_'))).toEqual([])
      await runs
    } finally {
      delete process.env.BUILD_STATS_TEST_SECRET
    }
  })
})
