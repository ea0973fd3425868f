import { describe, expect, test } from 'vitest'
import { findFaults, findNotes, type Outcome, toHeadline } from '../../src/presentation/outcome.ts'
import { exampleBuild } from '../build/example-build.ts'
import { origin, outcome, rule } from './example-outcome.ts'

const [http, file] = outcome.storages
if (http === undefined || file === undefined || outcome.data === undefined) throw new Error('the example is not whole')
const { data } = outcome

/** An outcome in which nothing went wrong, but for what a test says. */
const withFaults = (changes: Partial<Outcome>): Outcome => ({
  ...outcome,
  misses: [],
  warnings: [],
  storages: [http],
  ...changes,
})

describe('faults', () => {
  test('are none where nothing went wrong', () => {
    expect(findFaults(withFaults({}), true)).toEqual([])
  })

  test.each<[Partial<Outcome>, text: string, level: 'lost' | 'info']>([
    [
      { storages: [{ ...http, written: 1, lost: 2, problems: ['a', 'b'] }] },
      '2 of 3 points could not be written to http://influx:8086 (v1, database ci): a; b.',
      'lost',
    ],
    [
      { storages: [{ ...http, written: 0, lost: 1, problems: [] }] },
      '1 of 1 point could not be written to http://influx:8086 (v1, database ci).',
      'lost',
    ],
    [
      { storages: [{ ...http, written: 0, lost: 500, gaveUp: true, problems: ['401'] }] },
      '500 of 500 points, at least, of data that was not read to its end, could not be written to http://influx:8086 (v1, database ci): 401.',
      'lost',
    ],
    [
      {
        storages: [
          {
            ...http,
            written: 1,
            unsent: 3,
            lost: 1,
            problems: ['503'],
            kept: { count: 3, where: 'in a safe', gone: 0, why: '' },
          },
        ],
      },
      '4 of 5 points could not be written to http://influx:8086 (v1, database ci): 503. 3 points are in a safe.',
      'lost',
    ],
    [
      {
        storages: [
          {
            ...http,
            written: 0,
            unsent: 3,
            problems: ['503'],
            kept: { count: 1, where: 'in a safe', gone: 2, why: 'it is full' },
          },
        ],
      },
      '3 of 3 points could not be written to http://influx:8086 (v1, database ci): 503. 1 point is in a safe. 2 are lost: it is full.',
      'lost',
    ],
    [
      {
        storages: [
          {
            ...http,
            conflicts: [
              {
                measurement: 'build',
                field: 'coverage',
                given: 'string',
                existing: 'float',
                points: 1,
                isConverted: false,
              },
            ],
            origin,
          },
        ],
      },
      'The field "coverage" was left out of 1 point of "build" in http://influx:8086 (v1, database ci): this build sends it as string, but it is stored as float. It comes from the rule property coverage; give the rule "type: float", or another "field".',
      'lost',
    ],
    [{ storages: [{ ...file, lost: 0, problems: ['odd'] }] }, 'file stats.lp: odd.', 'lost'],
    [
      { misses: [{ rule, reason: 'there is none', level: 'warn' }] },
      'property coverage was not captured: there is none.',
      'lost',
    ],
    [{ warnings: ['A sentence.'] }, 'A sentence.', 'info'],
    [
      { data: { ...data, renamed: new Set(['build']) } },
      'Data named "build" went to the measurement "data_build" because "build" is the measurement of the builds.',
      'info',
    ],
    [{ data: { ...data, failure: 'it is gone' } }, 'Data that steps yielded is missing: it is gone.', 'lost'],
    [
      { data: { ...data, malformed: [{ line: 7, problem: 'no fields' }], malformedCount: 1 } },
      '1 line of $BUILD_STATS is left out as invalid line protocol: line 7: no fields.',
      'lost',
    ],
    [
      { data: { ...data, malformed: [{ line: 7, problem: 'no fields' }], malformedCount: 3 } },
      '3 lines of $BUILD_STATS are left out as invalid line protocol: line 7: no fields; and 2 more.',
      'lost',
    ],
  ])('case %#: %o', (changes, text, level) => {
    expect(findFaults(withFaults(changes), false)).toEqual([{ text, level, failsJob: false }])
  })

  test('of a rule that says so fail the job, those of one that does not care are none', () => {
    const misses = (['ignore', 'error'] as const).map((level) => ({ rule, reason: level, level }))
    expect(findFaults(withFaults({ misses }), false)).toEqual([
      { text: 'property coverage was not captured: error.', level: 'lost', failsJob: true },
    ])
  })
})

test('of a kind, ten are told, and the others counted; one of them may fail the job', () => {
  const misses = Array.from({ length: 15 }, (_, n) => ({ rule, reason: `${n}`, level: 'warn' as const }))
  const faults = findFaults(withFaults({ misses, warnings: misses.map(({ reason }) => reason) }), false)
  expect(faults.map(({ text }) => text)).toEqual([
    ...misses.slice(0, 10).map(({ reason }) => `property coverage was not captured: ${reason}.`),
    '5 more rules did not capture what they should.',
    ...misses.slice(0, 10).map(({ reason }) => reason),
    '5 more warnings like these were left out.',
  ])
  const last = { rule, reason: 'gone', level: 'error' as const }
  expect(findFaults(withFaults({ misses: [...misses, last] }), false).map(({ failsJob }) => failsJob)).toEqual([
    ...misses.slice(0, 10).map(() => false),
    true,
  ])
  expect(findFaults(withFaults({ misses: misses.slice(0, 11) }), false).length).toBe(11)
})

test('of names, ten are told', () => {
  const names = Array.from({ length: 3000 }, (_, n) => `n${n}`)
  const notes = findNotes({
    ...outcome,
    secretNames: names,
    data: undefined,
    unyielded: new Map(names.map((name) => [name, undefined])),
  })
  expect(notes).toEqual([expect.stringContaining('n9 and 2990 more. '), expect.stringContaining('n9 and 2990 more: ')])
})

test('points that went to a file by mistake count where a fault fails the job, and only there', () => {
  const mistaken = withFaults({ settingFaults: ['The input token is empty.'] })
  expect(findFaults(mistaken, false)).toEqual([])
  expect(findFaults(mistaken, true)).toEqual([{ text: 'The input token is empty.', level: 'lost', failsJob: false }])
})

test('notes tell what was left out, and what nobody captured', () => {
  expect(findNotes(outcome)).toEqual([
    'Regular expressions did not capture properties that look like secrets: api_key. To capture one, give its name.',
    'No rule captured this data that steps yielded: bench (1).',
  ])
  expect(findNotes({ ...outcome, secretNames: [], data: undefined })).toEqual([])
  const spooled = { sent: 1, problems: ['Left in the spool: CI/lint, run 7: 503.'], losses: [] }
  expect(findNotes({ ...outcome, secretNames: [], data: undefined, spooled })).toEqual([
    '1 point that earlier jobs had left in the spool was sent.',
    'Left in the spool: CI/lint, run 7: 503.',
  ])
  const unyielded = new Map([
    ['lint', undefined],
    ['d', 'steps.s.outputs.d is an empty list'],
    ['told', ''],
    ['size', undefined],
  ])
  expect(findNotes({ ...outcome, secretNames: [], data: undefined, unyielded, notes: ['A note.'] })).toEqual([
    'Nothing was yielded as lint, size: neither a step output (a step needs an id) nor a line in $BUILD_STATS.',
    'Nothing was yielded as d: steps.s.outputs.d is an empty list.',
    'A note.',
  ])
})

test.each<[Partial<Outcome>, string]>([
  [
    {},
    'Build Stats: CI/test took 1m 31s (success). 1 point written to http://influx:8086 (v1, database ci), 2 points to file stats.lp.',
  ],
  [{ storages: [] }, 'Build Stats: CI/test took 1m 31s (success).'],
  [
    { build: exampleBuild({ result: 'failure', startMs: 5, endMs: 0 }), storages: [file] },
    'Build Stats: CI/test took 0s (failure). 2 points written to file stats.lp.',
  ],
])('the headline, case %#', (changes, headline) => {
  expect(toHeadline({ ...outcome, ...changes })).toBe(headline)
})
