import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { pages, root } from '../docs/pages.ts'
import { examples } from '../docs/yaml-example.ts'
import { runProcess } from '../support/process.ts'
import { findExecutable } from '../support/server-process.ts'

const actionlint = findExecutable('actionlint')
const zizmor = findExecutable('zizmor')
const folder = mkdtempSync(join(tmpdir(), 'build-stats-workflows-'))
afterAll(() => rmSync(folder, { recursive: true }))

const workflows = globSync('.github/workflows/*.yml', { cwd: root })

async function lint(file: string, args: readonly string[], targets: readonly string[]) {
  const env = { PATH: process.env.PATH ?? '', HOME: folder }
  const { exitCode, stdout, stderr } = await runProcess(file, [...args, ...targets], {
    cwd: root,
    env,
    timeoutMs: 60_000,
  })
  return exitCode === 0 ? '' : stdout + stderr
}

// Other linters are off: what they find depends on what the machine has.
const lintWorkflow = (path: string) => lint(actionlint ?? '', ['-no-color', '-shellcheck=', '-pyflakes='], [path])

describe.skipIf(actionlint === undefined)('actionlint finds nothing in', () => {
  test.each(workflows)('%s', async (path) => {
    expect(await lintWorkflow(path)).toBe('')
  })

  test.each(examples.filter(({ kind }) => kind === 'workflow' || kind === 'steps'))('$place', async (example) => {
    const path = join(folder, toFileName(example.place))
    writeFileSync(path, example.kind === 'steps' ? toWorkflow(example.text) : example.text)
    expect(await lintWorkflow(path)).toBe('')
  })
})

describe.skipIf(zizmor === undefined)('zizmor finds nothing in', () => {
  const lintAll = (args: readonly string[], targets: readonly string[]) =>
    lint(zizmor ?? '', ['--offline', '--no-progress', '--color=never', '--quiet', ...args], targets)

  test('workflows and actions', async () => {
    const targets = [...workflows, 'action.yml', 'yield', 'replay', 'collect', '.github/dependabot.yml']
    expect(await lintAll(['--persona=pedantic'], targets)).toBe('')
  })

  test('workflows of the docs', async () => {
    // Readers pin what they use, and what a checkout leaves on the disk is not what the examples are about. The action collect reads the
    // API and nothing else: it may run after any workflow, with a token for all repositories of an owner.
    const collecting = examples.filter(({ text }) => text.includes('/collect@')).map(({ place }) => toFileName(place))
    const rules = {
      ...{ 'unpinned-uses': { disable: true }, artipacked: { disable: true } },
      ...{ 'dangerous-triggers': { ignore: collecting }, 'github-app': { ignore: collecting } },
    }
    const config = join(folder, 'zizmor.yml')
    writeFileSync(config, JSON.stringify({ rules }))
    const inner = join(folder, '.github/workflows')
    mkdirSync(inner, { recursive: true })
    for (const { kind, place, text } of examples) {
      if (kind === 'workflow') writeFileSync(join(inner, toFileName(place)), text)
    }
    expect(await lintAll(['--config', config], [inner])).toBe('')
  })
})

/** The current major versions of GitHub's own actions, November 2026. */
const majors = new Map([
  ['actions/checkout', 'v7'],
  ['actions/cache', 'v5'],
  ['actions/upload-artifact', 'v7'],
  ['actions/download-artifact', 'v8'],
])

test('actions in the docs are those of a current major version', () => {
  const uses = pages.flatMap(({ text }) => [...text.matchAll(/\buses: (actions\/[\w/-]+)@(\S+)/g)])
  const known = uses.filter(([, name = '']) => majors.has(name.split('/').slice(0, 2).join('/')))
  expect(known.length).toBeGreaterThan(2)
  expect(
    known.filter(([, name = '', version]) => majors.get(name.split('/').slice(0, 2).join('/')) !== version),
  ).toEqual([])
})

test('every action in the workflows is pinned by its commit', () => {
  const uses = workflows.flatMap((path) => readUses(path))
  expect(uses.length).toBeGreaterThan(0)
  expect(uses.filter((line) => !/^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
})

const toFileName = (place: string) => `${place.replace(/\W+/g, '-')}.yml`

function toWorkflow(steps: string): string {
  const indented = steps.replace(/^(?=.)/gm, '      ')
  const ours = '      - uses: build-stats/build-stats@v1\n'
  return `on: push\npermissions: {}\njobs:\n  test:\n    runs-on: ubuntu-latest\n    steps:\n${ours}${indented}`
}

function readUses(path: string): string[] {
  return [...readFileSync(join(root, path), 'utf8').matchAll(/\buses: .*$/gm)].map(([line]) => line)
}
