import { appendFileSync } from 'node:fs'
import * as core from '@actions/core'
import { type Log, openLog } from './log.ts'

/** The runner as this action sees it: everything that is read, told or asked for while a phase runs. */
export interface Runner {
  readonly env: NodeJS.ProcessEnv
  readonly log: Log
  now(): number
  readInput(name: string): string
  setOutput(name: string, value: string): void
  /** Sets a variable for the steps that follow. */
  exportVariable(name: string, value: string): void
  saveState(name: string, value: string): void
  readState(name: string): string
  /** Appends markdown to the summary of the job. */
  writeSummary(markdown: string): void
}

export function openRunner(env: NodeJS.ProcessEnv, toSecrets: (read: (name: string) => string) => string[]): Runner {
  const readInput = (name: string) => core.getInput(name)
  const log = openLog(toSecrets(readInput))
  let isTold = false
  /** A disk that is full, or files of another user, cost what goes through them and nothing else. */
  const orTell =
    (write: (name: string, value: string) => void) =>
    (name: string, value: string): void => {
      try {
        write(name, value)
      } catch (error) {
        const text = `The runner's own files cannot be written: ${(error as Error).message}`
        if (!isTold)
          log.warning(`${text}. Outputs, variables and state of this step are missing; free space on the runner.`)
        isTold = true
      }
    }
  return {
    env,
    log,
    now: Date.now,
    readInput,
    setOutput: orTell(core.setOutput),
    exportVariable: orTell(core.exportVariable),
    saveState: orTell(core.saveState),
    readState: core.getState,
    writeSummary(markdown) {
      // Not `core.summary`, which loads promises of fs into every run of main. Old servers have no such file.
      if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, markdown)
    },
  }
}
