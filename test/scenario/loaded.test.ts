import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { runScenario } from './scenario.ts'

const captures = '[duration, property: size, data: tests, data: {regex: .*}]'

/** The files of dist that main and post load for a job. */
async function listLoaded(inputs: Readonly<Record<string, string>>): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'coverage-'))
  try {
    const { main, post } = await runScenario({ with: inputs, env: { NODE_V8_COVERAGE: folder } }, (job) =>
      job.step('s', `echo 'size=2048' >> "$GITHUB_OUTPUT"\necho 'tests passed=8' >> "$BUILD_STATS"`),
    )
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    // Each process leaves a list of the scripts that it ran.
    const reports = readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')))
    const urls: string[] = reports.flatMap(({ result }) => result.map(({ url }: { url: string }) => url))
    return [...new Set(urls.filter((url) => url.includes('/dist/')).map((url) => basename(url)))]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

let usual: readonly string[]
beforeAll(async () => {
  usual = await listLoaded({ captures })
})

const optional = [
  'callback-parser',
  'compile-regex',
  'compare',
  'verdict',
  'resources',
  'start-sampling',
  'read-reports',
]

test('a usual job loads no part that only some jobs need', () => {
  expect(usual).toEqual(expect.arrayContaining(['main.js', 'post.js']))
  expect(usual.filter((name) => optional.includes(name.replace('.js', '')))).toEqual([])
})

test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
  ['JSONata', { captures: '[property: {name: size, callback: value}]' }, ['callback-parser.js', 'callbacks.js']],
  ['RE2', { captures: '[data: {regex: te}]' }, ['compile-regex.js']],
  ['compare', { captures, compare: 'true' }, ['compare.js', 'verdict.js']],
  ['resources', { captures, resources: 'true' }, ['read-resources.js', 'start-sampling.js']],
])('a job loads what its inputs need and no more: %s', async (_, inputs, expected) => {
  const loaded = await listLoaded(inputs)
  // Rollup names what two parts share by a number; the process of callbacks may be ended before it leaves its list.
  const more = loaded.filter((name) => !usual.includes(name) && !/^(common|callback-worker)/.test(name))
  expect(more.toSorted()).toEqual(expected)
})
