import { execFile, execFileSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ClaimedFile, claimFile } from '../../src/unsent/spool-claim.ts'
import { lookIntoSpool, putIntoSpool } from '../../src/unsent/spool-folder.ts'
import { exampleHeader, linesOf, toKeptText } from './kept-lines.ts'
import { mountDisk } from './world.ts'

const module = JSON.stringify(join(import.meta.dirname, '../../src/unsent/spool-folder.ts'))
const claimModule = JSON.stringify(join(import.meta.dirname, '../../src/unsent/spool-claim.ts'))

let folder: string
let spool: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
  spool = join(folder, 'deep', 'spool')
})
afterEach(() => rmSync(folder, { recursive: true }))

const text = toKeptText(['m f=1 1'])
const stem = 'build-stats-unsent-7-1'
const isRoot = process.getuid?.() === 0
const hour = 3_600_000

function put(content = text): string {
  return putIntoSpool(spool, stem, (file) => writeSync(file, content), content.length)
}

function claim(): ClaimedFile | undefined {
  const [first] = lookIntoSpool(spool).waiting
  return first === undefined ? undefined : claimFile(spool, first)
}

const entries = () => readdirSync(spool).sort()
const setAge = (name: string, ms: number) => {
  const seconds = (Date.now() - ms) / 1000
  utimesSync(join(spool, name), seconds, seconds)
}

describe('what is put', () => {
  test('is there under a name of its own, whole, and nothing else is', () => {
    const names = [put(), put(`${text}# more\n`), put()]
    expect(entries()).toEqual([...names].sort())
    expect(new Set(names).size).toBe(3)
    expect(readFileSync(join(spool, names[1] ?? ''), 'utf8')).toBe(`${text}# more\n`)
    for (const name of names) expect(name).toMatch(/^build-stats-unsent-7-1-[0-9a-f]{32}\.lp$/)
  })

  test('and cannot be leaves nothing behind, and replaces nothing', () => {
    put()
    const failing = () => {
      throw new Error('no space left')
    }
    expect(() => putIntoSpool(spool, stem, failing, 1)).toThrow('no space left')
    expect(entries()).toHaveLength(1)
    writeFileSync(join(folder, 'file'), 'mine')
    expect(() => putIntoSpool(join(folder, 'file'), stem, failing, 1)).toThrow(/ENOTDIR|EEXIST/)
    expect(readFileSync(join(folder, 'file'), 'utf8')).toBe('mine')
  })

  test('into a folder that takes none ends at once', () => {
    if (process.platform !== 'linux') return
    expect(() => putIntoSpool('/proc/nope/deeper', stem, () => {}, 1)).toThrow(/ENOENT|EACCES|EPERM/)
  })

  test('where there is no more room for it is refused, and why is said', () => {
    mkdirSync(spool, { recursive: true })
    expect(() => putIntoSpool(spool, stem, () => {}, 1_000_000_001)).toThrow(
      /it is full: .* 1,000,000,001 of 1,000,000,000 bytes/,
    )
    for (let index = 0; index < 2000; index++) writeFileSync(join(spool, `${stem}-${index}.lp`), '')
    expect(() => put()).toThrow('it is full: it holds 2000 files')
  }, 60_000)

  test.skipIf(process.platform === 'win32')('is for its owner alone, whatever the umask', () => {
    const before = process.umask(0)
    try {
      const name = put()
      expect(statSync(join(spool, name)).mode & 0o777).toBe(0o600)
      expect([spool, join(folder, 'deep')].map((path) => statSync(path).mode & 0o777)).toEqual([0o700, 0o700])
    } finally {
      process.umask(before)
    }
  })

  // Whoever reads the folder sees a file either not at all or whole.
  test('is never seen in part', async () => {
    const long = `${text}${'m f=1 1\n'.repeat(300_000)}`
    writeFileSync(join(folder, 'long.lp'), long)
    const script = `
      import { readFileSync, writeSync } from 'node:fs'
      import { putIntoSpool } from ${module}
      const text = readFileSync(${JSON.stringify(join(folder, 'long.lp'))})
      const write = (file) => { for (let at = 0; at < text.length; at += 65536) writeSync(file, text.subarray(at, at + 65536)) }
      for (let index = 0; index < 20; index++) putIntoSpool(${JSON.stringify(spool)}, '${stem}', write, text.length)`
    const seen: number[] = []
    mkdirSync(spool, { recursive: true })
    const look = () => {
      for (let claimed = claim(); claimed !== undefined; claimed = claim()) {
        seen.push(readFileSync(claimed.file).length)
        claimed.remove()
      }
    }
    let isOver = false
    const putting = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]).finally(() => {
      isOver = true
    })
    while (!isOver) {
      look()
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await putting
    look()
    expect(seen).toEqual(Array<number>(20).fill(Buffer.byteLength(long)))
  }, 60_000)
})

describe('a claim', () => {
  test('knows whose points these are, and how long the file is', () => {
    put()
    const [waiting] = lookIntoSpool(spool).waiting
    expect([waiting?.header, waiting?.bytes]).toEqual([{ ...exampleHeader, lines: 1 }, Buffer.byteLength(text)])
    expect(readFileSync(claim()?.file ?? 0, 'utf8')).toBe(text)
  })

  test('is ours alone until it is put back, as it was', () => {
    const name = put()
    setAge(name, 48 * hour)
    const { mtimeMs } = statSync(join(spool, name))
    const claimed = claim()
    expect(lookIntoSpool(spool)).toMatchObject({ waiting: [], claimed: 1 })
    expect(claimed?.putBack(false)).toBe('done')
    expect(entries()).toEqual([name])
    expect(Math.abs(statSync(join(spool, name)).mtimeMs - mtimeMs)).toBeLessThan(2)
  })

  test('that was tried lets others come first', () => {
    const names = [put(), put(), put()]
    for (const [index, name] of names.entries()) setAge(name, (10 - index) * hour)
    const order = () => lookIntoSpool(spool).waiting.map(({ name }) => names.indexOf(name))
    expect(order()).toEqual([0, 1, 2])
    claim()?.putBack(true)
    expect(order()).toEqual([1, 2, 0])
    claim()?.putBack(false)
    expect(order()).toEqual([1, 2, 0])
  })

  test('that is removed is gone', () => {
    put()
    expect(claim()?.remove()).toBe('done')
    expect(entries()).toEqual([])
  })

  test('never replaces what has its name by now', () => {
    const name = put()
    const claimed = claim()
    writeFileSync(join(spool, name), 'mine')
    expect(claimed?.putBack(true)).toBe('done')
    expect(readFileSync(join(spool, name), 'utf8')).toBe('mine')
    const others = entries().filter((other) => other !== name)
    expect(others).toEqual([expect.stringMatching(/^build-stats-unsent-7-1-[0-9a-f]{32}\.lp$/)])
    expect(readFileSync(join(spool, others[0] ?? ''), 'utf8')).toBe(text)
  })

  test('is replaced by what is left: that is there before the file is gone', () => {
    put(toKeptText(['m f=1 1', 'm f=2 2']))
    const claimed = claim()
    const write = (content: string) => (file: number) => void writeSync(file, content)
    expect(claimed?.replace([write(toKeptText(['m f=1 1'])), write(toKeptText(['m f=2 2']))])).toBe('done')
    expect(entries().map((name) => linesOf(join(spool, name)))).toEqual(
      expect.arrayContaining([['m f=1 1'], ['m f=2 2']]),
    )
    expect(entries()).toHaveLength(2)
  })

  test('stays whole where there is no room for what is left', () => {
    const name = put()
    const failing = () => {
      throw new Error('no space left')
    }
    expect(claim()?.replace([(file) => void writeSync(file, text), failing])).toEqual({ reason: 'no space left' })
    expect(entries()).toEqual([name])
    expect(readFileSync(join(spool, name), 'utf8')).toBe(text)
  })

  test.each<[string, (claimed: ClaimedFile) => unknown]>([
    ['put back', (claimed) => claimed.putBack(true)],
    ['replaced', (claimed) => claimed.replace([(file) => void writeSync(file, text)])],
    ['removed', (claimed) => claimed.remove()],
  ])('that vanishes while it is sent is not %s, and that is no defect', (_, act) => {
    put()
    const claimed = claim()
    for (const name of entries()) rmSync(join(spool, name))
    expect(claimed && act(claimed)).toBe('gone')
    expect(entries()).toEqual([])
  })

  test('of a job that was killed goes to another one, after an hour', () => {
    put()
    const dead = claim()
    const [name = ''] = entries()
    setAge(name, hour - 60_000)
    expect(claim()).toBeUndefined()
    setAge(name, hour + 60_000)
    const claimed = claim()
    expect(claimed).toBeDefined()
    // And if it was not killed, but slow, it does no harm.
    expect(dead?.remove()).toBe('gone')
    expect(claimed?.putBack(false)).toBe('done')
    expect(lookIntoSpool(spool).waiting).toHaveLength(1)
  })

  test('whose job still sends stays its own', () => {
    put()
    const claimed = claim()
    const [name = ''] = entries()
    setAge(name, 2 * hour)
    claimed?.touch()
    expect(claim()).toBeUndefined()
  })

  test('with a time in the future, of a clock that jumped, is left to nobody for ever', () => {
    put()
    claim()
    const [name = ''] = entries()
    setAge(name, -48 * hour)
    expect(claim()).toBeUndefined()
    // It has been seen, and its time counts from now on.
    expect(Math.abs(Date.now() - statSync(join(spool, name)).mtimeMs)).toBeLessThan(60_000)
    setAge(name, hour + 60_000)
    expect(claim()).toBeDefined()
  })

  test('that cannot be made says why', () => {
    if (isRoot || process.platform === 'win32') return
    put()
    chmodSync(spool, 0o500)
    expect(() => claim()).toThrow(/EACCES/)
    chmodSync(spool, 0o700)
  })

  test('on a disk that is read-only says why, and takes nothing away', () => {
    const disk = mountDisk()
    if (disk === undefined) return
    try {
      spool = join(disk.path, 'spool')
      const name = put()
      execFileSync('mount', ['-o', 'remount,ro', disk.path])
      expect(() => claim()).toThrow(/EROFS/)
      expect(entries()).toEqual([name])
    } finally {
      disk.unmount()
    }
  })

  test('of several processes at once never is of one file: each gets it once', async () => {
    const count = 100
    for (let index = 0; index < count; index++) setAge(put(toKeptText([`m f=1 ${index}`])), 48 * hour)
    const script = `
      import { readFileSync } from 'node:fs'
      import { claimFile } from ${claimModule}
      import { lookIntoSpool } from ${module}
      while (Date.now() < Number(process.argv[1]));
      const spool = ${JSON.stringify(spool)}
      const lines = []
      // The folder is read anew for each, so that claims of the others are seen as they are made.
      for (;;) {
        const { waiting } = lookIntoSpool(spool)
        if (waiting.length === 0) break
        const claimed = claimFile(spool, waiting[0])
        if (claimed !== undefined) lines.push(/ (\\d+)\\n# build/.exec(readFileSync(claimed.file, 'utf8'))[1])
      }
      console.log(lines.join(' '))`
    const startMs = String(Date.now() + 1500)
    const claimers = Array.from({ length: 3 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, startMs]),
    )
    const claimed = (await Promise.all(claimers)).flatMap(({ stdout }) => stdout.trim().split(' ').filter(Boolean))
    expect(claimed.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index))
  }, 60_000)
})

describe('what a job that was killed left half written', () => {
  const part = `${stem}-abc.lp.new.part`

  test('is left to it for an hour, and read as far as it goes then', () => {
    mkdirSync(spool, { recursive: true })
    writeFileSync(join(spool, part), text.slice(0, -35))
    expect(lookIntoSpool(spool)).toMatchObject({ waiting: [], claimed: 0 })
    setAge(part, hour + 60_000)
    expect(lookIntoSpool(spool).waiting.map(({ name }) => name)).toEqual([`${stem}-abc.lp`])
  })

  test('is removed where nothing is in it', () => {
    mkdirSync(spool, { recursive: true })
    writeFileSync(join(spool, part), '')
    setAge(part, hour + 60_000)
    expect(lookIntoSpool(spool)).toMatchObject({ waiting: [], passedOver: new Map() })
    expect(entries()).toEqual([])
  })

  test('is removed where it asked the disk for the time; what only has such a name stays', () => {
    mkdirSync(spool, { recursive: true })
    const [left, fresh, full] = ['build-stats-time-0a', 'build-stats-time-1b', 'build-stats-time-2c']
    for (const name of [left, fresh]) writeFileSync(join(spool, name), '')
    writeFileSync(join(spool, full), 'text')
    for (const name of [left, full]) setAge(name, hour + 60_000)
    expect(lookIntoSpool(spool)).toMatchObject({ waiting: [], passedOver: new Map() })
    expect(entries()).toEqual([fresh, full])
  })
})

describe('passed over, and left as it is', () => {
  test('a folder that is none is an error', () => {
    expect(() => lookIntoSpool(join(folder, 'none'))).toThrow(/ENOENT/)
    writeFileSync(join(folder, 'file'), '')
    expect(() => lookIntoSpool(join(folder, 'file'))).toThrow(/ENOTDIR|EEXIST/)
  })

  test.each(['points.lp', `${stem}-abc.lp.bak`, `${stem}-abc.lp.tmp`, 'build-stats-unsent-.1', `x${stem}-abc.lp`])(
    'a file of another name: %s',
    (name) => {
      mkdirSync(spool, { recursive: true })
      writeFileSync(join(spool, name), text)
      expect(lookIntoSpool(spool)).toEqual({ waiting: [], passedOver: new Map(), claimed: 0 })
      expect(entries()).toEqual([name])
    },
  )

  test.each([
    ['empty', ''],
    ['without a header', 'm f=1 1\n'],
    ['of a later version', text.replace('"version":2', '"version":3')],
    ['with a header without an end', `# build-stats unsent ${'x'.repeat(100_000)}`],
    ['binary', '\0\u0001\uffff'],
  ])('a file that is %s, which is counted', (_, content) => {
    const name = put(content)
    expect(lookIntoSpool(spool).passedOver).toEqual(new Map([['without a known header', 1]]))
    expect(entries()).toEqual([name])
  })

  test.skipIf(process.platform === 'win32')('links, folders and pipes', () => {
    mkdirSync(spool, { recursive: true })
    writeFileSync(join(folder, 'elsewhere.lp'), text)
    symlinkSync(join(folder, 'elsewhere.lp'), join(spool, `${stem}-1.lp`))
    symlinkSync(join(folder, 'none.lp'), join(spool, `${stem}-2.lp`))
    mkdirSync(join(spool, `${stem}-3.lp`))
    execFileSync('mkfifo', [join(spool, `${stem}-4.lp`)])
    const before = entries()
    expect(lookIntoSpool(spool)).toEqual({ waiting: [], passedOver: new Map([['not a file', 4]]), claimed: 0 })
    expect(entries()).toEqual(before)
    // And none of them keeps others from being claimed.
    put()
    expect(claim()).toBeDefined()
  })

  test.skipIf(!isRoot)('files of other users', () => {
    chownSync(join(spool, put()), 12_345, 12_345)
    linkSync(join(spool, put()), join(folder, 'kept'))
    const { waiting, passedOver } = lookIntoSpool(spool)
    expect([waiting.length, passedOver]).toEqual([1, new Map([['of another user', 1]])])
  })

  test.skipIf(process.platform === 'win32')(
    'a link that somebody puts in the place of a file that is about to be claimed',
    () => {
      const name = put()
      const [waiting] = lookIntoSpool(spool).waiting
      const secret = join(folder, 'secret')
      writeFileSync(secret, text)
      const { mtimeMs } = statSync(secret)
      renameSync(join(spool, name), join(folder, 'gone'))
      symlinkSync(secret, join(spool, name))
      expect(waiting && claimFile(spool, waiting)).toBeUndefined()
      expect([existsSync(secret), statSync(secret).mtimeMs]).toEqual([true, mtimeMs])
    },
  )
})
