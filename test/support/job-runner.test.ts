// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { exampleRun } from './example-run.ts'
import { createJob, type Job, type JobOptions, type RunResult } from './job-runner.ts'

const action = join(import.meta.dirname, 'fixture-action')
const jobs: Job[] = []

async function startJob(options: Partial<JobOptions> = {}): Promise<Job> {
  const job = await createJob({ action, ...options })
  jobs.push(job)
  return job
}

/** The environment that the fixture action saw. */
function toReport({ stdout }: RunResult): Record<string, string | undefined> {
  return JSON.parse(/^report=(.*)$/m.exec(stdout)?.[1] ?? '{}')
}

afterEach(async () => {
  await Promise.all(jobs.splice(0).map((job) => job.remove()))
})

describe('inputs', () => {
  test('are evaluated again for post, when the steps are complete', async () => {
    const job = await startJob({ with: { steps: '${{ toJSON(steps) }}', timeout: 'is ${{ job.status }}' } })
    const main = toReport(await job.main())
    await job.step('test', 'echo coverage=87 >> "$GITHUB_OUTPUT"')
    await job.step('lint', 'exit 3', { continueOnError: true })
    await job.step('deploy', 'exit 4')
    const post = toReport(await job.post())

    expect([main.INPUT_STEPS, main.INPUT_TIMEOUT]).toEqual(['{}', 'is success'])
    expect(post.INPUT_TIMEOUT).toBe('is failure')
    expect(JSON.parse(post.INPUT_STEPS ?? '')).toEqual({
      test: { outputs: { coverage: '87' }, outcome: 'success', conclusion: 'success' },
      lint: { outputs: {}, outcome: 'failure', conclusion: 'success' },
      deploy: { outputs: {}, outcome: 'failure', conclusion: 'failure' },
    })
  })

  test('are named as the runner names them, dashes and all', async () => {
    const job = await startJob({ with: { 'Retention-Policy': 'autogen' } })
    const seen = toReport(await job.main())
    expect(seen).toMatchObject({
      'INPUT_RETENTION-POLICY': 'autogen',
      INPUT_TWO_WORDS: 'spaced',
      INPUT_TIMEOUT: '30',
      INPUT_STEPS: '',
    })
  })

  test('that are empty do not get the default', async () => {
    const job = await startJob({ with: { timeout: '', 'two words': null } })
    expect(toReport(await job.main())).toMatchObject({ INPUT_TIMEOUT: '', INPUT_TWO_WORDS: '' })
  })

  test('take defaults from the contexts', async () => {
    const job = await startJob({ token: 'ghs_mine', contexts: { matrix: { os: 'ubuntu-latest', node: 20 } } })
    expect(toReport(await job.main())).toMatchObject({
      INPUT_MATRIX: '{\n  "os": "ubuntu-latest",\n  "node": 20\n}',
      'INPUT_GITHUB-TOKEN': 'token ghs_mine',
    })
  })

  test('have a null matrix outside a matrix', async () => {
    const job = await startJob()
    expect(toReport(await job.main()).INPUT_MATRIX).toBe('null')
  })

  test('that the action does not declare are passed on with a warning', async () => {
    const job = await startJob({ with: { tiemout: '5' } })
    const main = await job.main()
    expect(toReport(main).INPUT_TIEMOUT).toBe('5')
    expect(main.annotations[0]?.message).toMatch(/^Unexpected input\(s\) 'tiemout', valid inputs are \['steps', /)
  })

  test('with a malformed expression name the input', async () => {
    const job = await startJob({ with: { steps: '${{ toJSON(stpes) }}' } })
    await expect(job.main()).rejects.toThrow(/^Input steps, under with: Unrecognized named-value: 'stpes'/)
  })
})

describe('the environment', () => {
  test('is a hosted runner, in which changes count', async () => {
    const job = await startJob({ env: { GITHUB_WORKFLOW: 'Nightly', RUNNER_OS: 'macOS', RUNNER_NAME: undefined } })
    const seen = toReport(await job.main())
    expect(seen).toMatchObject({
      CI: 'true',
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKFLOW: 'Nightly',
      GITHUB_REPOSITORY: exampleRun.repository,
      RUNNER_OS: 'macOS',
      RUNNER_TEMP: job.temp,
    })
    expect(seen.RUNNER_NAME).toBeUndefined()
  })

  test('inherits nothing but PATH', async () => {
    process.env.STRAY_VARIABLE = 'stray'
    const job = await startJob()
    const seen = toReport(await job.main())
    delete process.env.STRAY_VARIABLE
    expect(seen.STRAY_VARIABLE).toBeUndefined()
  })

  test('holds the event as a file, raw if it is text', async () => {
    const read = async (event: NonNullable<JobOptions['event']>) => {
      const job = await startJob({ event })
      return readFileSync(toReport(await job.main()).GITHUB_EVENT_PATH ?? '', 'utf8')
    }
    expect(JSON.parse(await read({ schedule: '0 3 * * *' }))).toEqual({ schedule: '0 3 * * *' })
    expect(await read('{"truncated')).toBe('{"truncated')
  })

  test('of later steps holds what earlier ones exported', async () => {
    const job = await startJob()
    await job.main()
    await job.step('', 'echo /opt/second >> "$GITHUB_PATH"; echo GITHUB_SHA=forged >> "$GITHUB_ENV"')
    const { stdout } = await job.step('', 'echo "$BUILD_STATS ${PATH%%:/[^o]*} $GITHUB_SHA"')
    expect(stdout).toBe(`/somewhere /opt/second:/opt/first ${exampleRun.sha}\n`)
    expect(job.exportedEnv).toMatchObject({ BUILD_STATS: '/somewhere' })
  })

  test('of post holds the state of main', async () => {
    const job = await startJob()
    await job.main()
    expect(toReport(await job.post()).STATE_startedAt).toBe('2026-01-02T03:04:05Z')
  })

  test('takes one string of 128 KiB and no more', async () => {
    const job = await startJob({ with: { steps: '${{ toJSON(steps) }}' } })
    await job.main()
    job.setStep('big', { outputs: { text: 'x'.repeat(130 * 1024) } })
    const post = await job.post()
    expect(post).toMatchObject({ outcome: 'failure', exitCode: null })
    expect(post.startError).toMatch(/E2BIG/)
  })
})

describe('what a step leaves', () => {
  test('is read from its files and its output', async () => {
    const job = await startJob()
    const main = await job.main()
    await job.post()
    expect(job.outputs).toEqual({ builder: 'CI/test', notes: 'first\nsecond=2' })
    expect(job.state).toEqual({ startedAt: '2026-01-02T03:04:05Z' })
    expect(job.summary).toBe('# From main\n# From post\n')
    expect(job.masks).toEqual(['hunter2'])
    expect(job.annotations).toEqual([
      {
        step: 'main',
        level: 'warning',
        message: 'the password is hunter2\nand 100% odd',
        properties: { title: 'Odd, really', line: '3' },
      },
    ])
    expect(main.log).toContain('Warning: the password is ***\nand 100% odd')
  })

  test('has several lines in an output', async () => {
    const job = await startJob()
    await job.step('report', '{ echo "json<<EOF"; printf \'{\\n  "a": 1\\n}\\n\'; echo EOF; } >> "$GITHUB_OUTPUT"')
    expect(job.steps.report?.outputs).toEqual({ json: '{\n  "a": 1\n}' })
  })

  test('fails it when a file cannot be read', async () => {
    const job = await startJob()
    const { outcome, exitCode } = await job.step('odd', 'echo coverage >> "$GITHUB_OUTPUT"')
    expect({ outcome, exitCode, status: job.status }).toEqual({ outcome: 'failure', exitCode: 0, status: 'failure' })
    expect(job.annotations.map(({ message }) => message)).toContain("Invalid format 'coverage'")
  })

  test('can come from another action, or from the test', async () => {
    const job = await startJob()
    await job.uses('other', action, { timeout: '${{ 1 == 1 }}' })
    job.setStep('made', { outputs: { size: '12' } })
    const { stdout } = await job.step('', 'echo "${{ steps.other.outputs.builder }} ${{ steps.made.outputs.size }}"')
    expect(stdout).toBe('CI/test 12\n')
  })
})

describe('a job', () => {
  test('that has failed skips steps, but not those that want to run, nor post', async () => {
    const job = await startJob()
    await job.main()
    await job.step('first', 'false | true')
    const outcomes = [
      await job.step('second', 'true'),
      await job.step('third', 'true', { if: 'always()' }),
      await job.step('fourth', 'true', { if: "failure() && steps.first.outcome == 'failure'" }),
      await job.post(),
    ].map(({ outcome }) => outcome)
    expect(outcomes).toEqual(['skipped', 'success', 'success', 'success'])
    expect(job.status).toBe('failure')
  })

  test('runs post after a main that failed, and none without main', async () => {
    const failed = await startJob({ with: { behavior: 'fail' } })
    expect(await failed.main()).toMatchObject({ exitCode: 1, outcome: 'failure' })
    expect(await failed.post()).toMatchObject({ exitCode: 0, outcome: 'success' })
    expect(failed.status).toBe('failure')
    expect((await (await startJob()).post()).outcome).toBe('skipped')
  })

  test('that failed before its first step does not run it', async () => {
    const job = await startJob()
    job.setStep('setup', { conclusion: 'failure' })
    const outcomes = [(await job.main()).outcome, (await job.post()).outcome]
    expect(outcomes).toEqual(['skipped', 'skipped'])
  })

  test('masks its secrets in the log, not in what tests look at', async () => {
    const job = await startJob({ contexts: { secrets: { PASSWORD: 'pa$$word' } } })
    const { stdout, log } = await job.step('', "echo '${{ secrets.password }} ${{ secrets.GITHUB_TOKEN }}'")
    expect([stdout, log]).toEqual([`pa$$word ${exampleRun.token}\n`, '*** ***'])
  })

  test('that is cancelled interrupts its step and runs post', async () => {
    const job = await startJob({ with: { steps: '${{ job.status }}' } })
    await job.main()
    const step = job.step('slow', 'sleep 30')
    setTimeout(() => job.cancel(), 200)
    expect((await step).outcome).toBe('cancelled')
    expect(toReport(await job.post()).INPUT_STEPS).toBe('cancelled')
  })

  test('ends a process that hangs', async () => {
    const job = await startJob({ with: { behavior: 'hang' }, timeoutMs: 300 })
    const main = await job.main()
    expect(main).toMatchObject({ timedOut: true, exitCode: null, outcome: 'failure' })
    expect(main.durationMs).toBeGreaterThan(250)
  })

  test('measures its processes and passes on what they print', async () => {
    const printed: string[] = []
    const job = await startJob({ memory: true, onOutput: (text) => printed.push(text) })
    const { maxRssKb, durationMs } = await job.main()
    expect(durationMs).toBeGreaterThan(5)
    expect(maxRssKb).toBeGreaterThan(1000)
    expect(printed.join('')).toContain('::add-mask::hunter2')
  })

  test('leaves nothing behind', async () => {
    const folder = await (async () => {
      await using job = await createJob({ action })
      await job.main()
      return job.folder
    })()
    expect(existsSync(folder)).toBe(false)
  })
})
