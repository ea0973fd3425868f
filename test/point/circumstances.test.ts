import { expect, test } from 'vitest'
import type { Circumstances } from '../../src/build/build.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import { exampleBuild, exampleProperties, noCircumstances } from '../build/example-build.ts'
import { parseRules } from '../capture/example-rules.ts'

const known: Circumstances = {
  ...{ runnerImage: 'ubuntu24', runnerImageVersion: '20261116.1.0', runnerLabels: ['x64', 'linux', 'self-hosted'] },
  ...{
    runnerGroup: 'big',
    workflowRef: 'o/r/.github/workflows/ci.yml@refs/heads/main',
    pullRequest: 12n,
    isFlaky: true,
  },
}
const names = [
  'runner_image',
  'runner_image_version',
  'runner_labels',
  'runner_group',
  'workflow_ref',
  'pull_request',
  'flaky',
]

function layOut(circumstances: Circumstances, rules: unknown[] = [], tags: [string, string][] = []) {
  const own = { runner_group: 'mine', flaky: 'often' }
  const build = exampleBuild({ circumstances, properties: exampleProperties({ own }) })
  const options = { measurement: 'build', tags, matrixTags: true }
  return toBuildPoint(build, captureBuild(build, parseRules(rules, () => 1).rules), options)
}

test('what may explain a build is in its row', () => {
  const fields = Object.fromEntries(layOut(known).point.fields.filter(([name]) => names.includes(name)))
  expect(fields).toEqual({
    ...{ runner_image: 'ubuntu24', runner_image_version: '20261116.1.0', runner_labels: 'linux,self-hosted,x64' },
    ...{ runner_group: 'big', workflow_ref: known.workflowRef, pull_request: 12n, flaky: true },
  })
})

test('what is not known is not there, and neither is a build that is not flaky', () => {
  expect(layOut(noCircumstances).point.fields.filter(([name]) => names.includes(name))).toEqual([])
})

test('it yields to what is captured under its name, and to a tag', () => {
  const rules = [{ property: 'runner_group' }, { property: { name: 'flaky', tag: 'flaky' } }]
  const { point, misses } = layOut(known, rules, [['pull_request', 'any']])
  expect(misses).toEqual([])
  expect(point.fields.filter(([name]) => name === 'runner_group')).toEqual([['runner_group', 'mine']])
  const taken = point.tags.filter(([name]) => names.includes(name)).map(([name]) => name)
  expect(taken.sort()).toEqual(['flaky', 'pull_request'])
  expect(point.fields.filter(([name]) => taken.includes(name))).toEqual([])
})
