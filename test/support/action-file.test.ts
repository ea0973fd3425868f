// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evaluateInputs, readActionFile } from './action-file.ts'
import { createJob } from './job-runner.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'action-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function writeAction(text: string) {
  writeFileSync(join(folder, 'action.yml'), text)
  return folder
}

test('an action without post has none, and post-if is always() by itself', () => {
  writeAction('runs: {using: node24, main: m.js}')
  expect(readActionFile(folder)).toEqual({ folder, inputs: [], main: 'm.js', postIf: 'always()' })
})

test('post-if decides, whatever a step has as its own condition', async () => {
  writeFileSync(join(folder, 'ok.cjs'), '')
  writeAction('runs: {using: node24, main: ok.cjs, post: ok.cjs, post-if: failure()}')
  const outcomes: string[] = []
  for (const conclusion of ['success', 'failure'] as const) {
    await using job = await createJob({ action: folder })
    await job.main()
    job.setStep('test', { conclusion })
    outcomes.push((await job.post()).outcome)
  }
  expect(outcomes).toEqual(['skipped', 'success'])
})

test('what is no JavaScript action is an error', () => {
  writeAction('runs: {using: composite, steps: []}')
  expect(() => readActionFile(folder)).toThrow('is no JavaScript action: runs.using is composite')
  expect(() => readActionFile(join(folder, 'nowhere'))).toThrow(/^No action.yml in /)
})

test('a default cannot see the steps, while `with` can', () => {
  writeAction('inputs: {all: {default: "${{ toJSON(steps) }}"}}\nruns: {using: node24, main: m.js}')
  const contexts = { steps: {}, github: {} }
  expect(evaluateInputs(readActionFile(folder), { ALL: '${{ toJSON(steps) }}' }, contexts)).toEqual({
    environment: { INPUT_ALL: '{}' },
    unexpected: [],
  })
  expect(() => evaluateInputs(readActionFile(folder), {}, contexts)).toThrow(
    /^Input all, its default in action.yml: Unrecognized named-value: 'steps'/,
  )
})
