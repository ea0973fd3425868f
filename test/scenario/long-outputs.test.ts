// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { openScenario, runScenario } from './scenario.ts'

/** Linux gives a process no string of the environment that is longer: 128 KiB with its name and its end. */
const long = 'x'.repeat(131_072)
const outputs = { report: long }

describe.concurrent('step outputs of more than 128 KiB', () => {
  test('in the input steps keep the end of the job from starting, as on a runner', async () => {
    const { job } = await openScenario()
    expect((await job.main()).exitCode).toBe(0)
    job.setStep('long', { outputs })
    expect(await job.post()).toMatchObject({ outcome: 'failure', startError: expect.stringContaining('E2BIG') })
  })

  test('do no harm where the input names the steps that it needs', async () => {
    const inputs = { steps: '{"test": ${{ toJSON(steps.test) }}}', captures: '- property: coverage' }
    const { point, warnings } = await runScenario({ with: inputs }, (job) => {
      job.setStep('long', { outputs })
      job.setStep('test', { outputs: { coverage: '83.5' } })
    })
    expect(point().fields.coverage).toBe(83.5)
    expect(warnings).toEqual([])
  })

  test('are data of the step yield, as a file', async () => {
    const captures = '- data: reports'
    const { points } = await runScenario({ with: { captures } }, async (job) => {
      await job.step(
        'write',
        `node -e 'console.log(JSON.stringify({text: "x".repeat(60000), n: 1}))' > out.json; for i in 1 2 3; do cat out.json; done > out.ndjson`,
      )
      await job.uses('yield', `${import.meta.dirname}/../../yield`, { name: 'reports', file: 'out.ndjson' })
    })
    expect(points.filter(({ measurement }) => measurement === 'reports').length).toBe(3)
  })
})
