import { appendFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { runScenario } from './scenario.ts'

const names = (points: readonly { measurement: string }[]) => points.map(({ measurement }) => measurement).slice(2)

describe.concurrent('a data file', () => {
  test.each([
    ['is gone', 'rm "$BUILD_STATS"', /^Data that steps yielded is missing: the data file .* no longer exists\.$/],
    [
      'is a directory',
      'rm "$BUILD_STATS"; mkdir "$BUILD_STATS"',
      /^Data that steps yielded is missing: the data file .* is no longer a file\.$/,
    ],
    [
      'has lost its folder',
      'rm -r "$(dirname "$BUILD_STATS")"',
      /^Data that steps yielded is missing: the data file .* no longer exists\.$/,
    ],
    [
      'leads nowhere',
      'rm "$BUILD_STATS"; ln -s nowhere "$BUILD_STATS"',
      /^Data that steps yielded is missing: the data file/,
    ],
    [
      'never ends',
      'rm "$BUILD_STATS"; mkfifo "$BUILD_STATS"',
      /^Data that steps yielded is missing: the data file .* is no longer a file\.$/,
    ],
  ])('that %s costs the data, and nothing else', async (_name, script, told) => {
    const { post, points, warnings } = await runScenario({}, (job) => job.step('tests', script))
    expect([post.exitCode, points.length]).toEqual([0, 2])
    expect(warnings).toEqual([expect.stringMatching(told)])
  })

  test('that is binary costs its lines', async () => {
    const { post, points, warnings } = await runScenario({}, (job) => {
      const noise = Buffer.from(Array.from({ length: 50_000 }, (_, index) => (index * 7919 + (index >> 3)) % 256))
      appendFileSync(job.exportedEnv.BUILD_STATS ?? '', Buffer.concat([noise, Buffer.from('\nfine a=1\n')]))
    })
    expect([post.exitCode, names(points)]).toEqual([0, ['fine']])
    expect(warnings).toEqual([
      expect.stringMatching(
        /^[\d,]+ lines of \$BUILD_STATS are left out as invalid line protocol: .*; and \d+ more\.$/,
      ),
    ])
    expect(warnings[0]?.length).toBeLessThan(1500)
  })

  test.each([
    ['without a final newline', 'first a=1\nlast a=2'],
    ['with CRLF', 'first a=1\r\nlast a=2\r\n'],
    ['with a byte order mark', '\ufefffirst a=1\nlast a=2\n'],
    ['with blank lines and comments', '\n\n# one\nfirst a=1\n  \n#two\nlast a=2\n\n'],
  ])('%s is read', async (_name, text) => {
    const { points, warnings } = await runScenario({}, (job) => appendFileSync(job.exportedEnv.BUILD_STATS ?? '', text))
    expect([names(points), warnings]).toEqual([['first', 'last'], []])
  })

  test('is kept where the action is used twice in a job', async () => {
    const first = await runScenario({}, (job) => job.step('tests', 'echo "tests a=1" >> "$BUILD_STATS"'))
    expect(names(first.points)).toEqual(['tests'])
    const second = await runScenario({ env: { BUILD_STATS: '/nowhere/data.lp' } }, (job) =>
      job.step('tests', 'echo "tests a=1" >> "$BUILD_STATS"'),
    )
    expect([names(second.points), second.warnings]).toEqual([['tests'], []])
  })
})
