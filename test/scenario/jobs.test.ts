// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { exampleRun } from '../support/example-run.ts'
import { exampleJob } from '../support/github-api.ts'
import { json, type LoopbackRequest, startLoopback } from '../support/loopback.ts'
import { closing } from './closing.ts'
import { openScenario, readPoints, runScenario, type ScenarioOptions, secondsAgo, textsOf } from './scenario.ts'

const called = `${exampleRun.repository}/.github/workflows/build.yml@refs/heads/main`
const toJob = (name: string) =>
  exampleJob({ name, started_at: secondsAgo(605), created_at: secondsAgo(610), completed_at: null })

/** An InfluxDB whose earlier builds took 330 s each. */
async function startServer() {
  const values = Array.from({ length: 20 }, (_, index) => [
    Date.now() - (index + 1) * 1e6,
    index + 1,
    1,
    index + 1,
    330,
  ])
  const series = [{ name: 'build', columns: ['time', 'run_id', 'attempt', 'number', 'duration'], values }]
  return closing(
    await startLoopback({
      answer: ({ path }) => (path === '/query' ? json({ results: [{ statement_id: 0, series }] }) : { status: 204 }),
    }),
  )
}

/** What a build is compared with: the condition of the query, and how the job ended. */
async function compare(options: ScenarioOptions, inputs: ScenarioOptions['with'] = {}) {
  const server = await startServer()
  const common = { url: server.url, file: '', database: 'ci', captures: '- duration', compare: 'fail-above: 1.5' }
  const finished = await runScenario({ ...options, with: { ...common, ...inputs } })
  const questions = server.requests.filter(({ path }) => path === '/query')
  const q = new URLSearchParams(questions[0]?.body.toString()).get('q') ?? ''
  // The first statement asks for builds; the next fills up from what was collected.
  const [builds = ''] = q.split(' ORDER BY ')
  const asked = Object.fromEntries([...builds.matchAll(/"(\w+)" = '([^']*)'/g)].map(([, key, value]) => [key, value]))
  return { ...finished, questions, asked }
}

describe.concurrent('a build is compared with those that are alike', () => {
  const alike = { repository: exampleRun.repository, workflow: 'CI', job: 'test', result: 'success' }

  test('in all of their matrix', async () => {
    const matrix = { target: { name: 'lint', flags: ['a', ''] }, os: '' }
    const { asked, job } = await compare({ contexts: { matrix }, api: { job: toJob('test (lint, a)') } })
    expect(job.outputs.builder).toBe('CI/test (lint, a)')
    expect(asked).toEqual({
      ...{ ...alike, caller: '', default_branch: 'true' },
      ...{ matrix_target_name: 'lint', matrix_target_flags_0: 'a', matrix_target_flags_1: '', matrix_os: '' },
    })
  })

  test('in what called them', async () => {
    const contexts = { job: { workflow_ref: called } }
    const { asked, post, log } = await compare({ contexts, api: { job: toJob('web 42 / 🧪 Unit tests') } })
    expect(asked).toMatchObject({ ...alike, caller: 'web *' })
    expect([post.exitCode, log]).toEqual([1, expect.stringContaining('fail-above allows 1.5')])
  })

  test('in the tags of the user, but for those of one build, of its branch, and those to be ignored', async () => {
    const tags = [
      'component: api\nempty: ""\nBranch: x\nref: y\nteam: web',
      `run: ${exampleRun.runId}\ncommit: ${exampleRun.sha}\nshort: ${exampleRun.sha.slice(0, 8)}`,
    ].join('\n')
    const compareWith = 'ignore-tags: [team, caller]'
    const { asked } = await compare({ api: { job: toJob('test') } }, { tags, compare: compareWith })
    expect(asked).toEqual({ ...alike, component: 'api', empty: '', default_branch: 'true' })
  })

  test('a merge queue, with the branch that it merges into', async () => {
    const branch = 'gh-readonly-queue/release/2.0/pr-12-ffac537e6cbbf934b08745a378932722df287a53'
    const env = { GITHUB_EVENT_NAME: 'merge_group', GITHUB_REF: `refs/heads/${branch}`, GITHUB_REF_NAME: branch }
    for (const event of [{ merge_group: { base_ref: 'refs/heads/release/2.0' } }, {}]) {
      const { asked } = await compare({ env, event, api: { job: toJob('test') } }, { compare: 'branch: same' })
      expect(asked.branch).toBe('release/2.0')
    }
  })

  test.each<[string, ScenarioOptions]>([
    ['where GitHub does not tell', { api: { status: 403 }, contexts: { job: { workflow_ref: called } } }],
    ['nor what defines it', { api: { status: 403 }, contexts: { job: { workflow_ref: undefined } } }],
    [
      'where its name is its own',
      { api: { job: toJob('web / Unit tests') }, contexts: { job: { workflow_ref: undefined } } },
    ],
  ])('with none where what called it is not known: %s', async (_, options) => {
    const { questions, post, log } = await compare(options)
    expect([questions, post.exitCode]).toEqual([[], 0])
    expect(log).toContain('not compared with earlier builds: whether another workflow called this job is not known')
  })

  test('as before, where only the start is not known', async () => {
    const { asked } = await compare({ api: { status: 403 } })
    expect(asked).toMatchObject({ ...alike, caller: '' })
  })
})

describe.concurrent('the row of a job', () => {
  test('that was called has what called it, and its start has not', async () => {
    const { point } = await runScenario({
      ...{ contexts: { job: { workflow_ref: called } }, api: { job: toJob('web (a / b) / test (1)') } },
      with: { captures: '- steps' },
    })
    expect(point().tags).toMatchObject({ caller: 'web (a / b)' })
    expect(point('build_start').tags).not.toHaveProperty('caller')
  })

  test('says that what called it is not known', async () => {
    const { point } = await runScenario({ contexts: { job: { workflow_ref: called } }, api: { status: 403 } })
    expect(point().fields).toMatchObject({ caller_unknown: true })
    expect(point().tags).not.toHaveProperty('caller')
    const named = { with: { tags: 'caller: mine' }, contexts: { job: { workflow_ref: called } } }
    expect((await runScenario({ ...named, api: { status: 403 } })).point().fields).not.toHaveProperty('caller_unknown')
  })

  test('whose name is its own is found by its runner', async () => {
    const jobs = [exampleJob({ id: 11, name: 'lint', runner_name: 'other' }), toJob('🧪 Unit tests')]
    const contexts = { job: { check_run_id: undefined, workflow_ref: undefined } }
    const { point, warnings } = await runScenario({ api: { jobs }, contexts })
    expect([point().fields.job_name, warnings]).toEqual(['🧪 Unit tests', []])
  })

  test.each<[string, ScenarioOptions]>([
    ['a dispatched workflow', { event: { inputs: { version: '1.20' } } }],
    ['a called one', { contexts: { inputs: { version: '1.20' } }, with: { inputs: '${{ toJSON(inputs) }}' } }],
  ])('has inputs of %s', async (_, options) => {
    const captures = '- property: {name: inputs.version, tag: version}'
    const { point } = await runScenario({ ...options, with: { captures, ...options.with } })
    expect(point().tags.version).toBe('1.20')
  })

  test('is of the builder that the user names', async () => {
    const captures = '- duration: {builder: runtests}\n- end-time: {builder: CI/test}'
    const { job, points, log } = await runScenario({
      with: { builder: 'runtests', captures, layout: 'buildbot', tags: 'team: web\nname: x' },
    })
    expect(job.outputs.builder).toBe('runtests')
    expect(log).toContain('Build Stats: runtests took ')
    expect(points.map(({ measurement, tags }) => [measurement, tags])).toEqual([
      ['runtests-build-times', { builder_name: 'runtests', build_number: '42', team: 'web', name: 'x' }],
    ])
  })

  test('is of another builder in a storage that names one', async () => {
    const lines = [
      'storages:',
      '  - {file: native.lp}',
      '  - {file: legacy.lp, layout: buildbot, builder: runtests, captures: [duration: {builder: runtests}]}',
    ]
    const { job } = await runScenario({ with: { file: '', config: 'stats.yml' } }, (running) =>
      running.step('write', `cat > stats.yml <<'END'\n${lines.join('\n')}\nEND`),
    )
    const measurements = (file: string) => readPoints(join(job.workspace, file)).map(({ measurement }) => measurement)
    expect(measurements('native.lp')).toContain('build')
    expect(measurements('legacy.lp')).toEqual(['runtests-build-times'])
  })
})

describe.concurrent('steps that GitHub does not report as over', () => {
  const test3 = { name: 'Run npm test', number: 3 }
  const times = { started_at: secondsAgo(60), completed_at: secondsAgo(5) }
  const queued = { ...test3, status: 'queued', conclusion: null, started_at: null, completed_at: null } as const
  const done = { ...test3, status: 'completed', conclusion: 'success', ...times } as const
  const [setUp, ours, , post] = exampleJob().steps ?? []
  const jobWith = (step: object) => exampleJob({ steps: [setUp, ours, step, post] as never })

  /** The step is over in the second answer. */
  async function run(
    headers: Record<string, string>,
    inputs: NonNullable<ScenarioOptions['with']>,
    second: object | number = done,
  ) {
    const asked: LoopbackRequest[] = []
    const respond = (request: LoopbackRequest) => {
      asked.push(request)
      if (asked.length === 1) return json(jobWith(queued), { headers })
      return typeof second === 'number' ? json({ message: 'No' }, { status: second }) : json(jobWith(second))
    }
    const finished = await runScenario({ api: { respond }, with: inputs })
    const steps = finished.points.filter(({ measurement }) => measurement === 'build_step').map(({ tags }) => tags.step)
    return { ...finished, asked: asked.length, steps }
  }
  const rule = { captures: '- steps', summary: false }
  const rate = (remaining: number) => ({ 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': `${remaining}` })

  test.each([{}, rate(200)])('are asked for again: %j', async (headers) => {
    const { asked, steps, warnings } = await run(headers, rule)
    expect([asked, warnings]).toEqual([2, []])
    expect(steps).toContain('Run npm test')
  })

  test('are asked for again for the summary and for compare, and for nothing else', async () => {
    expect((await run({}, { captures: '- duration' })).asked).toBe(2)
    expect((await run({}, { captures: '- duration', summary: 'verdict' })).asked).toBe(1)
    expect((await run({}, { captures: '- duration', summary: false, compare: true })).asked).toBe(2)
  })

  test.each<[string, Record<string, string>, number | object, number, RegExp]>([
    ['GitHub refuses', {}, 403, 2, /the token may not read it \(403\)/],
    ['little is left', rate(199), done, 1, /only 199 of its 1000 requests/],
    ['hardly anything is left', rate(99), done, 1, /only 99 of its 1000 requests/],
  ])('are told where %s', async (_, headers, second, requests, reason) => {
    const { asked, steps, warnings, post, log } = await run(headers, rule, second)
    expect([asked, post.exitCode]).toEqual([requests, 0])
    expect(steps).not.toContain('Run npm test')
    expect(warnings).toEqual([
      expect.stringMatching(reason),
      'GitHub does not yet report that the step "Run npm test" has ended, so no point is written for it.',
    ])
    if (/^only 99/.test(reason.source)) expect(log).toContain('GitHub is not asked again')
  })

  test('are told where they are not over the second time', async () => {
    const { asked, warnings } = await run({}, rule, queued)
    expect(asked).toBe(2)
    expect(warnings).toEqual([
      'GitHub does not yet report that the step "Run npm test" has ended, so no point is written for it.',
    ])
  })

  test('no second page is asked for where hardly anything is left', async () => {
    const respond = () => json({ total_count: 300, jobs: [toJob('lint')] }, { headers: rate(50) })
    const contexts = { job: { check_run_id: undefined } }
    const { api, warnings, log } = await runScenario({ api: { respond }, contexts })
    expect(api.requests).toHaveLength(1)
    expect(warnings).toEqual([expect.stringContaining('only 50 of its 1000 requests')])
    expect(log).toContain('GitHub is not asked again')
  })
})

describe.concurrent('two Build Stats steps in a job', () => {
  /** The second one starts after the first, and ends before it. */
  async function runTwo(first: ScenarioOptions['with'], second: ScenarioOptions['with']) {
    const one = await openScenario({ with: first ?? {} })
    await one.job.main()
    const env = { ...one.job.exportedEnv, RUNNER_TEMP: one.job.temp, GITHUB_WORKSPACE: one.job.workspace }
    const two = await openScenario({ env, with: second ?? {} })
    const { main, post } = await two.run()
    await one.job.post()
    const points = ['points.lp', 'other.lp'].map((file) =>
      readPoints(join(one.job.temp, file)).map(({ measurement }) => measurement),
    )
    const summaries = [one.job.summary, two.job.summary].filter((text) => text !== '').length
    return { main, post, two, points, summaries }
  }

  test('to one place: the second writes nothing and says so', async () => {
    const { main, post, two, points, summaries } = await runTwo({}, {})
    expect([main.exitCode, post.exitCode, summaries]).toEqual([0, 0, 1])
    expect(points).toEqual([['build_start', 'build'], []])
    expect(textsOf(two.job.annotations, 'notice')).toEqual([
      expect.stringMatching(/^An earlier Build Stats step of this job writes to file .*: this step writes nothing/),
    ])
    expect(post.log).toContain('this step writes nothing there')
  })

  test.each<[string, ScenarioOptions['with'], number[]]>([
    ['another file', { file: '${{ runner.temp }}/other.lp' }, [2, 2]],
    ['another measurement', { measurement: 'jobs' }, [4, 0]],
    ['another layout', { layout: 'buildbot' }, [5, 0]],
    ['another name in Buildbot’s layout', { layout: 'buildbot', builder: 'x' }, [5, 0]],
  ])('to %s: both write, and there is one summary', async (_, second, counts) => {
    const { points, summaries, two } = await runTwo({}, second)
    expect([points.map(({ length }) => length), summaries]).toEqual([counts, 1])
    expect(textsOf(two.job.annotations, 'notice')).toEqual([])
  })

  test('where the first writes no summary, the second does; where it writes nothing, the second writes all', async () => {
    const quiet = await runTwo({ summary: false }, { file: '${{ runner.temp }}/other.lp' })
    expect(quiet.summaries).toBe(1)
    expect((await runTwo({ 'dry-run': true }, {})).points).toEqual([['build_start', 'build'], []])
  })

  test('of a config that is checked out between them', async () => {
    const config = { file: '', config: 'stats.yml' }
    const one = await openScenario({ with: config })
    await one.job.main()
    writeFileSync(join(one.job.workspace, 'stats.yml'), 'storages: [{file: points.lp}]\n')
    const env = { ...one.job.exportedEnv, GITHUB_WORKSPACE: one.job.workspace }
    const two = await openScenario({ env, with: config })
    await two.run()
    await one.job.post()
    expect(readPoints(join(one.job.workspace, 'points.lp')).map(({ measurement }) => measurement)).toEqual([
      'build_start',
      'build',
    ])
  })
})

describe.concurrent('an event file', () => {
  test.each<[string, (path: string) => void]>([
    ['that is empty', (path) => writeFileSync(path, '')],
    ['that is no JSON', (path) => writeFileSync(path, '{')],
    [
      'that is a folder',
      (path) => {
        rmSync(path)
        mkdirSync(path)
      },
    ],
    ['that is not there', (path) => rmSync(path)],
  ])('%s is an empty event, and GitHub is asked', async (_, change) => {
    const scenario = await openScenario()
    change(join(scenario.job.temp, '_github_workflow', 'event.json'))
    const { warnings, point, log } = await scenario.run()
    expect(warnings).toEqual([])
    expect(log).not.toContain('does not exist')
    expect(point().fields).toMatchObject({ job_name: 'test', start_time: '2026-01-02T03:04:13.000Z' })
  })
})
