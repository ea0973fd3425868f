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
  return {
    env,
    log: openLog(toSecrets(readInput)),
    now: Date.now,
    readInput,
    setOutput: core.setOutput,
    exportVariable: core.exportVariable,
    saveState: core.saveState,
    readState: core.getState,
    writeSummary(markdown) {
      // Not `core.summary`, which loads promises of fs into every run of main. Old servers have no such file.
      if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, markdown)
    },
  }
}
