import { randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What one step wrote into the files that the runner gave it. */
export interface FileCommands {
  readonly outputs: ReadonlyMap<string, string>
  readonly state: ReadonlyMap<string, string>
  readonly env: ReadonlyMap<string, string>
  readonly path: readonly string[]
  readonly summary: string
  /** What the runner shows as errors: a file that it cannot read fails the step. */
  readonly errors: readonly string[]
  readonly failed: boolean
}

const FILES = {
  GITHUB_OUTPUT: 'set_output_',
  GITHUB_STATE: 'save_state_',
  GITHUB_ENV: 'set_env_',
  GITHUB_PATH: 'add_path_',
  GITHUB_STEP_SUMMARY: 'step_summary_',
} as const

export type CommandFiles = Readonly<Record<keyof typeof FILES, string>>

const SUMMARY_LIMIT = 1024 * 1024

/** A new set of empty files in the folder where the runner keeps them; each step gets its own. */
export function createCommandFiles(runnerTemp: string): CommandFiles {
  const folder = join(runnerTemp, '_runner_file_commands')
  const suffix = randomUUID()
  mkdirSync(folder, { recursive: true })
  const create = (variable: keyof typeof FILES) => {
    const path = join(folder, FILES[variable] + suffix)
    writeFileSync(path, '')
    return path
  }
  return {
    GITHUB_OUTPUT: create('GITHUB_OUTPUT'),
    GITHUB_STATE: create('GITHUB_STATE'),
    GITHUB_ENV: create('GITHUB_ENV'),
    GITHUB_PATH: create('GITHUB_PATH'),
    GITHUB_STEP_SUMMARY: create('GITHUB_STEP_SUMMARY'),
  }
}

export function readCommandFiles(files: CommandFiles): FileCommands {
  const errors: string[] = []
  let failed = false
  const read = (variable: keyof typeof FILES) => {
    const path = files[variable]
    return existsSync(path) ? readFileSync(path, 'utf8').replace(/^\uFEFF/, '') : ''
  }
  const readPairs = (variable: 'GITHUB_OUTPUT' | 'GITHUB_STATE' | 'GITHUB_ENV') => {
    const { pairs, error } = parsePairs(read(variable))
    if (error !== undefined) {
      const name = variable.slice('GITHUB_'.length).toLowerCase()
      errors.push(`Unable to process file command '${name}' successfully.`, error)
      failed = true
    }
    return new Map(pairs)
  }

  const outputs = readPairs('GITHUB_OUTPUT')
  const state = readPairs('GITHUB_STATE')
  const env = readPairs('GITHUB_ENV')
  for (const name of env.keys()) {
    if (name.toUpperCase() !== 'NODE_OPTIONS') continue
    errors.push(`Can't store NODE_OPTIONS output parameter using '$GITHUB_ENV' command.`)
    env.delete(name)
  }
  const path = read('GITHUB_PATH').split(/\r?\n/).filter(Boolean)
  let summary = read('GITHUB_STEP_SUMMARY')
  const size = Buffer.byteLength(summary)
  if (size > SUMMARY_LIMIT) {
    const kilobytes = Math.floor(size / 1024)
    errors.push(`$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of 1024k, got ${kilobytes}k.`)
    summary = ''
  }
  return { outputs, state, env, path, summary, errors, failed }
}

/**
 * `name=value` and `name<<DELIMITER` lines as FileCommandManager.cs reads them, off Windows: a carriage return belongs to
 * the value. After a malformed line the pairs before it still count.
 */
export function parsePairs(text: string): { pairs: [name: string, value: string][]; error?: string } {
  const pairs: [string, string][] = []
  const lines = text.split('\n')
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? ''
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      pairs.push([line.slice(0, equals), line.slice(equals + 1)])
    } else if (heredoc > 0 && heredoc + 2 < line.length) {
      const delimiter = line.slice(heredoc + 2)
      const end = lines.indexOf(delimiter, index + 1)
      if (end < 0) return { pairs, error: `Invalid value. Matching delimiter not found '${delimiter}'` }
      pairs.push([line.slice(0, heredoc), lines.slice(index + 1, end).join('\n')])
      index = end
    } else {
      return { pairs, error: `Invalid format '${line}'` }
    }
  }
  return { pairs }
}
