import { cpSync, existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { startGitHubApi } from '../support/github-api.ts'
import { createJob, type RunResult } from '../support/job-runner.ts'
import { type ParsedLine, parseLine, splitLines } from '../support/line-protocol.ts'
import { root } from './pages.ts'
import { findAction } from './settings-example.ts'
import type { StepExample } from './yaml-example.ts'

export interface FinishedSteps {
  /** What main, the steps and post did. */
  readonly results: readonly RunResult[]
  /** Notices, warnings and errors. */
  readonly annotations: readonly string[]
  readonly outputs: Readonly<Record<string, string>>
  /** Names of the data in $BUILD_STATS. */
  readonly dataNames: readonly string[]
  readonly points: readonly ParsedLine[]
}

/** What a checkout and tools leave for steps to measure: real output, of a test that passes, one that fails, one skipped. */
export const recipeFiles = join(import.meta.dirname, 'recipe-files')

/** Runs steps in a job of the action, which captures every output that they set, all data, and these reports. */
export async function runSteps(
  steps: readonly StepExample[],
  { captures = "${{ env.RULES || '' }}", reports = [] }: { captures?: string; reports?: readonly object[] } = {},
): Promise<FinishedSteps> {
  const api = await startGitHubApi()
  await using job = await createJob({
    action: root,
    with: {
      file: '${{ runner.temp }}/points.lp',
      steps: '${{ toJSON(steps) }}',
      // Read again when the job ends: then it is known what the steps set.
      captures,
    },
    env: { GITHUB_API_URL: api.url },
  })
  const results = [await job.main()]
  cpSync(recipeFiles, job.workspace, { recursive: true })
  const outputs: Record<string, string> = {}
  for (const [index, step] of steps.entries()) {
    const id = step.id ?? `step_${index}`
    results.push(await runStep(step, id))
    Object.assign(outputs, job.steps[id]?.outputs)
  }
  const rules = [...Object.entries(outputs).map(toRule), { data: { regex: '.*' } }, ...reports]
  results.push(await job.step('rules', `echo 'RULES=${JSON.stringify(rules)}' >> "$GITHUB_ENV"`))
  const dataNames = readNames(job.outputs['data-file'] ?? '')
  results.push(await job.post())
  await api.close()
  return {
    results,
    annotations: job.annotations.map(({ message }) => message),
    outputs,
    dataNames,
    points: readLines(join(job.temp, 'points.lp')).map(parseLine),
  }

  function runStep(step: StepExample, id: string): Promise<RunResult> {
    const action = findAction(step)
    if (action !== undefined) return job.uses(id, action, step.with)
    if (step.run === undefined) throw new Error(`the step uses ${step.uses}, which is not here`)
    return job.step(id, step.run)
  }
}

/** An output that holds JSON is data. */
export function isData(value: string): boolean {
  return /^[[{]/.test(value)
}

function toRule([name, value]: [string, string]): object {
  return isData(value) ? { data: name } : { property: name }
}

/** The names of data, which is what stands before tags and fields. */
function readNames(path: string): string[] {
  return readLines(path).flatMap((line) => /^(?:\\.|[^, ])+/.exec(line) ?? [])
}

function readLines(path: string): string[] {
  return existsSync(path) ? splitLines(readFileSync(path, 'utf8')) : []
}
