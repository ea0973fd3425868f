import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Job } from '../support/job-runner.ts'
import { closing } from './closing.ts'
import { action, openScenario, runScenario } from './scenario.ts'

function write(job: Job, name: string, text: string): string {
  const path = join(job.workspace, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return path
}

const junit = `<testsuite name="unit">
  <testcase name="a" classname="c" time="0.25"/><testcase name="b" classname="c" time="1.5"/>
  <testcase name="&lt;b&gt;" classname="c"><failure message="expected &lt;1&gt;&#10;but was 2"/></testcase>
  <testcase name="d"><skipped/></testcase>
</testsuite>`

describe.concurrent('reports', () => {
  test('of a step that failed are rows and lines of the summary, with nothing but the rule', async () => {
    const captures = [
      '- duration',
      "- report: 'build/**/*.xml'",
      "- report: {files: 'build/**/*.xml', cases: failed}",
      '- report: coverage/lcov.info',
      '- report: {files: bench.json, measurement: bench}',
      '- report: {files: size.json, name: sizes, callback: \'{"mb": kb / 1000}\'}',
    ].join('\n')
    const { points, warnings, job } = await runScenario({ with: { captures } }, async (running) => {
      await running.step('test', 'exit 1')
      write(running, 'build/a/x.xml', junit)
      write(running, 'coverage/lcov.info', 'SF:a\nDA:1,1\nDA:2,1\nDA:3,0\nDA:4,1\nend_of_record\n')
      write(running, 'bench.json', '[{"name": "parse_json", "unit": "ms", "value": 1.32}]')
      write(running, 'size.json', '{"kb": 4200}')
    })
    expect(warnings).toEqual([])
    const rows = points.slice(2).map(({ measurement, tags, fields }) => [measurement, tags, fields] as const)
    expect(rows).toMatchObject([
      ['tests', {}, { tests: 4, passed: 2, failed: 1, errors: 0, skipped: 1, flaky: 0, duration: 1.75 }],
      ['test_case', { outcome: 'failed' }, { name: '<b>', classname: 'c', message: 'expected <1>\nbut was 2' }],
      ['coverage', {}, { lines_percent: 75, lines_covered: 3, lines_total: 4 }],
      ['bench', { benchmark: 'parse_json', unit: 's' }, { value: 0.00132 }],
      ['sizes', {}, { mb: 4.2 }],
    ])
    for (const { fields } of points.slice(2)) expect(fields).toMatchObject({ number: 42n, attempt: 1n })
    expect(job.summary).toContain(
      '<tr><td><code>tests</code></td><td align="right">2 passed, <strong>1 failed</strong>, 1 skipped</td>',
    )
    expect(job.summary).toContain('<tr><td><code>coverage</code></td><td align="right">75 %</td>')
    expect(job.summary).toContain('<tr><td><code>parse_json</code></td><td align="right">1.32 ms</td>')
    expect(job.summary).toContain('<summary>1 failed test')
    expect(job.summary).toContain('&lt;b&gt;')
  })

  test('are of this job, by the clock of the files, whatever the runner says', async () => {
    const captures = '- report: out/*.xml\n- data: tests'
    const scenario = await openScenario({ with: { captures } })
    const { job } = scenario
    const old = write(job, 'out/old.xml', junit)
    utimesSync(old, Date.now() / 1000 - 600, Date.now() / 1000 - 600)
    const { points, warnings, log } = await scenario.run(async () => {
      write(job, 'out/tracked.xml', junit)
      execFileSync('git', ['init', '-q', job.workspace])
      execFileSync('git', ['-C', job.workspace, 'add', 'out/tracked.xml'])
      write(job, 'out/new.xml', junit)
      await job.step('more', `echo 'tests passed=1' >> "$BUILD_STATS"`)
    })
    expect(points.filter(({ measurement }) => measurement === 'tests')).toMatchObject([
      { fields: { tests: 4 } },
      { fields: { passed: 1 } },
    ])
    expect(log).toContain(
      'Skipped for report out/*.xml (captures, line 1): out/old.xml (older than this job), out/tracked.xml (tracked by git).',
    )
    expect(warnings).toEqual([
      'A report and other data are both called "tests", so a table of "tests" mixes them. Give the rule of the report another "name".',
    ])
  })

  test('are read in the layout of Buildbot, and what is missing can fail the job', async () => {
    const captures = '- report: x.xml\n- report: {files: none.xml, on-missing: error}'
    const { points, post } = await runScenario({ with: { captures, layout: 'buildbot' } }, (job) =>
      write(job, 'x.xml', junit),
    )
    expect(points).toMatchObject([
      { measurement: 'CI/test-tests', tags: { builder_name: 'CI/test', build_number: '42' }, fields: { passed: 2 } },
    ])
    expect(post.exitCode).toBe(1)
    expect(post.log).toContain('report none.xml (captures, line 2) was not captured: no file matches none.xml.')
  })

  test('are yielded in the middle of a job', async () => {
    const folder = join(action, 'yield')
    const logs: string[] = []
    const { points, warnings } = await runScenario({}, async (job) => {
      const yieldWith = async (inputs: Record<string, string>) =>
        logs.push((await job.uses('', folder, inputs, { if: 'always()' })).log)
      const old = write(job, 'old.xml', junit)
      utimesSync(old, Date.now() / 1000 - 600, Date.now() / 1000 - 600)
      write(job, 'a.xml', junit)
      write(job, 'size.json', '{"kb": 4200, "deep": {"a b": 1}}')
      await yieldWith({ report: '*.xml\nnone/*.xml', tags: 'suite: unit' })
      await yieldWith({ report: 'size.json', name: 'sizes' })
      await yieldWith({ report: '../*.xml' })
      await yieldWith({ report: 'a.xml', data: 'a: 1' })
    })
    expect(points.slice(2)).toMatchObject([
      { measurement: 'tests', tags: { suite: 'unit' }, fields: { tests: 4, failed: 1, number: 42n } },
      { measurement: 'sizes', fields: { kb: 4200, 'deep_a b': 1 } },
    ])
    expect(warnings).toEqual([
      'report *.xml, none/*.xml was captured only in part: no file matches none/*.xml.',
      expect.stringContaining('report: must not leave the workspace, but is "../*.xml"'),
      expect.stringContaining('data: cannot be combined with report: leave one of them out'),
    ])
    expect(logs[0]).toContain('Skipped for report *.xml, none/*.xml: old.xml (older than this job).')
    expect(logs[0]).toContain('Build Stats: 1 record of reports yielded.')
  })

  test('are told apart by the clock of the file system, which may be another than the runner has', async () => {
    const scenario = await openScenario({ with: { captures: '- report: new.xml' } })
    const { job } = scenario
    const { points, warnings } = await scenario.run(() => {
      write(job, 'new.xml', junit)
      // An hour ahead of the files.
      const state = JSON.parse(job.state['build-stats'] ?? '{}')
      job.state = { ...job.state, 'build-stats': JSON.stringify({ ...state, startMs: state.startMs + 3_600_000 }) }
    })
    expect(warnings).toEqual([])
    expect(points.at(-1)).toMatchObject({ measurement: 'tests', fields: { tests: 4 } })
  })

  test('cost nothing where no rule asks for them: their code is not even there', async () => {
    const copy = mkdtempSync(join(tmpdir(), 'without-reports-'))
    closing({ close: async () => rmSync(copy, { recursive: true }) })
    for (const name of ['action.yml', 'package.json', 'dist'])
      cpSync(join(action, name), join(copy, name), { recursive: true })
    const asked = readdirSync(join(copy, 'dist')).filter((name) => /report|saxes/.test(name))
    expect(asked).toContain('read-reports.js')
    for (const name of asked) rmSync(join(copy, 'dist', name))
    const { warnings, points } = await runScenario({ action: copy })
    expect(warnings).toEqual([])
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    const lost = await runScenario({ action: copy, with: { captures: '- report: x.xml' } })
    expect(lost.warnings.join()).toMatch(/^Reports were not read, because of a defect in Build Stats: /)
    expect(lost.points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
  })
})
