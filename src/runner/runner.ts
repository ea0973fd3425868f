import { appendFileSync, statSync, truncateSync } from 'node:fs'
import * as core from '@actions/core'
import type { ReadInput } from './input-names.ts'
import { type Log, openLog } from './log.ts'

/** The runner's interface for a phase: inputs, log, files and variables. */
export interface Runner {
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
  now(): number
  readonly readInput: ReadInput
  setOutput(name: string, value: string): void
  /** Sets a variable for the steps that follow. */
  exportVariable(name: string, value: string): void
  saveState(name: string, value: string): void
  readState(name: string): string
  /** Appends markdown to the summary of the job. */
  writeSummary(markdown: string): void
}

export function openRunner(env: NodeJS.ProcessEnv, toSecrets: (read: ReadInput) => string[]): Runner {
  const readInput: ReadInput = (name) => core.getInput(name)
  const log = openLog(toSecrets(readInput))
  const told = new Set<string>()

  /** Each of the runner's files is handled separately: a failure of one does not affect the others. */
  function append(variable: keyof typeof losses, write: () => void): void {
    const path = env[variable] || undefined
    const size = sizeOf(path)
    try {
      write()
    } catch (error) {
      cutBack(path, size)
      if (told.has(variable)) return
      told.add(variable)
      const { message } = error as Error
      const why = path === undefined || message.includes(path) ? message : `${path}: ${message}`
      log.warning(`${losses[variable]} because ${variable} cannot be written: ${why}.`)
    }
  }

  return {
    env,
    log,
    now: Date.now,
    readInput,
    setOutput: (name, value) => append('GITHUB_OUTPUT', () => core.setOutput(name, value)),
    exportVariable: (name, value) => append('GITHUB_ENV', () => core.exportVariable(name, value)),
    saveState: (name, value) => append('GITHUB_STATE', () => core.saveState(name, value)),
    readState: core.getState,
    writeSummary: (markdown) =>
      append('GITHUB_STEP_SUMMARY', () => {
        // Not `core.summary`, which would load fs/promises into every run of main. Old servers have no such file.
        if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, markdown)
      }),
  }
}

/** The files that the runner reads when a step ends, and what is lost if one cannot be written. */
const losses = {
  GITHUB_OUTPUT: 'This step has no outputs',
  GITHUB_ENV: 'Later steps have no $BUILD_STATS',
  GITHUB_STATE: 'The post step cannot use what the main step saved',
  GITHUB_STEP_SUMMARY: 'The job summary is missing',
}

function sizeOf(path: string | undefined): number | undefined {
  try {
    return path === undefined ? undefined : statSync(path).size
  } catch {
    return undefined
  }
}

/** A full disk stores the first bytes of an entry; the runner cannot read an incomplete entry, and would fail the step. */
function cutBack(path: string | undefined, size: number | undefined): void {
  try {
    if (path !== undefined && size !== undefined && (sizeOf(path) ?? 0) > size) truncateSync(path, size)
  } catch {
    // The failure is already reported.
  }
}
