import { describe, expect, test } from 'vitest'
import { exampleBuild } from '../build/example-build.ts'
import { outcome, property, rule, summarize } from './example-outcome.ts'

test('a summary tells what became of the build, of its statistics and of its points', () => {
  expect(summarize({}, ['A notice.'])).toMatchInlineSnapshot(`
    "<h2>Build Stats: CI/test</h2>

    <table>
    <tr><td>Result</td><td>success</td></tr>
    <tr><td>Start</td><td>2026-08-01T12:00:00.000Z</td></tr>
    <tr><td>End</td><td>2026-08-01T12:01:30.500Z</td></tr>
    <tr><td>Duration</td><td>1 min 30.5 s</td></tr>
    <tr><td>Waited for a runner</td><td>3 s</td></tr>
    </table>

    ### Captured

    <table>
    <tr><th>Statistic</th><th>Value</th><th>Property</th></tr>
    <tr><td><code>coverage</code></td><td><code>81.5</code></td><td><code>steps.unit.outputs.coverage</code></td></tr>
    <tr><td><code>cov</code> (tag)</td><td><code>x</code></td><td><code>steps.unit.outputs.coverage</code></td></tr>
    </table>

    ### Data

    <table>
    <tr><th>Measurement</th><th>Points</th></tr>
    <tr><td><code>tests</code></td><td>2</td></tr>
    </table>

    ### Not captured

    <table>
    <tr><th>Rule</th><th>Why</th></tr>
    <tr><td><code>property coverage (captures, line 3)</code></td><td>there is no property</td></tr>
    </table>

    ### Where the points went

    <ul>
    <li>http://influx:8086 (v1, database ci): 1 point, and the start point when the job began</li>
    <li>file stats.lp: 2 points, 3 lost: full disk; again</li>
    </ul>

    ### Notes

    <ul>
    <li>A notice.</li>
    <li>A warning.</li>
    <li>Left out of regular expressions because they look like secrets: api_key. Capture them by name.</li>
    <li>Yielded, but captured by no rule: bench (1).</li>
    </ul>
    "
  `)
})

test('where points are that were not written, and what was written without a field', () => {
  const [storage] = outcome.storages
  if (storage === undefined) throw new Error('no storage')
  const text = summarize({
    storages: [
      {
        ...storage,
        written: 1,
        unsent: 3,
        lost: 1,
        problems: ['why'],
        kept: { count: 2, where: 'in a safe', gone: 1, why: 'it was full' },
        conflicts: [
          {
            measurement: 'build',
            field: 'coverage',
            given: 'string',
            existing: 'float',
            points: 2,
            isConverted: false,
          },
        ],
      },
    ],
    spooled: { sent: 4, problems: ['Left in the spool: CI/lint, run 7: 503.'], losses: [] },
  })
  expect(text).toContain(
    ': 1 point, and the start point when the job began, 3 not written, 1 lost: why. 2 points are in a safe. 1 is lost: it was full</li>\n',
  )
  expect(text).toMatch(/^<li>The field "coverage" was left out of 2 points of "build" in http/m)
  expect(text).toMatch(/^<li>4 points that earlier jobs had left in the spool were sent\.<\/li>$/m)
  expect(text).toMatch(/^<li>Left in the spool: CI\/lint, run 7: 503\.<\/li>$/m)
})

test('what there is nothing to say of is left out', () => {
  const bare = { columns: [], misses: [], warnings: [], secretNames: [], data: undefined, storages: [] }
  const headings = summarize(bare).match(/^#+ .*/gm)
  expect(headings).toBeNull()
})

test('a table has at most a hundred rows, and says how many more there are', () => {
  const misses = Array.from({ length: 103 }, () => ({ rule, reason: 'r', level: 'warn' as const }))
  const text = summarize({ misses })
  expect(text.match(/<td>r<\/td><\/tr>$/gm)).toHaveLength(100)
  expect(text).toContain('<tr><td colspan="2">and 3 more</td></tr>')
})

test('long values are cut', () => {
  const captured = { rule, name: 'a', property, value: 'a few words '.repeat(30) }
  expect(summarize({ columns: [{ captured, key: 'a', kind: 'field' }] })).toContain(
    `<code>${'a few words '.repeat(16)}a few…</code>`,
  )
})

test('long sentences are cut too, far behind where a person has read on', () => {
  const [storage] = outcome.storages
  if (storage === undefined) throw new Error('no storage')
  const text = summarize({ warnings: ['w '.repeat(1500)], storages: [{ ...storage, problems: ['p '.repeat(1500)] }] })
  expect(text).toContain(`<li>${'w '.repeat(999)}w…</li>\n`)
  expect(text).toMatch(/^<li>http.*: [p ]+…<\/li>$/m)
  expect(Math.max(...text.split('\n').map(({ length }) => length))).toBeLessThan(2100)
})

describe('secrets', () => {
  const secret = 'hunter2secret'
  test('are nowhere in it', () => {
    const captured = {
      rule,
      name: secret,
      property: { path: secret, value: secret },
      value: `${'x'.repeat(195)}${secret}`,
    }
    const text = summarize(
      {
        build: exampleBuild({ builder: secret, result: secret }),
        columns: [{ captured, key: secret, kind: 'field' }],
        spooled: { sent: 1, problems: [secret], losses: [] },
        misses: [{ rule: { ...rule, match: { name: secret } }, reason: secret, level: 'warn' }],
        warnings: [secret],
        storages: [
          {
            name: secret,
            written: 0,
            unsent: 1,
            lost: 1,
            problems: [secret],
            conflicts: [
              { measurement: secret, field: secret, given: 'string', existing: 'float', points: 1, isConverted: false },
            ],
            kept: { count: 1, where: secret, gone: 1, why: secret },
            hasStart: true,
          },
        ],
        data: outcome.data && { ...outcome.data, points: new Map([[secret, 1]]), ignored: new Map([[secret, 1]]) },
      },
      [secret],
      (given) => given.replaceAll(secret, '***'),
    )
    expect(text).not.toContain('hunter2')
  })
})
