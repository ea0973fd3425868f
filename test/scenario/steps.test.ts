import { describe, expect, test } from 'vitest'
import { exampleJob } from '../support/github-api.ts'
import { runScenario, secondsAgo } from './scenario.ts'

const step = (number: number, name: string, from: number, to: number, conclusion = 'success') => ({
  ...{ name, number, status: 'completed' as const, conclusion },
  ...{ started_at: secondsAgo(from), completed_at: secondsAgo(to) },
})
const job = exampleJob({
  started_at: secondsAgo(100),
  created_at: secondsAgo(105),
  steps: [
    step(1, 'Set up job', 100, 98),
    step(2, 'Run npm test', 98, 20, 'failure'),
    step(3, 'Lint', 20, 20),
    step(4, 'Deploy', 20, 20, 'skipped'),
    { name: 'Post Build stats', number: 9, status: 'in_progress', conclusion: null, started_at: secondsAgo(1) },
  ],
})

describe.concurrent('the rule steps', () => {
  test('writes a point a step that ran to its end', async () => {
    const { points, warnings, api, point } = await runScenario({ with: { captures: '- steps' }, api: { job } })
    expect(warnings).toEqual([])
    expect(api.requests).toHaveLength(1)
    const steps = points.filter(({ measurement }) => measurement === 'build_step')
    expect(steps.map(({ tags, fields }) => [tags.step, tags.conclusion, fields.duration, fields.number])).toEqual([
      ['Set up job', 'success', 2, 1n],
      ['Run npm test', 'failure', 78, 2n],
      ['Lint', 'success', 0, 3n],
    ])
    const { tags, fields } = point()
    for (const one of steps) {
      expect(one.tags).toMatchObject({ ...tags, step: expect.any(String) })
      expect(one.fields).toMatchObject({ build_number: fields.number, run_id: fields.run_id, attempt: fields.attempt })
    }
    expect(new Set(steps.map(({ timeNs }) => timeNs)).size).toBe(3)
  })

  test('is in no default', async () => {
    const { points } = await runScenario({ api: { job } })
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
  })

  test('without the API is a miss that says how to get them', async () => {
    const {
      points,
      warnings,
      job: running,
    } = await runScenario({ with: { captures: '- steps' }, api: { status: 403 } })
    expect(points.map(({ measurement }) => measurement)).toEqual(['build_start', 'build'])
    expect(warnings).toContainEqual(
      expect.stringMatching(
        `^steps \\(captures, line 1\\) was not captured: the steps of the job are not known: .*permissions: actions: read`,
      ),
    )
    expect(running.summary).toContain('the steps of the job are not known')
  })

  test('has no secret in a name', async () => {
    const token = 'ghs_a-secret-of-many-letters'
    const { points } = await runScenario({
      with: { captures: '- steps', 'github-token': token },
      api: { job: { ...job, steps: [step(1, `Run curl -H ${token}`, 9, 8)] } },
    })
    expect(points.map(({ tags }) => tags.step)).toContain('Run curl -H ***')
    expect(JSON.stringify(points.map(({ tags }) => tags))).not.toContain(token)
  })

  test('leaves its measurement to itself', async () => {
    const { points, warnings } = await runScenario(
      { with: { captures: '- steps\n- data: {regex: .*}' }, api: { job } },
      (one) => one.step('own', 'echo "build_step a=1" >> "$BUILD_STATS"'),
    )
    expect(points.filter(({ measurement }) => measurement === 'data_build_step')).toHaveLength(1)
    expect(warnings).toEqual([
      expect.stringMatching(/^Data named "build_step" went to the measurement "data_build_step"/),
    ])
  })
})
