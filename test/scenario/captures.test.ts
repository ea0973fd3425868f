// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { exampleJob } from '../support/github-api.ts'
import { runScenario, secondsAgo, textsOf } from './scenario.ts'

/** Outputs as a step writes them. */
function toScript(outputs: Readonly<Record<string, string>>): string {
  return Object.entries(outputs)
    .map(([name, value]) => `echo '${name}=${value}' >> "$GITHUB_OUTPUT"`)
    .join('\n')
}

const outputs = {
  coverage: '87.5',
  passed: '12',
  version: '1.20',
  flaky: 'true',
  note: '1.20-rc',
  big: '9007199254740993',
}

describe.concurrent('rules for times', () => {
  test('say the column, and the unit', async () => {
    const captures = [
      '- start-time: {field: began}',
      '- end-time: {field: ended}',
      '- duration',
      '- duration: {report-in: minutes}',
      '- duration: {report-in: hours, field: hours}',
    ].join('\n')
    const { point } = await runScenario({
      with: { captures },
      api: { job: exampleJob({ started_at: secondsAgo(1800) }) },
    })
    const { fields } = point()
    expect(fields.began).toMatch(/\.000Z$/)
    expect(Date.parse(String(fields.ended)) - Date.parse(String(fields.began))).toBe(Number(fields.duration) * 1000)
    expect(fields.duration_minutes).toBeCloseTo(Number(fields.duration) / 60)
    expect(fields.hours).toBeCloseTo(0.5, 2)
    expect(fields).not.toHaveProperty('start_time')
  })

  test('that are not there leave nothing', async () => {
    const { point } = await runScenario({ with: { captures: '[property: job.status]' } })
    expect(Object.keys(point().fields)).not.toEqual(expect.arrayContaining(['duration']))
    expect(point().fields.job_status).toBe('success')
  })
})

describe.concurrent('rules for properties', () => {
  test('find short names and paths, and give types', async () => {
    const captures = [
      '- property: coverage',
      '- property: {name: passed, type: int}',
      '- property: {name: steps.tests.outputs.version, field: version, type: string}',
      '- property: flaky',
      '- property: {name: note, tag: note}',
      '- property: {name: big, type: int}',
      '- property: {name: version, tag: go}',
      '- property: {name: passed, type: boolean, field: wrong}',
      '- property: {name: matrix.node, field: node}',
      '- property: needs.build.outputs.size',
      '- property: github.event.repository.default_branch',
      '- property: env.FLAVOUR',
      '- property: runner.environment',
      '- property: github.sha',
      '- property: strategy.job-total',
      '- property: team',
    ].join('\n')
    const { point, warnings } = await runScenario(
      {
        with: { captures, properties: 'team: web', needs: '${{ toJSON(needs) }}' },
        env: { FLAVOUR: 'vanilla' },
        contexts: {
          matrix: { node: 20 },
          needs: { build: { result: 'success', outputs: { size: '1024' } } },
        },
      },
      (job) => job.step('tests', toScript(outputs)),
    )
    expect(warnings).toEqual([
      'property passed (captures, line 8) was not captured: property "passed" is "12", not true or false (type: boolean).',
    ])
    const { tags, fields } = point()
    expect(tags).toMatchObject({ note: '1.20-rc', go: '1.20', matrix_node: '20' })
    expect(fields).toMatchObject({
      coverage: 87.5,
      passed: 12n,
      version: '1.20',
      flaky: true,
      big: 9007199254740993n,
      node: 20,
      needs_build_outputs_size: 1024,
      github_event_repository_default_branch: 'main',
      env_FLAVOUR: 'vanilla',
      runner_environment: 'github-hosted',
      github_sha: expect.stringMatching(/^ffac/),
      strategy_job_total: 1,
      team: 'web',
    })
  })

  test('hold for builders', async () => {
    const captures = [
      "- property: {name: coverage, builder: 'CI/test (ubuntu-*)'}",
      '- property: {name: passed, builder: [CI/lint, CI/deploy]}',
      "- duration: {builder: '*'}",
    ].join('\n')
    const { point, warnings } = await runScenario(
      { with: { captures }, contexts: { matrix: { os: 'ubuntu-latest', deep: { not: 'this' } } } },
      (job) => job.step('tests', toScript(outputs)),
    )
    expect(warnings).toEqual([])
    expect(point().fields).toMatchObject({ coverage: 87.5, duration: expect.any(Number) })
    expect(point().fields).not.toHaveProperty('passed')
  })

  test('that find nothing are told, passed over, or fail the job', async () => {
    const captures = (level: string) => `[property: {name: coverage, on-missing: ${level}}]`
    const missing =
      /^property coverage \(captures, line 1\) was not captured: there is no property "coverage" in build 42 of CI\/test/
    const warn = await runScenario({ with: { captures: captures('warn') } })
    expect([warn.post.exitCode, warn.warnings]).toEqual([0, [expect.stringMatching(missing)]])
    expect(warn.job.summary).toMatch(/^> <p>property .* was not captured: /m)
    const ignore = await runScenario({ with: { captures: captures('ignore') } })
    expect([ignore.post.exitCode, ignore.warnings]).toEqual([0, []])
    const error = await runScenario({ with: { captures: captures('error') } })
    expect([error.post.exitCode, error.warnings]).toEqual([1, []])
    expect(textsOf(error.post.annotations, 'error')).toEqual([expect.stringMatching(missing)])
    expect(error.point().tags.result).toBe('success')
    const strict = await runScenario({ with: { captures: captures('warn'), 'fail-on-error': true } })
    expect(strict.post.exitCode).toBe(1)
  })

  test('with a regular expression leave out what looks like a secret, and say so once', async () => {
    const { point, log, warnings } = await runScenario(
      { with: { captures: "- property: {regex: 'bench_.*'}\n- property: {regex: 'deploy|bench_api'}" } },
      (job) =>
        job.step(
          'tests',
          toScript({ bench_a: '1', bench_api_key: '2', deploy_token: '3', deploy_ms: '4', monkey: '5' }),
        ),
    )
    expect(warnings).toEqual([])
    expect(point().fields).toMatchObject({ bench_a: 1, deploy_ms: 4 })
    expect(Object.keys(point().fields).join()).not.toMatch(/key|token|monkey/)
    expect(log.match(/look like secrets/g)).toHaveLength(1)
    expect(log).toContain('bench_api_key, deploy_token')
  })

  test('whose name two steps set warn, and name both', async () => {
    const { point, warnings } = await runScenario({ with: { captures: '- property: coverage' } }, async (job) => {
      await job.step('unit', 'echo coverage=1 >> "$GITHUB_OUTPUT"')
      await job.step('e2e', 'echo coverage=2 >> "$GITHUB_OUTPUT"')
    })
    expect(point().fields.coverage).toBe(2)
    expect(warnings).toEqual([
      'The property "coverage" is set by steps.unit.outputs.coverage and steps.e2e.outputs.coverage; the last one is used. To choose another, give its path as the name.',
    ])
  })

  test('whose column is taken are told which', async () => {
    const captures = '- property: {name: coverage, field: branch}\n- property: {name: passed, tag: job}'
    const { point, warnings } = await runScenario({ with: { captures } }, (job) => job.step('tests', toScript(outputs)))
    expect(warnings).toEqual([
      expect.stringMatching(
        /^property coverage .*the name branch cannot be used: a field has this name; choose another with "field"/,
      ),
      expect.stringMatching(
        /^property passed .*the name job cannot be used: a tag has this name; choose another with "tag"/,
      ),
    ])
    expect([point().fields.branch, point().tags.job]).toEqual(['main', 'test'])
  })
})

test.concurrent('without rules, an output of JSON records is named, as it is not stored', async () => {
  const { log, job, warnings } = await runScenario({}, (job) =>
    job.step('t', `echo 'tests={"passed": 1}' >> "$GITHUB_OUTPUT"`),
  )
  const hint = 'The step output tests holds JSON records, which are stored only if a rule names them: - data: tests.'
  expect([log.split('\n').includes(hint), job.summary.includes(hint), warnings]).toEqual([true, true, []])
})
