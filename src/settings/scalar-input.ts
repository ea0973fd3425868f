import { isAbsolute } from 'node:path'
import { suggest } from '../capture/suggest.ts'
import { defaultTimeoutMs, maxTimeoutSeconds } from '../limits.ts'
import type { ReadInput } from './inputs.ts'
import type { SettingProblem } from './problem.ts'

/** @param others what the input may be beside true and false, for messages */
export function parseBoolean(
  read: ReadInput,
  name: string,
  byDefault: boolean,
  problems: SettingProblem[],
  others: readonly string[] = [],
): boolean {
  const text = read(name)
  if (text === '') return byDefault
  if (/^(true|True|TRUE)$/.test(text)) return true
  if (!/^(false|False|FALSE)$/.test(text)) {
    const values = ['true', 'false', ...others]
    const allowed = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
    const what = `must be ${allowed}, but is ${JSON.stringify(text)}`
    problems.push({ input: name, text: `${what}. ${suggest(text, values, 'values')}` })
    return byDefault
  }
  return false
}

export function parseTimeout(text: string, problems: SettingProblem[]): number {
  if (text === '') return defaultTimeoutMs
  const ms = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1000) : 0
  if (ms < 1 || ms > maxTimeoutSeconds * 1000) {
    problems.push({
      input: 'timeout',
      text: `must be seconds, more than 0 and at most ${maxTimeoutSeconds}, but is ${JSON.stringify(text)}`,
    })
    return defaultTimeoutMs
  }
  return ms
}

/** A folder that outlives the job; the workspace, where relative paths lead, does not. */
export function parseFolder(read: ReadInput, name: string, problems: SettingProblem[]): string | undefined {
  const path = read(name)
  if (path === '') return undefined
  if (!isAbsolute(path)) {
    const text = `must be an absolute path, outside of the workspace, but is ${JSON.stringify(path)}; write it as /var/lib/build-stats`
    problems.push({ input: name, text })
    return undefined
  }
  return path
}
