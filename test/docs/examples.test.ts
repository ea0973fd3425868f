import { cpSync, existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readActionFile } from '../support/action-file.ts'
import { createJob } from '../support/job-runner.ts'
import { pages, readBlocks, root } from './pages.ts'
import { findClaim, parseExampleRules, runRule } from './rule-example.ts'
import {
  collect,
  findAction,
  parseExampleCollect,
  parseExampleReplay,
  parseExampleSettings,
  replay,
  workspace,
} from './settings-example.ts'
import { isData, recipeFiles, runSteps } from './steps-example.ts'
import { examples, findExamples, type StepExample, toExample } from './yaml-example.ts'

test.each(examples)('the YAML of $place is of a kind that is run here', ({ kind }) => {
  expect(kind).not.toBe('unknown')
})

test('every kind of YAML is there, and nothing is YAML under another name', () => {
  expect(new Set(examples.map(({ kind }) => kind))).toEqual(new Set(['workflow', 'config', 'rules', 'steps', 'action']))
  const languages = pages.flatMap(readBlocks).map(({ language }) => language)
  const fences = pages.flatMap(({ text }) => [...text.matchAll(/^\s*```/gm)])
  expect(fences).toHaveLength(2 * languages.length)
  expect(
    [...new Set(languages)].filter(
      (language) => !['', 'yaml', 'sh', 'sql', 'influxql', 'flux', 'python', 'toml', 'mermaid'].includes(language),
    ),
  ).toEqual([])
})

test.each(['a: 1', '- a: 1', '- coverage', '[]', 'text'])('%s would be of no kind', (text) => {
  const block = { place: '', page: '', language: 'yaml', text }
  expect(toExample(block).kind).toBe('unknown')
})

describe.each(findExamples('rules'))('rules of $place', ({ text, value }) => {
  test('are right, and each captures something', async () => {
    const { rules, problems } = await parseExampleRules(text)
    expect(problems).toEqual([])
    expect(rules).toHaveLength((value as unknown[]).length)
    for (const rule of rules) {
      const claim = findClaim(text, rule)
      const made = await runRule(rule, claim?.given)
      expect(made).not.toEqual([])
      if (claim !== undefined) expect(made).toEqual(Array.isArray(claim.made) ? claim.made : [claim.made])
    }
  })
})

describe.each(findExamples('config'))('config of $place', ({ text, value }) => {
  test('has the storages that it shows, and their rules capture something', async () => {
    const names = [...text.matchAll(/\$([A-Z_]+)\b/g)].map(([, name = '']) => name)
    const env = Object.fromEntries(names.map((name) => [name, 'a-value-of-the-user']))
    const files = { [resolve(workspace, 'stats.yml')]: text }
    const { storages, notices } = await parseExampleSettings({ config: 'stats.yml' }, env, files)
    expect(notices).toEqual([])
    expect(
      storages.map(({ name, target, layout }) => ({
        name,
        layout: layout.kind,
        place: 'url' in target ? target.url : target.kind === 'file' && target.path,
      })),
    ).toEqual(
      value.storages.map(({ name, layout = 'native', influxdb, file }) => ({
        name,
        layout,
        place: influxdb?.url ?? resolve(workspace, file ?? ''),
      })),
    )
    for (const [index, { rules }] of storages.entries()) {
      const shown = value.storages[index]?.captures
      if (shown !== undefined) expect(rules).toHaveLength(shown.length)
      for (const rule of rules) expect(await runRule(rule)).not.toEqual([])
    }
  })
})

/** What jobs of the page docs/roll-out.md use: its e2e test runs them. */
const wrapper = 'my-org/build-stats@v1'
const wrappers = findExamples('action')

describe.each(wrappers)('composite action of $place', ({ value: { inputs, runs }, text }) => {
  test('gives inputs that there are, and has inputs for what it reads', () => {
    for (const step of runs.steps) expectInputs(step)
    for (const [, name = ''] of text.matchAll(/\binputs\.([\w-]+)/g)) expect(Object.keys(inputs)).toContain(name)
  })
})

const wrapped = [
  ...findExamples('workflow').flatMap(({ value }) => Object.values(value.jobs).flatMap(({ steps }) => steps)),
  ...wrappers.flatMap(({ value }) => value.runs.steps),
].filter(({ uses }) => uses === wrapper)

test.each(wrapped)('the wrapper has the inputs of $with', ({ with: given = {} }) => {
  expect(Object.keys(wrappers[0]?.value.inputs ?? {})).toEqual(expect.arrayContaining(Object.keys(given)))
})

const workflows = findExamples('workflow').filter(({ text }) => !text.includes(wrapper))

describe.each(workflows)('workflow of $place', ({ page, value }) => {
  const ours = Object.values(value.jobs).flatMap(({ steps, env = {} }) =>
    steps.filter((step) => findAction(step)).map((step) => ({ step, env: { ...value.env, ...env, ...step.env } })),
  )

  test('uses the action, with inputs that there are', () => {
    const used = ours.map(({ step }) => findAction(step))
    expect(used.some((one) => [root, replay, collect].includes(one ?? ''))).toBe(true)
    for (const { step } of ours) expectInputs(step)
  })

  const others = Object.values(value.jobs)
    .flatMap(({ steps }) => steps)
    .filter(
      (step) =>
        ![root, replay, collect].includes(findAction(step) ?? '') &&
        (step.run !== undefined || findAction(step) !== undefined),
    )

  test('has steps that run where it has any, and everything that they emit is captured', async () => {
    if (others.length > 0)
      await expectCaptured(
        others,
        ours.flatMap(({ step }) => findReports(step)),
      )
  })

  test('has right settings', async () => {
    for (const { step, env } of ours) {
      if (findAction(step) !== root) continue
      const config = findExamples('config').find((example) => example.page === page)
      const files = config && { [resolve(workspace, String(step.with?.config))]: config.text }
      const { storages, notices } = await parseExampleSettings(step.with ?? {}, env, files)
      expect(storages).not.toEqual([])
      expect(notices).toEqual([])
      for (const rule of storages.flatMap(({ rules }) => rules)) expect(await runRule(rule)).not.toEqual([])
    }
  })

  test('has right settings of a replay', async () => {
    const [shown] = findExamples('config')
    for (const { step, env } of ours) {
      if (findAction(step) !== replay) continue
      const files = { [resolve(workspace, String(step.with?.config))]: shown?.text ?? '' }
      const known = step.with?.config === undefined ? {} : files
      const { storages } = await parseExampleReplay(step.with ?? {}, { INFLUX_PASSWORD: 'x', ...env }, known)
      expect(storages.length).toBeGreaterThan(0)
    }
  })
})

test.each(findExamples('workflow').filter(({ text }) => text.includes('/collect@')))(
  'the collection of $place has right settings',
  async ({ value }) => {
    for (const step of Object.values(value.jobs).flatMap(({ steps }) => steps)) {
      if (findAction(step) !== collect) continue
      const { storages, repositories } = await parseExampleCollect(step.with ?? {})
      expect([storages.length, repositories.length]).toEqual([1, 1])
    }
  },
)

describe.each(findExamples('steps'))('steps of $place', ({ value }) => {
  test('run, and everything that they emit is captured', async () => {
    const ours = value.filter((step) => findAction(step) === root)
    for (const step of ours) {
      expectInputs(step)
      const { storages, notices } = await parseExampleSettings(step.with ?? {}, {})
      expect([storages.length, notices]).toEqual([1, []])
    }
    await expectCaptured(value.filter((step) => !ours.includes(step)))
  })
})

const appending = findExamples('steps').filter(({ text }) => text.includes('BUILD_STATS'))

test.each(appending)('steps of $place run where Build Stats did not', async ({ value }) => {
  for (const { run = 'true' } of value) {
    await using job = await createJob({ action: root, env: { BUILD_STATS: undefined } })
    cpSync(recipeFiles, job.workspace, { recursive: true })
    const { log, outcome } = await job.step('alone', run)
    expect(outcome, log).toBe('success')
  }
})

/** The rules for reports of a Build Stats step. */
function findReports({ with: given = {} }: StepExample): object[] {
  const rules: unknown = parse(String(given.captures ?? '[]'))
  return Array.isArray(rules) ? rules.filter((rule) => typeof rule === 'object' && 'report' in rule) : []
}

/** Runs the steps in a job, which may write reports for such rules. */
async function expectCaptured(steps: readonly StepExample[], reports: readonly object[] = []): Promise<void> {
  for (const step of steps) expectInputs(step)
  const { results, annotations, outputs, dataNames, points } = await runSteps(steps, { reports })
  expect(results.map(({ log, outcome }) => (outcome === 'success' ? outcome : log))).toEqual(
    results.map(() => 'success'),
  )
  expect(annotations).toEqual([])
  const names = Object.keys(outputs)
  const records = names.filter((name) => isData(outputs[name] ?? ''))
  expect([...names, ...dataNames, ...reports]).not.toEqual([])
  const others = points.filter(
    ({ measurement }) => !/^build(_start)?$/.test(measurement) && !dataNames.includes(measurement),
  )
  expect(others.length).toBeGreaterThanOrEqual(reports.length)
  expect(points.map(({ measurement }) => measurement)).toEqual(expect.arrayContaining([...records, ...dataNames]))
  const build = points.find(({ measurement }) => measurement === 'build')
  const columns = Object.keys(build?.fields ?? {})
  expect(columns).toEqual(expect.arrayContaining(names.filter((name) => !records.includes(name))))
}

function expectInputs(step: StepExample): void {
  const folder = findAction(step)
  if (folder === undefined) return
  expect(existsSync(folder), `${step.uses} is ${folder}`).toBe(true)
  const inputs = readActionFile(folder).inputs.map(({ name }) => name)
  expect(inputs).toEqual(expect.arrayContaining(Object.keys(step.with ?? {})))
}
