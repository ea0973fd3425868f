import { describe, expect, test } from 'vitest'
import { readEndInputs, toKnownInputs } from '../../src/action/known-inputs.ts'
import type { InputName } from '../../src/runner/input-names.ts'
import { readFrom } from '../settings/inputs.ts'

type Inputs = Readonly<Record<string, string>>
const asIs = (text: string) => text
const inputs = {
  ...{ url: 'http://influx:8086', org: 'acme', bucket: 'ci', token: 'a-token', captures: '- duration' },
  ...{ spool: '/spool', steps: '{}', compare: 'true' },
}
const known = toKnownInputs(readFrom(inputs), asIs)
const names: readonly InputName[] = ['url', 'bucket', 'captures', 'spool', 'token', 'compare']

/** What post reads of these names, and its warnings. */
function readEnd(post: Inputs, main = known, hasConfig = true) {
  const { read, warnings } = readEndInputs(readFrom(post), main, hasConfig)
  return { values: Object.fromEntries(names.map((name) => [name, read(name)])), config: read('config'), warnings }
}

test('main hands on its inputs without secrets, and the names of the others', () => {
  const { token: _, steps: __, ...rest } = inputs
  expect(known).toEqual({ inputs: rest, otherInputs: ['token', 'steps'] })
  const redact = (text: string) => text.replaceAll('acme', '***')
  expect(toKnownInputs(readFrom(inputs), redact).inputs).not.toHaveProperty('org')
  const long = toKnownInputs(readFrom({ ...inputs, captures: 'x'.repeat(50_000) }), asIs)
  expect(long).toMatchObject({ inputs: {}, otherInputs: expect.arrayContaining(['url', 'captures', 'token']) })
})

describe('the end of a job', () => {
  test('that has its inputs reads them as they are', () => {
    // Its author may want no comparison where a job has failed.
    const { values, warnings } = readEnd({ ...inputs, captures: '- end-time', compare: '' })
    expect(values).toMatchObject({ captures: '- end-time', compare: '', token: 'a-token' })
    expect(warnings).toEqual([])
    expect(readEnd({}, toKnownInputs(readFrom({ captures: '- duration' }), asIs)).values.captures).toBe('')
    expect(readEndInputs(readFrom({}), undefined, true).warnings).toEqual([])
  })

  test('that has none has those of its start, except secrets', () => {
    const { values, warnings } = readEnd({})
    const { url, bucket, captures, spool, compare } = inputs
    expect(values).toEqual({ url, bucket, captures, spool, compare, token: '' })
    expect(warnings).toEqual([
      expect.stringMatching(/: url, org, bucket, captures, compare, spool; what they had then is used\./),
      expect.stringMatching(/: token, steps; what they had then is not known\./),
    ])
  })

  test('that has lost one expression has its value of the start, and sends the token to no other place', () => {
    const { values, warnings } = readEnd({ ...inputs, bucket: '', captures: '' })
    expect(values).toMatchObject({ bucket: 'ci', captures: '- duration', token: 'a-token' })
    expect(warnings).toEqual([
      expect.stringMatching(
        /^These inputs had a value when the job began, and are empty when it ends: bucket, captures; /,
      ),
    ])
  })

  test.each([
    ['what says where points go', { url: 'http://other', token: 'x' }, { bucket: '', captures: '- duration' }],
    ['a file', { file: 'a.lp' }, { url: '', captures: '- duration' }],
    ['credentials alone', { token: 'x' }, { url: 'http://influx:8086', token: 'x' }],
  ])('that has %s of its own', (_, post, expected) => {
    expect(readEnd(post).values).toMatchObject(expected)
  })

  test('that names another config reads the one that its start has read', () => {
    const main = toKnownInputs(readFrom({ config: '/a/stats.yml', steps: '{}' }), asIs)
    const { config, warnings } = readEnd({ config: '/b/stats.yml', steps: '{}' }, main)
    expect(config).toBe('/a/stats.yml')
    expect(warnings).toEqual([
      'The input config was /a/stats.yml when the job began, and is /b/stats.yml now: /a/stats.yml is read.',
    ])
    // A file that came with a later checkout was not read then.
    expect(readEnd({ config: '/b/stats.yml', steps: '{}' }, main, false)).toMatchObject({
      config: '/b/stats.yml',
      warnings: [],
    })
  })
})
