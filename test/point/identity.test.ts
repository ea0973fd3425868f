import { describe, expect, test } from 'vitest'
import { dropTagNames, toIdentityFields, toTags } from '../../src/point/identity.ts'
import { exampleBuild } from '../build/example-build.ts'

const options = { measurement: 'build', tags: [], matrixTags: true }
const builtIn = {
  repository: 'octo-org/octo-repo',
  workflow: 'CI',
  job: 'test',
  event: 'push',
  runner_os: 'Linux',
  runner_arch: 'X64',
  default_branch: 'true',
}

describe('tags', () => {
  const tagsOf = (changes = {}, more = {}, result?: string, caller?: string) =>
    Object.fromEntries(toTags(exampleBuild(changes), { result, caller }, { ...options, ...more }))

  test('are those of the identity, and the result once there is one', () => {
    expect(tagsOf()).toEqual(builtIn)
    expect(tagsOf({}, {}, 'failure', 'web')).toEqual({ ...builtIn, result: 'failure', caller: 'web' })
    expect(tagsOf({}, {}, 'failure', '')).toEqual({ ...builtIn, result: 'failure' })
  })

  test('the leaves of the matrix are tags, each with a name of its own', () => {
    const matrix = { os: 'linux', 'node version': 20, flag: false, empty: '', none: null, list: [1], object: { a: 1 } }
    const alike = { 'a-b': 1, a: { b: null }, a_b: 2, a_b_2: 3 }
    expect(tagsOf({ matrix: alike })).toEqual({ ...builtIn, matrix_a_b: '1', matrix_a_b_3: '2', matrix_a_b_2_2: '3' })
    expect(tagsOf({ matrix })).toEqual({
      ...builtIn,
      matrix_os: 'linux',
      matrix_node_version: '20',
      matrix_flag: 'false',
      matrix_list_0: '1',
      matrix_object_a: '1',
    })
    expect(tagsOf({ matrix }, { matrixTags: false })).toEqual(builtIn)
  })

  test.each<[string, [string, string][], object]>([
    ['are added', [['team', 'core']], { ...builtIn, team: 'core' }],
    ['win over the built-in ones', [['job', 'mine']], { ...builtIn, job: 'mine' }],
    ['win over those of the matrix', [['matrix_os', 'mine']], { ...builtIn, matrix_os: 'mine' }],
    ['are made sayable', [['#a\\', 'b\nc\\']], { ...builtIn, '#a': 'b c' }],
    ['never take the name that InfluxDB keeps', [['time\\', 'a']], { ...builtIn, time_: 'a' }],
    ['that are empty are left out', [['a', '\\']], builtIn],
  ])("the user's tags %s", (_, tags, expected) => {
    const matrix = _.includes('matrix') ? { os: 'linux' } : {}
    expect(tagsOf({ matrix }, { tags })).toEqual(expected)
  })

  test('what cannot be said is made sayable, what is empty is left out', () => {
    const tags = tagsOf({ workflow: 'a\r\nb\\', runnerArch: '', event: '\\' })
    expect(tags).toMatchObject({ workflow: 'a b' })
    expect(Object.keys(tags)).not.toContain('runner_arch')
    expect(Object.keys(tags)).not.toContain('event')
  })
})

describe('fields', () => {
  test('are whatever names a single run, commit, person or machine', () => {
    expect(Object.fromEntries(toIdentityFields(exampleBuild()))).toEqual({
      number: 42n,
      attempt: 1n,
      run_id: 16512345678n,
      job_id: 46698812345n,
      branch: 'main',
      sha: 'ffac537e6cbbf934b08745a378932722df287a53',
      actor: 'octocat',
      url: 'https://github.com/octo-org/octo-repo/actions/runs/16512345678/job/46698812345',
      runner_name: 'GitHub Actions 7',
    })
  })

  test('what is not known is left out', () => {
    const unknown = { runId: undefined, number: undefined, attempt: undefined, jobId: undefined, branch: '', sha: '' }
    expect([...toIdentityFields(exampleBuild(unknown)).keys()]).toEqual(['actor', 'url', 'runner_name'])
  })

  test('are cut where no server takes them', () => {
    expect(toIdentityFields(exampleBuild({ branch: 'x'.repeat(70_000) })).get('branch')).toHaveLength(65_535)
  })
})

test('a field that a tag has the name of is taken out', () => {
  const fields = dropTagNames(toIdentityFields(exampleBuild()), new Map([['branch', 'x']]))
  expect(fields.has('branch')).toBe(false)
  expect(fields.has('sha')).toBe(true)
})
