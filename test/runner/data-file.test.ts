import {
  appendFileSync,
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { ParsedLine } from '../../src/line-protocol/reader.ts'
import { createDataFile } from '../../src/runner/data-file.ts'
import { DataFileError, readDataFile } from '../../src/runner/read-data.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function collect(pieces: AsyncIterable<ParsedLine[]>): Promise<ParsedLine[][]> {
  const all: ParsedLine[][] = []
  for await (const piece of pieces) all.push(piece)
  return all
}

describe('create', () => {
  test('makes an empty file of its own', () => {
    const [first, second] = [1, 2].map(() => createDataFile({ RUNNER_TEMP: folder }).path)
    expect(first).not.toBe(second)
    expect(dirname(dirname(first ?? ''))).toBe(folder)
    expect(readFileSync(first ?? '', 'utf8')).toBe('')
  })

  test('keeps the file of an earlier step, and what is in it', () => {
    const BUILD_STATS = join(folder, 'earlier.lp')
    writeFileSync(BUILD_STATS, 'a b=1\n')
    expect(createDataFile({ RUNNER_TEMP: folder, BUILD_STATS })).toEqual({ path: BUILD_STATS })
    expect(readFileSync(BUILD_STATS, 'utf8')).toBe('a b=1\n')
  })

  test.each(['', '/gone/data.lp'])('makes another where the earlier one is %j', (BUILD_STATS) => {
    expect(createDataFile({ RUNNER_TEMP: folder, BUILD_STATS }).path).toMatch(folder)
  })

  test('makes another where the earlier one is a folder', () => {
    expect(createDataFile({ RUNNER_TEMP: folder, BUILD_STATS: folder }).path).not.toBe(folder)
  })
})

describe('read', () => {
  async function read(content: string | Buffer): Promise<ParsedLine[]> {
    const path = join(folder, 'data.lp')
    writeFileSync(path, content)
    return (await collect(readDataFile(path))).flat()
  }
  const namesOf = (lines: ParsedLine[]) => lines.map((line) => ('record' in line ? line.record.name : line.problem))

  test.each<[string, string | Buffer, string[]]>([
    ['nothing', '', []],
    ['lines', 'a f=1\nb f=1\n', ['a', 'b']],
    ['a last line without its end', 'a f=1\nb f=1', ['a', 'b']],
    ['lines of Windows, with a byte order mark', '\uFEFFa f=1\r\nb f=1\r\n', ['a', 'b']],
    ['blank lines and comments', '\n# x\n\na f=1\n', ['a']],
    ['characters of several bytes', `${'ä😀'.repeat(100)} f=1`, ['ä😀'.repeat(100)]],
  ])('%s', async (_, content, names) => {
    expect(namesOf(await read(content))).toEqual(names)
  })

  test('bytes that are no UTF-8 cost at most their line', async () => {
    const lines = await read(
      Buffer.concat([Buffer.from('a f=1\n'), Buffer.from([0xff, 0xfe]), Buffer.from('\nb f=1\n')]),
    )
    expect(lines).toHaveLength(3)
    expect(namesOf([lines[0], lines[2]].filter((line) => line !== undefined))).toEqual(['a', 'b'])
  })

  test('characters across pieces of the file are whole', async () => {
    const lines = await read('tests,suite=ä€😀 passed=10i,text="ä€😀"\n'.repeat(20_000))
    expect(lines).toHaveLength(20_000)
    const isWhole = (line: ParsedLine) =>
      'record' in line && line.record.tags[0]?.[1] === 'ä€😀' && line.record.fields[1]?.[1] === 'ä€😀'
    expect(lines.filter((line) => !isWhole(line))).toEqual([])
    expect(lines.at(-1)?.line).toBe(20_000)
  })

  test('a malformed line costs that line, and is told by its number', async () => {
    const lines = await read('a f=1\nnot line protocol\nb f=1\n')
    expect(lines.map((line) => [line.line, 'problem' in line])).toEqual([
      [1, false],
      [2, true],
      [3, false],
    ])
  })

  test('what is appended while it is read is not read', async () => {
    const path = join(folder, 'data.lp')
    writeFileSync(path, 'a f=1\n'.repeat(100_000))
    let count = 0
    for await (const lines of readDataFile(path)) {
      count += lines.length
      appendFileSync(path, 'b f=1\n'.repeat(1000))
    }
    expect(count).toBe(100_000)
  })

  test('a line that was half written when reading began is read as it is by then', async () => {
    const path = join(folder, 'data.lp')
    writeFileSync(path, `${'a f=1\n'.repeat(100_000)}b f=12`)
    const lines: ParsedLine[] = []
    for await (const piece of readDataFile(path)) {
      if (lines.length === 0) appendFileSync(path, '34\nc f=1\n')
      lines.push(...piece)
    }
    expect(lines.length).toBe(100_001)
    expect(lines.at(-1)).toMatchObject({ record: { name: 'b', fields: [['f', 1234]] } })
  })

  async function readUntil(path: string, act: () => void, signal?: AbortSignal): Promise<[number, unknown]> {
    let count = 0
    try {
      for await (const lines of readDataFile(path, signal)) {
        if (count === 0) act()
        count += lines.length
      }
      return [count, undefined]
    } catch (error) {
      return [count, error]
    }
  }

  test('a file that is cut short while it is read keeps what was read, and is an error', async () => {
    const path = join(folder, 'data.lp')
    writeFileSync(path, 'a f=1\n'.repeat(200_000))
    const [count, error] = await readUntil(path, () => truncateSync(path, 600_000))
    expect(count).toBe(100_000)
    expect(error).toEqual(
      new DataFileError(
        `the data file ${path} became shorter while it was read: only 600000 of 1200000 bytes were read`,
      ),
    )
  })

  test('a file that is replaced or removed while it is read is read as it was', async () => {
    for (const act of [rmSync, (path: string) => renameSync(path, `${path}.old`)]) {
      const path = join(folder, 'data.lp')
      writeFileSync(path, 'a f=1\n'.repeat(200_000))
      expect(await readUntil(path, () => act(path))).toEqual([200_000, undefined])
    }
  })

  test('reading ends with its signal', async () => {
    const path = join(folder, 'data.lp')
    writeFileSync(path, 'a f=1\n'.repeat(200_000))
    const controller = new AbortController()
    const [count, error] = await readUntil(path, () => controller.abort(), controller.signal)
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(200_000)
    expect(error).toEqual(new DataFileError(`the data file ${path} was not read to its end within the timeout`))
  })

  test.each<[string, Buffer, boolean]>([
    ['Latin-1 in a value', Buffer.from('a f="gr\xfcn"\n', 'latin1'), true],
    ['Latin-1 at the end', Buffer.from('a f=1\nb f="\xfc"', 'latin1'), true],
    ['Latin-1 in a line that is malformed anyway', Buffer.from('a f=\xfc\nb f=1\n', 'latin1'), false],
    ['the replacement itself', Buffer.from('a f="\ufffd"\n'), false],
  ])('%s', async (_, content, isError) => {
    const path = join(folder, 'data.lp')
    writeFileSync(path, content)
    const [count, error] = await readUntil(path, () => {})
    expect(count).toBeGreaterThan(0)
    if (isError)
      expect(error).toMatchObject({
        message: expect.stringMatching(/is not valid UTF-8; .* became U\+FFFD \(in PowerShell, /),
      })
    else expect(error).toBeUndefined()
  })

  test('a file that may not be read is an error that says so', async () => {
    const path = join(folder, 'data.lp')
    writeFileSync(path, 'a f=1\n', { mode: 0 })
    const isRoot = process.geteuid?.() === 0
    chmodSync(folder, 0o755)
    // Root may read whatever the mode is.
    if (isRoot) process.seteuid?.(65534)
    const reading = collect(readDataFile(path))
    if (isRoot) process.seteuid?.(0)
    await expect(reading).rejects.toThrow(`the data file ${path} may not be read by this runner (EACCES)`)
  })

  test('what is opened is closed, whatever comes of it', async () => {
    const path = join(folder, 'data.lp')
    writeFileSync(path, 'a f=1\n'.repeat(200_000))
    const countOpen = () => readdirSync('/proc/self/fd').length
    const before = countOpen()
    for await (const _ of readDataFile(path)) break
    await collect(readDataFile(path))
    await collect(readDataFile(folder)).catch(() => {})
    expect(countOpen()).toBe(before)
  })

  test('without a path there is nothing', async () => {
    expect(await collect(readDataFile(undefined))).toEqual([])
  })

  test('a file that is gone, or none any more, is an error that says so', async () => {
    const gone = join(folder, 'gone.lp')
    await expect(collect(readDataFile(gone))).rejects.toThrow(
      new DataFileError(`the data file ${gone} no longer exists`),
    )
    const other = join(folder, 'folder.lp')
    mkdirSync(other)
    await expect(collect(readDataFile(other))).rejects.toThrow(`the data file ${other} is no longer a file`)
  })
})
