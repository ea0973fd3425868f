import { appendFileSync, existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Job } from '../support/job-runner.ts'
import { runScenario, type ScenarioOptions } from './scenario.ts'

/** No six characters of it are there twice, nor in anything else: a part of it is told from whatever is around it. */
const long = Array.from({ length: 60 }, (_, index) => `Q${(index * 7919 + 12_345).toString(36)}Z`).join('')
const partLength = 6
/** What is written otherwise in a tag or name: a backslash before a separator, quotes, and control characters. */
const special = 'Pq7xwV\\,Kd83hJ\\ Gm52bN\\=Tr94cF\\"Lz61kS\tWy08vX\u001bHn37pD'
/** Where a line with the other one is malformed, and left out. */
const control = 'Pq7xwV\u001bKd83hJ"Gm52bN'

/** The parts of a secret that are in the file of points. */
function findParts(secret: string, job: Job): string[] {
  const path = `${job.temp}/points.lp`
  expect(existsSync(path)).toBe(true)
  const text = readFileSync(path, 'utf8')
  // In a name that is made of letters, digits and _ alone, the stars are _ as well.
  expect(text).toMatch(/\*{3}|_{3}/)
  const plain = secret.split(/[^A-Za-z0-9]+/)
  const parts = plain.flatMap((run) =>
    Array.from({ length: Math.max(0, run.length - partLength + 1) }, (_, at) => run.slice(at, at + partLength)),
  )
  return parts.filter((part) => text.includes(part))
}

const server = { url: 'http://127.0.0.1:9', database: 'ci', username: 'stats', 'start-point': true }
/** As much before a secret that the cut is in its middle. */
const before = (cut: number) => 'x'.repeat(cut - 100)
/** Names and tags of line protocol. */
const escapeName = (text: string) => text.replace(/[, =]/g, '\\$&')
const quote = (text: string) => `"${text.replace(/["\\]/g, '\\$&')}"`
const yieldLine = (line: string) => (job: Job) => appendFileSync(job.exportedEnv.BUILD_STATS ?? '', `${line}\n`)
const json = JSON.stringify

type Case = readonly [
  secret: string,
  inputs: ScenarioOptions['with'],
  act?: ((job: Job) => unknown) | undefined,
  env?: object,
]

/** Where a value comes from a step output: as the input steps has it. */
const outputOf = (value: unknown) => ({ steps: json({ a: { outputs: { x: value }, outcome: 'success' } }) })
const record = (value: object) => outputOf(json(value))

const cases: Record<string, Case> = {
  'a tag of a line': [long, {}, yieldLine(`tests,suite=${before(1024)}${long} a=1`)],
  'a tag key of a line': [long, {}, yieldLine(`tests,${before(256)}${long}=1 a=1`)],
  'a field key of a line': [long, {}, yieldLine(`tests ${before(256)}${long}=1`)],
  'the name of a line': [long, {}, yieldLine(`${before(256)}${long} a=1`)],
  'text of a line': [long, {}, yieldLine(`tests a=${quote(before(65_535) + long)}`)],
  'a field of a line that becomes a tag': [
    long,
    { captures: '- data: {name: tests, tags: [a]}' },
    yieldLine(`tests a=${quote(before(1024) + long)},b=1`),
  ],
  'a property': [long, { captures: '- property: x', ...outputOf(before(65_535) + long) }],
  'a property that is a tag': [long, { captures: '- property: {name: x, tag: x}', ...outputOf(before(1024) + long) }],
  'the name of a property': [
    'Pq7xwV-Kd83hJ.Gm52bN',
    { captures: "- property: {regex: '.*'}", properties: json({ 'of Pq7xwV-Kd83hJ.Gm52bN': 1 }) },
  ],
  'a property in the layout buildbot': [
    long,
    { layout: 'buildbot', captures: "- property: {regex: '.*'}", properties: json({ [before(1000) + long]: 1 }) },
  ],
  'text of a record': [long, { captures: '- data: x', ...record({ a: before(65_535) + long }) }],
  'a key of a record': [long, { captures: '- data: x', ...record({ [before(256) + long]: 1 }) }],
  'a key of a record that is put together': [
    `${long.slice(0, 100)}_${long.slice(100)}`,
    { captures: '- data: x', ...record({ [`${'x'.repeat(100)}${long.slice(0, 100)}`]: { [long.slice(100)]: 1 } }) },
  ],
  'a key of a record in the layout buildbot': [
    long,
    { layout: 'buildbot', captures: '- data: x', ...record({ [before(256) + long]: 1 }) },
  ],
  'what a callback of a property makes': [
    long,
    {
      captures: `- property: {name: x, tag: y, callback: ${json(`$pad("", 924, "x") & ${json(long.slice(0, 50))} & value`)}}`,
      ...outputOf(long.slice(50)),
    },
  ],
  'what a callback of data makes': [
    long,
    {
      captures: `- data: {name: tests, callback: ${json(`{"a": $pad("", 65435, "x") & ${json(long.slice(0, 50))} & of}`)}}`,
    },
    yieldLine(`tests of=${quote(long.slice(50))}`),
  ],
  'a key that a callback of data makes': [
    long,
    {
      captures: `- data: {name: tests, callback: ${json(`{$pad("", 156, "x") & ${json(long.slice(0, 50))} & of: 1}`)}}`,
    },
    yieldLine(`tests of=${quote(long.slice(50))}`),
  ],
  'a tag of the input tags': [long, { tags: json({ team: before(1024) + long }) }],
  'a name of the input tags': [long, { tags: json({ [before(256) + long]: 'a' }) }],
  'the measurement': [long, { measurement: before(256) + long }],
  'a measurement of data': [
    long,
    { captures: json([{ data: { name: 'tests', measurement: before(256) + long } }]) },
    yieldLine('tests a=1'),
  ],
  'a field of a rule': [long, { captures: json([{ duration: { field: before(256) + long } }]) }],
  'a tag of a rule': [
    long,
    { captures: json([{ property: { name: 'x', tag: before(256) + long } }]), ...outputOf('a') },
  ],
  "the workflow's name": [long, {}, undefined, { GITHUB_WORKFLOW: before(1024) + long }],
  'the branch': [long, {}, undefined, { GITHUB_HEAD_REF: before(65_535) + long }],
  'the matrix': [long, { matrix: json({ [before(256) + long]: 1, os: before(1024) + long }) }],
  'the name of a key of the matrix': ['Pq7xwV-Kd83hJ.Gm52bN', { matrix: json({ 'Pq7xwV-Kd83hJ.Gm52bN': 1 }) }],

  'special characters in a tag of a line': [special, {}, yieldLine(`tests,suite=${escapeName(special)} a=1`)],
  'special characters in a tag key of a line': [special, {}, yieldLine(`tests,${escapeName(special)}=1 a=1`)],
  'special characters in a field key of a line': [control, {}, yieldLine(`tests ${control}=1`)],
  'special characters in the name of a line': [control, {}, yieldLine(`${control} a=1`)],
  'special characters in text of a line': [special, {}, yieldLine(`tests a=${quote(special)}`)],
  'special characters in a tag': [special, { tags: json({ team: special }) }],
  'special characters in the name of a tag': [special, { tags: json({ [`a ${special}`]: 'a' }) }],
  'special characters in a property that is a tag': [
    special,
    { captures: '- property: {name: x, tag: x}', ...outputOf(special) },
  ],
  'special characters in a key of a record': [special, { captures: '- data: x', ...record({ [special]: 1 }) }],
  'special characters in what a callback makes': [
    special,
    { captures: json([{ property: { name: 'x', tag: 'y', callback: json(special) } }]), ...outputOf('a') },
  ],
  'special characters in a field of a rule': [special, { captures: json([{ duration: { field: special } }]) }],
  'special characters in the job': [special, {}, undefined, { GITHUB_JOB: special }],

  'a number of a line': ['4711081542', {}, yieldLine('tests a=4711081542i,b=1')],
  'a number of a line that becomes a tag': [
    '4711081542',
    { captures: '- data: {name: tests, tags: [a]}' },
    yieldLine('tests a=4711081542i,b=1'),
  ],
  'a number of a record': ['4711081542', { captures: '- data: x', ...outputOf({ a: 4711081542, b: 1 }) }],
  'a number that a callback makes': [
    '4711081542',
    { captures: '- property: {name: x, callback: 4711081541 + $number(value)}', ...outputOf('1') },
  ],
  'a number that callback of data makes': [
    '4711081542',
    { captures: '- data: {name: tests, callback: \'{"a": 4711081541 + b}\'}' },
    yieldLine('tests b=1'),
  ],
}

describe.concurrent('no part of a secret is in a point, where it is in', () => {
  test.each(Object.entries(cases))('%s', async (_name, [secret, inputs, act, env]) => {
    // Callbacks have half of it, in which a process has to start.
    const timeout = JSON.stringify(inputs).includes('callback') ? 8 : 1
    const options = { with: { ...server, timeout, password: secret, ...inputs }, env: { ...env } }
    const { main, post, job } = await runScenario(options, (running) => act?.(running))
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(findParts(secret, job)).toEqual([])
  })
})
