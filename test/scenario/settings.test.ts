// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { startInfluxServer } from '../support/influxdb-server.ts'
import { eventPayload } from '../support/webhooks.ts'
import { badInputs } from './bad-inputs.ts'
import { closing } from './closing.ts'
import { openScenario, readPoints, runScenario, type ScenarioOptions, textsOf } from './scenario.ts'

const namesOf = (file: string) => readPoints(file).map(({ measurement }) => measurement)

describe.concurrent('inputs that are not right', () => {
  test('are told by main, each with its line and what would be right', async ({ expect }) => {
    const tell = async (inputs: (typeof badInputs)[number]) => {
      const { job } = await openScenario({ with: inputs })
      const main = await job.main()
      expect([inputs, main.exitCode, main.stderr]).toEqual([inputs, 1, ''])
      expect(main.annotations.map(({ level }) => level)).toEqual(['error'])
      const given = Object.entries(inputs).map(([name, value]) => `${name}: ${JSON.stringify(value)}`)
      return `${given.join(', ')}\n${textsOf(main.annotations, 'error')[0]}\n`
    }
    const told: string[] = []
    for (const few of chunk(badInputs, 4)) told.push(...(await Promise.all(few.map(tell))))
    await expect(told.join('\n')).toMatchFileSnapshot('bad-inputs.txt')
  })

  test('are told all at once, and at once', async () => {
    const { job } = await openScenario({
      with: { url: 'influx.example.com', database: 'ci', timeout: 'soon', summary: 'yes', captures: '- durtion' },
    })
    const main = await job.main()
    expect([main.exitCode, main.stderr]).toEqual([1, ''])
    // At once: it asks nobody and waits for nothing, on a machine that may be busy.
    expect(main.durationMs).toBeLessThan(10_000)
    expect(main.annotations.length).toBe(1)
    const [message = ''] = textsOf(main.annotations, 'error')
    expect(message).toMatch(/^4 problems in the inputs:/)
    for (const input of ['url', 'timeout', 'summary', 'captures, line 1']) expect(message).toContain(`  ${input}: `)
  })

  test('are told once: post says that it writes nothing, and does not fail', async () => {
    const { job, post, points, warnings } = await runScenario({ with: { timeout: '0', 'fail-on-error': 'true' } })
    expect([post.exitCode, post.annotations, points, warnings]).toEqual([0, [], [], []])
    expect(post.log).toBe('Build Stats: nothing is written because the inputs are invalid.')
    expect(job.summary).toBe('')
  })
})

describe.concurrent('with on-mistake: warn, inputs that are not right', () => {
  const tolerant = { 'on-mistake': 'warn', 'fail-on-error': 'true' }

  test('are warnings, and the build is written without them', async () => {
    const inputs = { ...tolerant, timeout: 'soon', captures: '[duration, durtion]', needs: 'oops' }
    const { main, post, points, warnings, job } = await runScenario({ with: inputs })
    expect([main.exitCode, post.exitCode, textsOf(job.annotations, 'error')]).toEqual([0, 0, []])
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    // Once, by main.
    expect(textsOf(main.annotations, 'warning')).toEqual(warnings)
    expect(warnings).toHaveLength(3)
    for (const word of ['durtion', 'timeout: must be a number of seconds', 'needs: must be']) {
      expect(warnings.join('\n')).toContain(word)
      expect(job.summary).toContain(word.split(' ')[0])
    }
  })

  test('leave nothing written where they say where points go, and the job is green', async () => {
    const { main, post, points, warnings, job } = await runScenario({
      with: { ...tolerant, url: 'influx.example.com' },
    })
    expect([main.exitCode, post.exitCode, points]).toEqual([0, 0, []])
    expect(textsOf(job.annotations, 'error')).toEqual([])
    expect(warnings).toEqual([
      expect.stringMatching(/^No statistics of this job are written\. .*\n {2}url: does not begin with https/s),
    ])
    expect(post.log).toBe('Build Stats: nothing is written because the inputs are invalid.')
  })

  test('do not fail the job when it ends, either', async () => {
    const inputs = { ...tolerant, measurement: "${{ steps.tests.outputs.name || 'build' }}" }
    const { post, warnings } = await runScenario({ with: inputs }, (job) =>
      job.step('tests', 'echo name=_broken >> "$GITHUB_OUTPUT"'),
    )
    expect([post.exitCode, textsOf(post.annotations, 'error')]).toEqual([0, []])
    expect(warnings).toEqual([expect.stringMatching(/^No statistics of this job were written\. .*measurement: /s)])
  })

  test('do not fail it for a secret that is empty', async () => {
    const inputs = { ...tolerant, url: 'http://127.0.0.1:9', org: 'acme', bucket: 'ci', token: '' }
    const { main, post, warnings } = await runScenario({ with: inputs })
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(warnings).toEqual([expect.stringMatching(/^The input token is empty: points go to the file /)])
  })
})

describe.concurrent('secrets that are empty', () => {
  const url = 'http://127.0.0.1:9'
  const inputs = { url, org: 'acme', bucket: 'ci', token: '${{ secrets.INFLUX_TOKEN }}', file: '' }

  /** The payload, and the environment, of a pull request whose head is in another repository. */
  const fromFork = (name: 'pull_request' | 'pull_request_target') => {
    const event = eventPayload('pull_request', 'opened')
    const fork = { ...event.pull_request.head.repo, full_name: 'somebody/octo-repo' }
    event.pull_request.head.repo = fork as typeof event.pull_request.head.repo
    return { event, env: { GITHUB_EVENT_NAME: name } }
  }
  const ofFork = 'Secrets are not passed to workflows that a pull request from a fork triggers.'
  const orV1 = 'If the server is v1 and needs no login, write api: v1.'

  test('in the pull request of a fork send points to a file, with a notice', async () => {
    const { job, main, post, warnings } = await runScenario({ with: inputs, ...fromFork('pull_request') })
    expect([main.exitCode, post.exitCode, warnings]).toEqual([0, 0, []])
    expect(textsOf(job.annotations, 'notice')).toEqual([
      `The input token is empty: points go to the file ${job.temp}/build-stats.lp, which a hosted runner throws away, and not to InfluxDB. ${ofFork}`,
    ])
    expect(namesOf(`${job.temp}/build-stats.lp`)).toEqual(['build_start', 'build'])
    expect(job.summary).toContain('a pull request from a fork')
  })

  test('and leave a database alone are not taken for v1 in the pull request of a fork', async () => {
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
    const v3 = { url: server.url, database: 'ci', token: '${{ secrets.INFLUX_TOKEN }}', file: '' }
    const { job, main, post, warnings } = await runScenario({ with: v3, ...fromFork('pull_request') })
    expect([main.exitCode, post.exitCode, warnings, server.requests]).toEqual([0, 0, [], []])
    expect(textsOf(job.annotations, 'notice')).toEqual([
      `There is no token, and database alone can mean InfluxDB v1 or v3: points go to the file ${job.temp}/build-stats.lp, which a hosted runner throws away, and not to InfluxDB. ${ofFork} ${orV1}`,
    ])
    expect(namesOf(`${job.temp}/build-stats.lp`)).toEqual(['build_start', 'build'])
  })

  test.each<[string, Record<string, string>, Pick<ScenarioOptions, 'event' | 'env'>]>([
    ['where "api" says v1', { api: 'v1' }, fromFork('pull_request')],
    ['in the context of the base, which has secrets', {}, fromFork('pull_request_target')],
    ['in a push', {}, {}],
  ])('a database alone is v1 %s', async (_name, more, run) => {
    const server = closing(await startInfluxServer({ api: 'v1', database: 'ci' }))
    const { job, main, post, warnings } = await runScenario({
      with: { url: server.url, database: 'ci', file: '', ...more },
      ...run,
    })
    expect([main.exitCode, post.exitCode, warnings, job.annotations]).toEqual([0, 0, [], []])
    // On a busy machine the end of the job may send the start point again, which changes nothing.
    expect([...new Set(server.points.map(({ measurement }) => measurement))]).toEqual(['build_start', 'build'])
    expect(server.violations).toEqual([])
  })

  test('and leave a database alone are not taken for v1 in a run of Dependabot', async () => {
    const { job, post } = await runScenario({
      with: { url, database: 'ci', file: '' },
      env: { GITHUB_ACTOR: 'dependabot[bot]' },
    })
    expect(post.exitCode).toBe(0)
    expect(textsOf(job.annotations, 'notice')).toEqual([
      `There is no token, and database alone can mean InfluxDB v1 or v3: points go to the file ${job.temp}/build-stats.lp, which a hosted runner throws away, and not to InfluxDB. Runs that Dependabot triggers see Dependabot secrets only. ${orV1}`,
    ])
  })

  test('in a run of Dependabot say which secrets it sees', async () => {
    const { job, post } = await runScenario({
      with: { ...inputs, url: '${{ secrets.INFLUX_URL }}' },
      env: { GITHUB_ACTOR: 'dependabot[bot]' },
    })
    expect(post.exitCode).toBe(0)
    expect(textsOf(job.annotations, 'notice')).toEqual([
      `The inputs url and token are empty: points go to the file ${job.temp}/build-stats.lp, which a hosted runner throws away, and not to InfluxDB. Runs that Dependabot triggers see Dependabot secrets only.`,
    ])
  })

  test('go to the file that the inputs name', async () => {
    const { job, points } = await runScenario({ with: { ...inputs, file: '${{ runner.temp }}/points.lp' } })
    expect(points.length).toBe(2)
    expect(textsOf(job.annotations, 'warning')).toEqual([expect.stringContaining('make sure that it exists')])
  })

  test.each([
    ['fail the job where that is asked for and no fork explains it', {}, 1],
    ['do not fail the job where Dependabot explains it', { GITHUB_ACTOR: 'dependabot[bot]' }, 0],
  ])('%s', async (_name, env, exitCode) => {
    const { main, post } = await runScenario({ with: { ...inputs, 'fail-on-error': true }, env })
    expect([main.exitCode, post.exitCode]).toEqual([0, exitCode])
  })
})

test.concurrent('names that nothing has are told with the nearest one that is there', async () => {
  const captures = '[property: {name: converage}, data: {name: tests}]'
  const { post, log, job, warnings } = await runScenario({ with: { captures, properties: 'coverage: 87.5' } })
  expect(post.exitCode).toBe(0)
  expect(warnings).toEqual([
    'property converage (captures, line 1) was not captured: there is no property "converage" in build 42 of CI/test; did you mean "coverage".',
  ])
  expect(log + job.summary).toContain('Nothing was yielded as tests: neither a step output (a step needs an id)')
})

describe.concurrent('what is broken only when the job ends', () => {
  test('costs the properties of its own input', async () => {
    const { post, warnings, point } = await runScenario(
      {
        with: {
          steps: "${{ job.status == 'success' && steps.tests.outcome == 'success' && '[oops' || '' }}",
          captures: '[duration, property: coverage, property: flag]',
          properties: 'flag: on',
        },
      },
      (job) => job.step('tests', 'echo coverage=87.5 >> "$GITHUB_OUTPUT"'),
    )
    expect(post.exitCode).toBe(0)
    expect(point().fields).toMatchObject({ duration: expect.any(Number), flag: 'on' })
    expect(point().fields).not.toHaveProperty('coverage')
    expect(warnings).toEqual([
      expect.stringMatching(
        /^property coverage \(captures, line 1\) was not captured: there is no property "coverage"/,
      ),
      expect.stringMatching(/^steps: must be \$\{\{ toJSON\(steps\) \}\}, a JSON object, but is "\[oops"/),
    ])
  })

  test('is an error without which nothing is written, and the job stays green', async () => {
    const inputs = { measurement: "${{ steps.tests.outputs.name || 'build' }}" }
    const { post, points } = await runScenario({ with: inputs }, (job) =>
      job.step('tests', 'echo name=_broken >> "$GITHUB_OUTPUT"'),
    )
    expect([post.exitCode, points.length]).toEqual([0, 1])
    expect(textsOf(post.annotations, 'error')).toEqual([
      expect.stringMatching(/^No statistics of this job were written\. One problem in the inputs:\n {2}measurement: /),
    ])
  })

  test('fails the job where that is asked for', async () => {
    const inputs = { measurement: "${{ steps.tests.outputs.name || 'build' }}", 'fail-on-error': true }
    const { post } = await runScenario({ with: inputs }, (job) =>
      job.step('tests', 'echo name=_broken >> "$GITHUB_OUTPUT"'),
    )
    expect(post.exitCode).toBe(1)
  })
})

function chunk<T>(list: readonly T[], length: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / length) }, (_, index) =>
    list.slice(index * length, (index + 1) * length),
  )
}
