import { describe, expect, test } from 'vitest'
import { exampleBuild } from '../build/example-build.ts'
import { outcome, property, rule, summarize } from './example-outcome.ts'

test('a summary tells what became of the build, of its statistics and of its points', () => {
  expect(summarize({}, ['A notice.'])).toMatchInlineSnapshot(`
    "<h3>CI/test: 1m 31s</h3>

    > [!WARNING]
    > <p>3 of 5 points could not be written to file stats.lp: full disk; again.</p>
    > <p>property coverage (captures, line 3) was not captured: there is no property.</p>
    > <p>A warning.</p>

    <p>Success. Waited 3s for a runner. 1 point written to http://influx:8086 (v1, database ci), 2 points to file stats.lp.</p>

    <table>
    <tr><th>Statistic</th><th>Value</th></tr>
    <tr><td><code title="steps.unit.outputs.coverage">coverage</code></td><td align="right">81.5</td></tr>
    <tr><td><code title="tag, steps.unit.outputs.coverage">cov</code></td><td align="right"><code>x</code></td></tr>
    <tr><td><code>size</code></td><td align="right">mb 4.2</td></tr>
    </table>

    <details><summary>3 notes</summary>

    <ul>
    <li>A notice.</li>
    <li>Regular expressions did not capture properties that look like secrets: api_key. To capture one, give its name.</li>
    <li>No rule captured this data that steps yielded: bench (1).</li>
    </ul>

    </details>
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
  expect(text).toMatch(
    /^> <p>4 of 5 points could not be written to http.*: why\. 2 points are in a safe\. 1 is lost: it was full\.<\/p>$/m,
  )
  expect(text).toMatch(/^> <p>The field "coverage" was left out of 2 points of "build" in http/m)
  expect(text).toMatch(/^<li>4 points that earlier jobs had left in the spool were sent\.<\/li>$/m)
  expect(text).toMatch(/^<li>Left in the spool: CI\/lint, run 7: 503\.<\/li>$/m)
})

test('what there is nothing to say of is left out', () => {
  const bare = { columns: [], misses: [], warnings: [], secretNames: [], data: undefined, storages: [] }
  expect(summarize(bare)).toBe('<h3>CI/test: 1m 31s</h3>\n\n<p>Success. Waited 3s for a runner.</p>\n')
})

test('problems come first: three, and the others in a fold', () => {
  const text = summarize({ warnings: ['One.', 'Two.', 'Three.'], misses: [] })
  const lines = text.split('\n')
  expect(lines.slice(0, 4)).toEqual([
    '<h3>CI/test: 1m 31s</h3>',
    '',
    '> [!WARNING]',
    '> <p>3 of 5 points could not be written to file stats.lp: full disk; again.</p>',
  ])
  expect(summarize({ warnings: ['One.', 'Two.', 'Three.', 'Four.'], misses: [] })).toContain(
    '> <p>Two.</p>\n> <details><summary>2 more problems</summary>\n> <ul>\n> <li>Three.</li>\n> <li>Four.</li>\n> </ul>\n> </details>\n\n<p>',
  )
  expect(text).not.toContain('more problems')
})

test('malformed lines of the data file are a problem, and rules that may miss are not mentioned', () => {
  const [first] = outcome.misses
  const text = summarize({
    misses: first === undefined ? [] : [{ ...first, level: 'ignore' }],
    data: outcome.data && {
      ...outcome.data,
      malformed: [{ line: 3, problem: 'a field has no value' }],
      malformedCount: 12,
    },
  })
  expect(text).toMatch(/^> <p>12 lines of \$BUILD_STATS are left out as invalid line protocol: line 3: a field/m)
  expect(text).not.toContain('was not captured')
})

test('a job that did not wait says nothing of it', () => {
  expect(summarize({ build: { ...outcome.build, queueTime: 0 } })).not.toContain('Waited')
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
  expect(text).toContain(`<p>${'w '.repeat(999)}w…</p>\n`)
  expect(text).toMatch(/^> <p>http.*: [p ]+…<\/p>$/m)
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
        data: outcome.data && {
          ...outcome.data,
          singles: new Map([[secret, [[secret, 1]]]]),
          ignored: new Map([[secret, 1]]),
        },
      },
      [secret],
      (given) => given.replaceAll(secret, '***'),
    )
    expect(text).not.toContain('hunter2')
  })
})
