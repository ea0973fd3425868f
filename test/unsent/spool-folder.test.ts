import { execFile, execFileSync } from 'node:child_process'
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { formatHeader } from '../../src/unsent/kept-file.ts'
import { claimSpooled, putIntoSpool } from '../../src/unsent/spool-folder.ts'

let folder: string
let spool: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
  spool = join(folder, 'deep', 'spool')
})
afterEach(() => rmSync(folder, { recursive: true }))

const header = { target: 'http://influx:8086 (v1, database ci)', builder: 'CI/test', run_id: '7', attempt: '1' }
const text = `${formatHeader(header)}m f=1 1\n`
const nameOf = (index: number) => `build-stats-unsent-7-1-abc.${index}.lp`

function put(index = 1, content = text): string {
  const source = join(folder, 'source.lp')
  writeFileSync(source, content)
  putIntoSpool(source, spool, nameOf(index))
  return join(spool, nameOf(index))
}

const now = Date.now()
const claimAll = (isWanted = () => true, nowMs = now) => [...claimSpooled(spool, isWanted, nowMs)]
const hour = 3_600_000

describe('what is put', () => {
  test('is there under its name, whole, and nothing else is', () => {
    expect(readFileSync(put(), 'utf8')).toBe(text)
    put(2)
    expect(readdirSync(spool).sort()).toEqual([nameOf(1), nameOf(2)])
    // The source is the job's own, and stays.
    expect(existsSync(join(folder, 'source.lp'))).toBe(true)
  })

  test('and cannot be leaves nothing behind', () => {
    expect(() => putIntoSpool(join(folder, 'none.lp'), spool, nameOf(1))).toThrow('ENOENT')
    mkdirSync(join(spool, nameOf(2)), { recursive: true })
    expect(() => put(2)).toThrow()
    expect(readdirSync(spool)).toEqual([nameOf(2)])
    writeFileSync(join(folder, 'file'), '')
    expect(() => putIntoSpool(join(folder, 'source.lp'), join(folder, 'file'), nameOf(1))).toThrow()
  })

  // Whoever reads the folder sees a file of that name either not at all or whole.
  test('is never seen in part', async () => {
    const long = `${text}${'m f=1 1\n'.repeat(300_000)}`
    const source = join(folder, 'long.lp')
    writeFileSync(source, long)
    const script = `
      import { putIntoSpool } from ${JSON.stringify(join(import.meta.dirname, '../../src/unsent/spool-folder.ts'))}
      for (let index = 0; index < 20; index++) putIntoSpool(${JSON.stringify(source)}, ${JSON.stringify(spool)}, 'build-stats-unsent-7-1-abc.' + index + '.lp')`
    const seen: number[] = []
    let isOver = false
    const putting = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]).finally(() => {
      isOver = true
    })
    while (!isOver) {
      for (const { path } of claimAll()) seen.push(readFileSync(path).length)
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    await putting
    for (const { path } of claimAll()) seen.push(readFileSync(path).length)
    expect(seen).toEqual(Array<number>(20).fill(Buffer.byteLength(long)))
  })
})

describe('a claim', () => {
  test('knows whose points these are, and how long the file is', () => {
    put()
    const [claimed, ...others] = claimAll()
    expect(others).toEqual([])
    expect([claimed?.header, claimed?.bytes]).toEqual([header, Buffer.byteLength(text)])
    expect(readFileSync(claimed?.path ?? '', 'utf8')).toBe(text)
  })

  test('is ours alone until it is released', () => {
    put()
    const [claimed] = claimAll()
    expect(claimAll()).toEqual([])
    claimed?.release()
    expect(readdirSync(spool)).toEqual([nameOf(1)])
    expect(claimAll()).toHaveLength(1)
  })

  test('that is removed is gone', () => {
    put()
    for (const claimed of claimAll()) claimed.remove()
    expect(readdirSync(spool)).toEqual([])
  })

  test('is asked for by header and length, and what is not wanted stays', () => {
    put()
    const asked: unknown[] = []
    const isWanted = (...given: unknown[]) => asked.push(given) === 0
    expect([...claimSpooled(spool, isWanted, now)]).toEqual([])
    expect(asked).toEqual([[header, Buffer.byteLength(text)]])
    expect(readdirSync(spool)).toEqual([nameOf(1)])
  })

  test('of a job that was killed goes to another one, after an hour', () => {
    put()
    const [dead] = claimAll()
    expect(claimAll(undefined, now + hour - 60_000)).toEqual([])
    const [claimed] = claimAll(undefined, now + hour + 60_000)
    expect(claimed?.path).not.toBe(dead?.path)
    claimed?.release()
    expect(readdirSync(spool)).toEqual([nameOf(1)])
  })

  test('of a file that waited for days is as fresh as any', () => {
    const path = put()
    utimesSync(path, new Date(now - 48 * hour), new Date(now - 48 * hour))
    expect(claimAll()).toHaveLength(1)
    expect(claimAll()).toEqual([])
  })

  test('of several processes at once never is of one file: each gets it once', async () => {
    const count = 150
    for (let index = 0; index < count; index++) {
      const path = put(index)
      // A claim is fresh however long its file had waited.
      utimesSync(path, new Date(now - 48 * hour), new Date(now - 48 * hour))
    }
    const script = `
      import { claimSpooled } from ${JSON.stringify(join(import.meta.dirname, '../../src/unsent/spool-folder.ts'))}
      while (Date.now() < Number(process.argv[1]));
      const names = []
      const name = (path) => path.replace(/.*\\.(\\d+)\\.lp\\..*/, '$1')
      // The folder is read anew for each, so that claims of the others are seen as they are made.
      for (let isOver = false; !isOver; ) {
        isOver = true
        for (const { path } of claimSpooled(${JSON.stringify(spool)}, () => true, Date.now())) {
          names.push(name(path))
          isOver = false
          break
        }
      }
      console.log(names.join(' '))`
    const startMs = String(Date.now() + 1500)
    const claimers = Array.from({ length: 4 }, () =>
      promisify(execFile)(process.execPath, ['--input-type=module', '-e', script, startMs]),
    )
    const claimed = (await Promise.all(claimers)).flatMap(({ stdout }) => stdout.trim().split(' ').filter(Boolean))
    expect(claimed.map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, index) => index))
  })
})

describe('passed over, and left as it is', () => {
  test('a folder that is none', () => {
    expect([...claimSpooled(join(folder, 'none'), () => true, now)]).toEqual([])
  })

  test.each([
    'points.lp',
    `${nameOf(1)}.bak`,
    `${nameOf(1)}.tmp`,
    'build-stats-unsent-.1.lp',
    'build-stats-unsent-7-1-abc.lp',
    `x${nameOf(1)}`,
  ])('a file of another name: %s', (name) => {
    mkdirSync(spool, { recursive: true })
    writeFileSync(join(spool, name), text)
    expect(claimAll()).toEqual([])
    expect(readdirSync(spool)).toEqual([name])
  })

  test.each([
    ['empty', ''],
    ['without a header', 'm f=1 1\n'],
    ['of a later version', text.replace('"version":1', '"version":2')],
    ['with a header without an end', `# build-stats unsent ${'x'.repeat(100_000)}`],
    ['binary', '\0\u0001\uffff'],
  ])('a file that is %s', (_, content) => {
    put(1, content)
    expect(claimAll()).toEqual([])
    expect(readdirSync(spool)).toEqual([nameOf(1)])
  })

  test.skipIf(process.platform === 'win32')('links, folders and pipes', () => {
    mkdirSync(spool, { recursive: true })
    writeFileSync(join(folder, 'elsewhere.lp'), text)
    symlinkSync(join(folder, 'elsewhere.lp'), join(spool, nameOf(1)))
    symlinkSync(join(folder, 'none.lp'), join(spool, nameOf(2)))
    mkdirSync(join(spool, nameOf(3)))
    execFileSync('mkfifo', [join(spool, nameOf(4))])
    const before = readdirSync(spool).sort()
    expect(claimAll()).toEqual([])
    expect(readdirSync(spool).sort()).toEqual(before)
    // And none of them keeps others from being claimed.
    put(5)
    expect(claimAll()).toHaveLength(1)
  })

  test.skipIf(process.getuid?.() !== 0)('files of other users', async () => {
    const { chownSync } = await import('node:fs')
    chownSync(put(1), 12_345, 12_345)
    linkSync(put(2), join(folder, 'kept'))
    expect(claimAll().map(({ path }) => /\.(\d)\.lp/.exec(path)?.[1])).toEqual(['2'])
  })
})
