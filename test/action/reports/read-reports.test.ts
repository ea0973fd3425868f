import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readReports } from '../../../src/action/reports/read-reports.ts'
import type { ReportRule } from '../../../src/capture/kinds/report.ts'
import { explainMiss } from '../../../src/capture/miss.ts'
import { createDataShaper } from '../../../src/capture/shape.ts'
import { parseRules } from '../../capture/example-rules.ts'

let root: string
const path = (...names: string[]) => join(root, 'workspace', ...names)

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'reports-'))
  mkdirSync(path(), { recursive: true })
  mkdirSync(join(root, 'temp'))
})
afterEach(() => rmSync(root, { recursive: true }))

function write(name: string, content: string | Buffer = junit(2)): string {
  mkdirSync(dirname(path(name)), { recursive: true })
  writeFileSync(path(name), content)
  return path(name)
}

function junit(passed: number, failed = 0, suite = 'unit'): string {
  const cases = [
    ...Array.from({ length: passed }, (_, at) => `<testcase name="p${at}" classname="c" time="0.5"/>`),
    ...Array.from(
      { length: failed },
      (_, at) => `<testcase name="f${at}" classname="c"><failure message="no ${at}"/></testcase>`,
    ),
  ]
  return `<testsuites><testsuite name="${suite}">\n${cases.join('\n')}\n</testsuite></testsuites>`
}

const lcov = 'SF:a.ts\nDA:1,1\nDA:2,0\nend_of_record\nSF:b.ts\nDA:1,1\nDA:2,1\nend_of_record\n'

async function read(yaml: unknown, options: { startMs?: number; budgetMs?: number; cancel?: AbortSignal } = {}) {
  const { rules, problems } = parseRules(Array.isArray(yaml) ? yaml : [yaml], () => 3)
  expect(problems).toEqual([])
  const result = await readReports(rules as ReportRule[], {
    ...{ workspace: path(), temp: join(root, 'temp'), startMs: undefined, budgetMs: 20_000 },
    ...{ cancel: new AbortController().signal, redact: (text: string) => text.replaceAll('s3cret', '***') },
    ...options,
  })
  const results = [...result.results.values()]
  const shaper = createDataShaper()
  return {
    ...result,
    records: results.flatMap(({ captured }) =>
      captured
        .flatMap((one) => shaper.shape(one) ?? [])
        .map(({ record }) => ({
          name: record.name,
          tags: Object.fromEntries(record.tags),
          fields: Object.fromEntries(record.fields),
        })),
    ),
    told: results.flatMap(({ misses }) =>
      misses.map((miss) => explainMiss(miss).replace(/^report (.*?) \(captures, line 3\) was /, '')),
    ),
    notes: results.flatMap(({ notes }) => notes),
    levels: results.flatMap(({ misses }) => misses.map(({ level }) => level)),
  }
}

describe('what is read is data', () => {
  test('tests of several files are one record', async () => {
    write('a/x.xml', junit(3, 1))
    write('a/b/y.xml', junit(2))
    const { records, told, notes } = await read({ report: 'a/**/*.xml' })
    expect({ told, notes }).toEqual({ told: [], notes: [] })
    expect(records).toEqual([
      {
        name: 'tests',
        tags: {},
        fields: { tests: 6, passed: 5, failed: 1, errors: 0, skipped: 0, flaky: 0, duration: 2.5 },
      },
    ])
  })

  test('by suite, by file, and single cases', async () => {
    write('u.xml', junit(1, 1, 'unit'))
    write('e.xml', junit(2, 0, 'e2e'))
    write('lcov.info', lcov)
    expect((await read({ report: { files: '*.xml', by: 'suite', name: 'cases' } })).records).toMatchObject([
      { name: 'cases', tags: { suite: 'e2e' }, fields: { tests: 2, failed: 0 } },
      { name: 'cases', tags: { suite: 'unit' }, fields: { tests: 2, failed: 1 } },
    ])
    expect((await read({ report: { files: '*.xml', cases: 'failed' } })).records).toEqual([
      { name: 'test_case', tags: { outcome: 'failed' }, fields: { name: 'f0', classname: 'c', message: 'no 0' } },
    ])
    const slowest = await read({ report: { files: '*.xml', cases: 'slowest', limit: 2 } })
    expect(slowest.records.map(({ fields }) => fields.name)).toEqual(['p0', 'p1'])
    expect(slowest.notes).toEqual([
      '1 more test cases are not stored: the limit is 2 (report *.xml (captures, line 3)).',
    ])
    const all = await read({ report: { files: '*.xml', cases: 'all' } })
    expect(all.records).toHaveLength(4)
    expect((await read({ report: 'lcov.info' })).records).toMatchObject([
      { name: 'coverage', tags: {}, fields: { lines_percent: 75, lines_covered: 3, lines_total: 4 } },
    ])
    expect((await read({ report: { files: 'lcov.info', by: 'file', tags: ['lines_total'] } })).records).toMatchObject([
      { tags: { file: 'a.ts', lines_total: '2' }, fields: { lines_percent: 50 } },
      { tags: { file: 'b.ts' }, fields: { lines_percent: 100 } },
    ])
  })

  test('benchmarks, and records that no tool is known for', async () => {
    write('bench.json', '[{"name": "parse", "unit": "ms", "value": 1.5, "range": "± 0.1"}]')
    write('m.ndjson', '{"at": {"x": 1}, "v": [1]}\n{"v": 2}\n')
    write('m.csv', 'name,kb\nindex,12\n')
    expect((await read({ report: 'bench.json' })).records).toMatchObject([
      { name: 'benchmark', tags: { benchmark: 'parse', unit: 's' }, fields: { value: 0.0015 } },
    ])
    expect((await read({ report: { files: 'm.ndjson', format: 'ndjson', name: 'metrics' } })).records).toEqual([
      { name: 'metrics', tags: {}, fields: { at_x: 1, v: '[1]' } },
      { name: 'metrics', tags: {}, fields: { v: 2 } },
    ])
    expect(
      (await read({ report: { files: 'm.ndjson', format: 'json', measurement: 'metrics' } })).records,
    ).toHaveLength(2)
    expect((await read({ report: { files: 'm.csv', format: 'csv', name: 'sizes' } })).records).toMatchObject([
      { name: 'sizes', fields: { name: 'index' } },
    ])
    expect((await read({ report: { files: 'bench.json', format: 'json', name: 'raw' } })).records).toMatchObject([
      { name: 'raw', fields: { name: 'parse', unit: 'ms', value: 1.5 } },
    ])
  })

  test('two rules read one file, and each has its own', async () => {
    write('x.xml', junit(2, 1))
    const { records, failed } = await read([{ report: 'x.xml' }, { report: { files: '*.xml', cases: 'failed' } }])
    expect(records.map(({ name }) => name)).toEqual(['tests', 'test_case'])
    expect(failed.cases).toMatchObject([{ name: 'f0', message: 'no 0' }])
  })

  test('secrets are taken out before a message is cut', async () => {
    const message = `${'x'.repeat(196)}s3cret and more`
    write('x.xml', `<testsuite><testcase name="a s3cret"><failure message="${message}"/></testcase></testsuite>`)
    const { records } = await read({ report: { files: 'x.xml', cases: 'failed' } })
    expect(records[0]?.fields.name).toBe('a ***')
    expect(records[0]?.fields.message).toMatch(/^x{196}\*+/)
    expect(String(records[0]?.fields.message).length).toBeLessThanOrEqual(200)
  })
})

describe('a file costs itself, and is reported with its line', () => {
  const good = () => write('good.xml')
  const counted = [expect.objectContaining({ fields: expect.objectContaining({ tests: 2, passed: 2 }) })]
  const latin1 = (text: string) => Buffer.from(text, 'latin1')
  const declared = (encoding: string) =>
    `<?xml version="1.0" encoding="${encoding}"?>\n<testsuite name="größe"><testcase name="é"/></testsuite>`
  const utf16be = (text: string) => Buffer.from(text, 'utf16le').swap16()

  test.each<[what: string, content: string | Buffer, told: RegExp]>([
    ['broken', '<testsuite>\n<testcase name="a"/>\n</oops>', /only in part: bad\.xml, line 3: .*end tag/],
    ['cut off', junit(500).slice(0, 20_000), /only in part: bad\.xml, line \d+: the file ends/],
    ['empty', '', /only in part: bad\.xml: it is empty/],
    ['blank', ' \n \n', /bad\.xml: it is empty/],
    ['of an unknown encoding', declared('x-klingon'), /bad\.xml, line 1: its encoding "x-klingon" is not supported/],
    [
      'with declared entities',
      `<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>\n<testsuite><testcase name="&c;"/></testsuite>`,
      /entities/,
    ],
    ['nested too deep', `<testsuite>${'<a>'.repeat(100_000)}`, /bad\.xml, line 1: .*nested/],
    ['of another kind', lcov, /bad\.xml: it holds coverage, which cannot be grouped by suite: write "by: file"/],
    ['of no format', 'hello there', /bad\.xml: it is not in a known format/],
  ])('%s', async (_, content, told) => {
    good()
    write('bad.xml', content)
    const result = await read({ report: { files: ['good.xml', 'bad.xml'], by: 'suite', 'on-missing': 'ignore' } })
    expect(result.records).toEqual(counted)
    expect(result.told).toEqual([expect.stringMatching(told)])
    expect(result.levels).toEqual(['warn'])
  })

  test.each<[what: string, content: string | Buffer]>([
    ['UTF-8 with a byte order mark', `\ufeff${declared('UTF-8')}`],
    ['UTF-16 with a byte order mark', Buffer.from(`\ufeff${declared('UTF-16')}`, 'utf16le')],
    ['UTF-16, big end first', utf16be(`\ufeff${declared('UTF-16')}`)],
    ['UTF-16 without a mark', Buffer.from(declared('utf-16'), 'utf16le')],
    ['UTF-16 that is declared and is not', declared('utf-16')],
    ['Latin-1 that is declared', latin1(declared('ISO-8859-1'))],
    ['Windows-1252 that is declared', latin1(declared('windows-1252'))],
    ['a DOCTYPE', `<!DOCTYPE testsuite SYSTEM "http://127.0.0.1:1/x.dtd">\n${declared('utf-8').split('\n')[1]}`],
  ])('%s is read', async (_, content) => {
    write('x.xml', content)
    const { records, told } = await read({ report: { files: 'x.xml', by: 'suite' } })
    expect(told).toEqual([])
    expect(records).toMatchObject([{ tags: { suite: 'größe' }, fields: { tests: 1, passed: 1 } }])
  })

  test('too large: it is not even opened for long', async () => {
    good()
    truncateSync(write('bad.xml'), 100 * 2 ** 20)
    const { records, told } = await read({ report: '*.xml' })
    expect(records).toEqual(counted)
    expect(told).toEqual([
      'captured only in part: bad.xml: it has 100 MiB, and a report may have at most 64 MiB: split it',
    ])
  })

  test.skipIf(process.platform === 'win32')('a pipe, a device and a folder in its place', async () => {
    good()
    execFileSync('mkfifo', [path('pipe.xml')])
    symlinkSync('/dev/zero', path('zero.xml'))
    mkdirSync(path('folder.xml'))
    const { records, told } = await read({ report: ['good.xml', 'pipe.xml', 'zero.xml', 'folder.xml'] })
    expect(records).toEqual(counted)
    expect(told).toEqual([
      'captured only in part: pipe.xml: it is not a file, but a pipe, a device or a folder',
      'captured only in part: zero.xml: it cannot be read as a report',
      'captured only in part: folder.xml is a folder: name the files in it, such as folder.xml/**/*.xml',
    ])
  })

  test('files that no warning has a place for are named in the log', async () => {
    for (const name of ['a.xml', 'b.xml', 'd.xml']) write(name, '<testsuite>\n')
    write('c.json', '')
    const { notes, results } = await read({ report: ['*.xml', 'c.json'] })
    expect(notes).toEqual([
      'Other files were not read for report *.xml, c.json (captures, line 3): b.xml, line 2, d.xml, line 2: the file ends before </testsuite>: the tool was stopped while it wrote its report, or the file was cut off.',
    ])
    expect([...results.values()].flatMap(({ digests }) => digests)).toEqual([])
  })

  test('is never a row with a zero', async () => {
    write('a.xml', '<testsuite>\n')
    write('b.json', '{')
    const { results } = await read([
      { report: { files: 'a.xml', cases: 'failed' } },
      { report: { files: 'b.json', name: 'b', format: 'json' } },
    ])
    expect([...results.values()].flatMap(({ digests }) => digests)).toEqual([])
  })

  test('on-missing: error makes its trouble an error', async () => {
    write('bad.xml', '<testsuite>')
    expect((await read({ report: { files: 'bad.xml', 'on-missing': 'error' } })).levels).toEqual(['error'])
  })
})

describe('what is passed over', () => {
  test('files that are older than the job', async () => {
    const startMs = Date.now()
    const old = write('old.xml')
    utimesSync(old, startMs / 1000 - 3600, startMs / 1000 - 3600)
    expect(await read({ report: '*.xml' }, { startMs })).toMatchObject({
      records: [],
      told: ['not captured: all files that match *.xml were skipped: old.xml (older than this job)'],
    })
    utimesSync(write('new.xml'), startMs / 1000 + 1, startMs / 1000 + 1)
    expect(await read({ report: '*.xml' }, { startMs })).toMatchObject({
      records: [{ fields: { tests: 2 } }],
      told: [],
      notes: ['Skipped for report *.xml (captures, line 3): old.xml (older than this job).'],
    })
  })

  test('files that git tracks, but not those of other repositories', async () => {
    write('repo/test/fixtures/junit.xml', junit(7))
    write('repo/out/junit.xml')
    execFileSync('git', ['init', '-q', path('repo')])
    execFileSync('git', ['-C', path('repo'), 'add', 'test'])
    const { records, notes } = await read({ report: '**/*.xml' })
    expect(records).toMatchObject([{ fields: { tests: 2 } }])
    expect(notes).toEqual([
      'Skipped for report **/*.xml (captures, line 3): repo/test/fixtures/junit.xml (tracked by git).',
    ])
  })

  test('node_modules and .git, what is excluded, and what is in no known format', async () => {
    write('node_modules/a/x.xml')
    write('.git/x.xml')
    write('pom.xml', '<project/>')
    write('fixtures/x.xml')
    expect((await read({ report: ['**/*.xml', '!fixtures/**'] })).told).toEqual([
      'not captured: all files that match **/*.xml were skipped: pom.xml (not in a known format)',
    ])
    expect((await read({ report: 'node_modules/a/x.xml' })).told).toEqual([
      'not captured: no file matches node_modules/a/x.xml; node_modules is not searched',
    ])
    expect((await read({ report: ['**/*.xml'] })).records).toMatchObject([{ fields: { tests: 2 } }])
  })

  test('what an absolute path excludes', async () => {
    write('a.xml')
    write('fixtures/b.xml')
    const { records } = await read({ report: ['**/*.xml', `!${path('fixtures')}/**`] })
    expect(records).toMatchObject([{ fields: { tests: 2 } }])
  })

  test('nothing found is a miss for each glob, and never a zero', async () => {
    write('empty.xml', '<testsuites/>')
    const result = await read([
      { report: { files: ['none.xml', 'x/*.xml'], 'on-missing': 'ignore' } },
      { report: { files: 'empty.xml', 'on-missing': 'error' } },
    ])
    expect(result.records).toEqual([])
    expect(result.told).toEqual([
      'not captured: no file matches none.xml',
      'not captured: no file matches x/*.xml',
      'not captured: its files contain nothing to count',
    ])
    expect(result.levels).toEqual(['ignore', 'ignore', 'error'])
  })
})

describe.skipIf(process.platform === 'win32')('links', () => {
  beforeEach(() => {
    mkdirSync(join(root, 'elsewhere'))
    writeFileSync(join(root, 'elsewhere', 'x.xml'), junit(9))
    writeFileSync(join(root, 'temp', 't.xml'), junit(4))
  })

  test('are followed into the workspace and RUNNER_TEMP, and no file counts twice', async () => {
    write('a/x.xml')
    symlinkSync('a', path('b'))
    symlinkSync('..', path('a', 'loop'))
    symlinkSync(join(root, 'temp'), path('t'))
    expect((await read({ report: '**/*.xml' })).records).toMatchObject([{ fields: { tests: 6 } }])
    expect((await read({ report: '*/x.xml' })).records).toMatchObject([{ fields: { tests: 2 } }])
  })

  test('that lead elsewhere are followed only where a glob names the link', async () => {
    symlinkSync(join(root, 'elsewhere'), path('testlogs'))
    symlinkSync(join(root, 'elsewhere', 'x.xml'), path('x.xml'))
    expect((await read({ report: '**/*.xml' })).told).toEqual([
      expect.stringMatching(
        /^not captured: no file matches \*\*\/\*\.xml; (testlogs|x\.xml) is a link that leads out of the workspace/,
      ),
    ])
    expect((await read({ report: 'testlogs/**/*.xml' })).records).toMatchObject([{ fields: { tests: 9 } }])
    expect((await read({ report: 'x.xml' })).records).toMatchObject([{ fields: { tests: 9 } }])
  })

  test('that one rule names are not followed for another', async () => {
    write('x.xml')
    symlinkSync(join(root, 'elsewhere'), path('named'))
    const { records } = await read([{ report: 'named/*.xml' }, { report: { files: '**/*.xml', name: 'all' } }])
    expect(records).toMatchObject([
      { name: 'tests', fields: { tests: 9 } },
      { name: 'all', fields: { tests: 2 } },
    ])
  })

  test('do not let out what they lead to', async () => {
    writeFileSync(join(root, 'elsewhere', 'id'), '-----BEGIN KEY-----\nabc')
    symlinkSync(join(root, 'elsewhere', 'id'), path('x.json'))
    const { told } = await read({ report: { files: 'x.json', format: 'json', name: 'x' } })
    expect(told).toEqual(['not captured: x.json, line 1: it cannot be read as a report'])
  })

  test('an absolute glob stays within the workspace and RUNNER_TEMP', async () => {
    write('a.xml')
    expect((await read({ report: path('*.xml') })).records).toMatchObject([{ fields: { tests: 2 } }])
    expect((await read({ report: join(root, 'temp', '*.xml') })).records).toMatchObject([{ fields: { tests: 4 } }])
    for (const glob of [join(root, 'elsewhere', '*.xml'), path('..', 'elsewhere', '*.xml'), '/**/*.xml']) {
      expect((await read({ report: glob })).told, glob).toEqual([
        `not captured: ${glob} is outside the workspace and RUNNER_TEMP`,
      ])
    }
  })
})

describe('time', () => {
  test('what is not read in time is reported, and a cancelled job waits for nothing', async () => {
    for (let at = 0; at < 20; at++) write(`${at}.xml`, junit(20))
    const { records, told } = await read({ report: '*.xml' }, { budgetMs: 0 })
    expect(records).toEqual([])
    expect(told.join()).toMatch(/took too long/)
    const cancel = new AbortController()
    cancel.abort()
    expect((await read({ report: '*.xml' }, { cancel: cancel.signal })).told.join()).toMatch(/took too long/)
  })
})
