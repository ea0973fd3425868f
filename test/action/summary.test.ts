import { describe, expect, test } from 'vitest'
import { exampleBuild } from '../build/example-build.ts'
import { outcome, property, rule, summarize } from './example-outcome.ts'

test('a summary tells what became of the build, of its statistics and of its points', () => {
  expect(summarize({}, ['A notice.'])).toMatchInlineSnapshot(`
    "## Build Stats: CI/test

    |  |  |
    | --- | --- |
    | Result | success |
    | Start | 2026-08-01T12:00:00.000Z |
    | End | 2026-08-01T12:01:30.500Z |
    | Duration | 1 min 30.5 s |
    | Waited for a runner | 3 s |

    ### Captured

    | Statistic | Value | Property |
    | --- | --- | --- |
    | <code>coverage</code> | <code>81.5</code> | <code>steps.unit.outputs.coverage</code> |
    | <code>cov</code> (tag) | <code>x</code> | <code>steps.unit.outputs.coverage</code> |

    ### Data

    | Measurement | Points |
    | --- | --- |
    | <code>tests</code> | 2 |

    ### Not captured

    | Rule | Why |
    | --- | --- |
    | <code>property coverage (captures, line 3)</code> | there is no property |

    ### Where the points went

    - http&#58;//influx:8086 (v1, database ci): 1 point, and the start point when the job began
    - file stats.lp: 2 points, 3 lost: full disk; again

    ### Good to know

    - A notice.
    - A warning.
    - Left out of regular expressions because they look like secrets: api_key. Capture them by name.
    - Yielded, but captured by no rule: bench (1).
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
        kept: { kept: 2, where: 'in a safe', gone: 1, why: 'it was full' },
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
    ': 1 point, and the start point when the job began, 3 not written, 1 lost: why. 2 points are in a safe. 1 is lost: it was full\n',
  )
  expect(text).toMatch(/^- The field &#34;coverage&#34; was left out of 2 points of &#34;build&#34; in http/m)
  expect(text).toMatch(/^- 4 points that earlier jobs had left in the spool were sent\.$/m)
  expect(text).toMatch(/^- Left in the spool: CI\/lint, run 7: 503\.$/m)
})

test('what there is nothing to say of is left out', () => {
  const bare = { placed: [], misses: [], warnings: [], secretNames: [], data: undefined, storages: [] }
  const headings = summarize(bare).match(/^#+ .*/gm)
  expect(headings).toEqual(['## Build Stats: CI/test'])
})

test('a table has at most a hundred rows, and says how many more there are', () => {
  const misses = Array.from({ length: 103 }, () => ({ rule, reason: 'r', level: 'warn' as const }))
  const text = summarize({ misses })
  expect(text.match(/ \| r \|$/gm)).toHaveLength(100)
  expect(text).toContain('| and 3 more | |')
})

test('long values are cut', () => {
  const captured = { rule, name: 'a', property, value: 'x'.repeat(300) }
  expect(summarize({ placed: [{ captured, key: 'a', kind: 'field' }] })).toContain(`<code>${'x'.repeat(200)}…</code>`)
})

test('long sentences are cut too, far behind where a person has read on', () => {
  const [storage] = outcome.storages
  if (storage === undefined) throw new Error('no storage')
  const text = summarize({ warnings: ['w'.repeat(3000)], storages: [{ ...storage, problems: ['p'.repeat(3000)] }] })
  expect(text).toContain(`- ${'w'.repeat(2000)}…\n`)
  expect(text).toMatch(/^- http.*: p+…$/m)
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
        placed: [{ captured, key: secret, kind: 'field' }],
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
            kept: { kept: 1, where: secret, gone: 1, why: secret },
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
