import { appendFileSync, readFileSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import type { Job } from '../support/job-runner.ts'
import { closing } from './closing.ts'
import { action, type Finished, runScenario, type Scenario } from './scenario.ts'

const dataFile = (job: Job) => job.exportedEnv.BUILD_STATS ?? ''
const names = (points: readonly { measurement: string }[]) => points.map(({ measurement }) => measurement).slice(2)
const missing = 'Data that steps yielded is missing: the data file '

/** Green, with the build's own points, and one warning or none. */
function expectGreen({ main, post, points }: Finished): void {
  expect([main.exitCode, post.exitCode]).toEqual([0, 0])
  expect(points.slice(0, 2).map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
}

describe.concurrent('in place of the data file stands', () => {
  test.each<[string, string, RegExp]>([
    [
      'a link to a folder',
      'mkdir other; ln -sf "$PWD/other" "$BUILD_STATS"',
      /is a symbolic link, which is not followed/,
    ],
    [
      'a link to itself',
      'rm "$BUILD_STATS"; ln -s "$BUILD_STATS" "$BUILD_STATS"',
      /is a symbolic link, which is not followed/,
    ],
    ['/dev/zero', 'ln -sf /dev/zero "$BUILD_STATS"', /is a symbolic link, which is not followed/],
    ['/dev/random', 'ln -sf /dev/random "$BUILD_STATS"', /is a symbolic link, which is not followed/],
    ['/dev/tty', 'ln -sf /dev/tty "$BUILD_STATS"', /is a symbolic link, which is not followed/],
    ['a link to a pipe', 'mkfifo pipe; ln -sf "$PWD/pipe" "$BUILD_STATS"', /is a symbolic link, which is not followed/],
    [
      'a socket',
      `rm "$BUILD_STATS"; node -e 'require("net").createServer().listen(process.env.BUILD_STATS, () => process.kill(process.pid, "SIGKILL"))' || true`,
      /is no longer a file/,
    ],
    [
      'a file where its folder was',
      'folder=$(dirname "$BUILD_STATS"); rm -r "$folder"; touch "$folder"',
      /no longer exists/,
    ],
  ])('%s', async (_name, script, told) => {
    const finished = await runScenario({}, (job) => job.step('tests', script))
    expectGreen(finished)
    expect(finished.warnings).toEqual([expect.stringMatching(told)])
    expect(finished.warnings[0]).toContain(missing)
  })

  test('a pipe that somebody holds open', async () => {
    const finished = await runScenario({ timeoutMs: 20_000 }, (job) =>
      job.step(
        'tests',
        'rm "$BUILD_STATS"; mkfifo "$BUILD_STATS"; timeout 30 sleep 30 <>"$BUILD_STATS" >/dev/null 2>&1 &',
      ),
    )
    expectGreen(finished)
    expect(finished.warnings).toEqual([expect.stringMatching(/is no longer a file/)])
  })

  test.each([
    ['a link to another file', 'ln -sf "$PWD/key" "$BUILD_STATS"'],
    ['another name of another file', 'ln -f "$PWD/key" "$BUILD_STATS"'],
  ])('%s, of which nothing is shown', async (_name, script) => {
    const finished = await runScenario({}, (job) => job.step('tests', `echo "MIIEvQIBADANBgkq a=1" > key; ${script}`))
    expectGreen(finished)
    expect(finished.warnings).toEqual([expect.stringContaining(missing)])
    expect(JSON.stringify([finished.log, finished.job.summary, names(finished.points)])).not.toContain('MIIE')
  })

  test('a link, to which yield adds nothing', async () => {
    const finished = await runScenario({}, async (job) => {
      await job.step('tests', 'echo "mine" > other; ln -sf "$PWD/other" "$BUILD_STATS"')
      await job.uses('yield', `${action}/yield`, { name: 'tests', data: 'passed: 1' }, { continueOnError: true })
      expect(readFileSync(`${job.workspace}/other`, 'utf8')).toBe('mine\n')
    })
    expectGreen(finished)
  })

  test('a file of /proc: nothing of it is told or stored', async () => {
    const env = { PLANTED: 'planted-0123456789' }
    const finished = await runScenario({ env }, (job) => job.step('tests', 'ln -sf /proc/self/environ "$BUILD_STATS"'))
    expectGreen(finished)
    expect(JSON.stringify([finished.log, finished.job.summary, names(finished.points)])).not.toContain('planted')
  })
})

describe.concurrent('the data file holds', () => {
  const malformed = /^[\d,]+ lines? of \$BUILD_STATS (is|are) left out as invalid line protocol: line \d/
  test.each<[string, string | Buffer, string[], RegExp | undefined]>([
    ['NULs', 'first a=1\n\0\0\0\nlast a=2\n', ['first', 'last'], malformed],
    ['a NUL in a value', 'first a="x\0y"\nlast a=2\n', ['last'], malformed],
    ['UTF-16', Buffer.from('\ufefftests a=1\n', 'utf16le'), ['tests'], undefined],
    [
      'UTF-16 among UTF-8',
      Buffer.concat([Buffer.from('first a=1\n'), Buffer.from('x a=1\r\n', 'utf16le'), Buffer.from('last a=1\n')]),
      ['first', 'x', 'last'],
      undefined,
    ],
    [
      'Latin-1',
      Buffer.from('first a="gr\xfcn"\nlast a=2\n', 'latin1'),
      ['first', 'last'],
      /is not valid UTF-8; invalid bytes became U\+FFFD/,
    ],
    ['half a character at its end', Buffer.from([...Buffer.from('first a=1\nlast a="x'), 0xc3]), ['first'], malformed],
    ['one byte', 'x', [], malformed],
    ['old line ends alone', 'first a=1\rlast a=2\r', [], malformed],
  ])('%s', async (_name, content, found, told) => {
    const finished = await runScenario({}, (job) => writeFileSync(dataFile(job), content))
    expectGreen(finished)
    expect(names(finished.points)).toEqual(found)
    expect(finished.warnings).toEqual(told === undefined ? [] : [expect.stringMatching(told)])
  })
})

function replaceFile(path: string): void {
  writeFileSync(`${path}.new`, 'late a=1\n')
  renameSync(`${path}.new`, path)
}

/** A job whose data file changes while its points are being taken: with the first request of post that comes. */
async function runChanging(lines: number, change: (path: string) => void) {
  let path: string | undefined
  const server = closing(
    await startInfluxServer({
      api: 'v1',
      database: 'ci',
      respond: () => {
        if (path !== undefined) change(path)
        path = undefined
        return undefined
      },
    }),
  )
  // A busy machine has time to write it all.
  const finished = await runScenario({ with: { file: '', url: server.url, database: 'ci', timeout: 50 } }, (job) => {
    appendFileSync(dataFile(job), 'tests,suite=unit passed=10,failed=0\n'.repeat(lines))
    path = dataFile(job)
  })
  expect([finished.main.exitCode, finished.post.exitCode, server.violations]).toEqual([0, 0, []])
  return { ...finished, count: server.points.filter(({ measurement }) => measurement === 'tests').length, server }
}

describe('while it is read, the data file', () => {
  const all = 30_000

  test('grows: what was there counts', async () => {
    const { count, warnings } = await runChanging(all, (path) => appendFileSync(path, 'late a=1\n'))
    expect([count, warnings]).toEqual([all, []])
  })

  test('is cut short: what was read counts', async () => {
    // More than is read ahead, however slow the server is.
    const many = 250_000
    const { count, warnings, server } = await runChanging(many, (path) => truncateSync(path, 0))
    expect(count).toBeGreaterThan(0)
    expect(count).toBeLessThan(many)
    expect(warnings).toEqual([expect.stringContaining('became shorter while it was read')])
    expect(server.points.filter(({ measurement }) => measurement === 'build').length).toBe(1)
  })

  test.each([
    ['replaced', replaceFile],
    ['removed', rmSync],
  ])('is %s: what was there counts', async (_name, change) => {
    const { count, warnings } = await runChanging(all, change)
    expect([count, warnings]).toEqual([all, []])
  })

  test('is written to by others all the time', async () => {
    const script = `timeout 20 bash -c 'while [ -e "$BUILD_STATS" ]; do echo "tests passed=1234567890,failed=0" >> "$BUILD_STATS"; done' >/dev/null 2>&1 &
      while [ ! -s "$BUILD_STATS" ]; do sleep 0.1; done`
    const finished = await runScenario({}, (job) => job.step('tests', script))
    rmSync(dataFile(finished.job))
    expectGreen(finished)
    const tests = finished.points.slice(2)
    expect(tests.length).toBeGreaterThan(0)
    expect(tests.filter(({ fields }) => fields.passed !== 1234567890 || fields.failed !== 0)).toEqual([])
    expect(finished.warnings).toEqual([])
  })
})

describe('a data file of a gigabyte', () => {
  /** Memory is bounded, and nothing goes on for more than a second beyond its time; the rest is for a busy machine. */
  function expectBounded({ post }: Finished & Scenario, timeoutS: number): void {
    expect(post.maxRssKb).toBeLessThan(500_000)
    expect(post.durationMs).toBeLessThan((timeoutS + 1) * 1000 + 15_000)
  }
  const gigabyte = async (script: string, timeoutS: number, inputs: Record<string, string> = {}) => {
    const options = { memory: true, with: { ...inputs, timeout: `${timeoutS}` } }
    const finished = await runScenario(options, (job) => job.step('tests', script))
    const { job } = finished
    rmSync(dataFile(job))
    expect([finished.main.exitCode, finished.post.exitCode]).toEqual([0, 0])
    expectBounded(finished, timeoutS)
    return finished
  }

  test('of nothing', async () => {
    const { warnings, point } = await gigabyte('truncate -s 1G "$BUILD_STATS"', 30)
    expect(point().fields.number).toBe(42n)
    expect(warnings).toEqual([expect.stringMatching(/line 1: longer than 1 MiB\.$/)])
  })

  test('in one line', async () => {
    const { warnings, point } = await gigabyte(`head -c 1G /dev/zero | tr '\\0' a >> "$BUILD_STATS"`, 10)
    expect(point().fields.number).toBe(42n)
    expect(warnings).toEqual([expect.stringMatching(/line 1: longer than 1 MiB\.$/)])
  })

  test('of lines, to a server', async () => {
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci', keepLines: false }))
    const { warnings } = await gigabyte(
      `(yes 'tests,suite=unit passed=10,failed=0' || true) | head -c 1G >> "$BUILD_STATS"`,
      5,
      {
        file: '',
        url: server.url,
        database: 'ci',
      },
    )
    expect(server.requests.length).toBeGreaterThan(1)
    expect(server.violations).toEqual([])
    expect(warnings.join('\n')).toMatch(/points.* (not read to its end|could not be written)/)
  })
})
