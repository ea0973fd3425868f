import { isAbsolute } from 'node:path'
import { cutDeep } from '../build/depth.ts'
import type { JsonObject } from '../build/json.ts'
import { suggest } from '../capture/suggest.ts'
import { defaultTimeoutMs, maxTimeoutSeconds } from '../limits.ts'
import type { InputName, ReadInput } from '../runner/input-names.ts'
import { explainCut } from './contexts.ts'
import { isTrue } from './early-inputs.ts'
import { PlainText } from './plain-text.ts'
import type { SettingProblem } from './problem.ts'
import type { Path, Scalars } from './yaml.ts'
import { parseYamlParts } from './yaml-parts.ts'

/** @param others further values that the input takes, for messages */
export function parseBoolean(
  read: ReadInput,
  name: InputName,
  byDefault: boolean,
  problems: SettingProblem[],
  others: readonly string[] = [],
): boolean {
  const text = read(name)
  if (text === '') return byDefault
  if (isTrue(text)) return true
  if (!/^(false|False|FALSE)$/.test(text)) {
    const values = ['true', 'false', ...others]
    const allowed = `${values.slice(0, -1).join(', ')} or ${values.at(-1)}`
    const what = `must be ${allowed}, but is ${JSON.stringify(text)}`
    problems.push({ input: name, text: `${what}; ${suggest(text, values, 'values')}` })
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
      text: `must be a number of seconds, more than 0 and at most ${maxTimeoutSeconds}, but is ${JSON.stringify(text)}`,
    })
    return defaultTimeoutMs
  }
  return ms
}

/** Parses the path of a folder that outlives the job. Relative paths lead to the workspace, which does not. */
export function parseFolder(read: ReadInput, name: InputName, problems: SettingProblem[]): string | undefined {
  const path = read(name)
  if (path === '') return undefined
  if (!isAbsolute(path)) {
    const text = `must be an absolute path, outside of the workspace, but is ${JSON.stringify(path)}; write it as /var/lib/build-stats`
    problems.push({ input: name, text })
    return undefined
  }
  return path
}

export interface ParsedMap {
  readonly map: { readonly [key: string]: unknown }
  /** Whether values that are nested too deep were left out. */
  readonly isCut: boolean
  lineOf(path: Path): number | undefined
}

const emptyMap: ParsedMap = { map: {}, isCut: false, lineOf: () => undefined }

/**
 * Parses a map in YAML or JSON. JSON is not parsed as YAML, so that untrusted text stays one value.
 * @param lost problems of entries that are left out
 */
export async function parseMap(
  input: string,
  text: string,
  problems: SettingProblem[],
  lost: SettingProblem[],
  scalars: Scalars,
  isForeign?: (text: string) => boolean,
): Promise<ParsedMap> {
  if (text.trim() === '') return emptyMap
  const json = text.trim().startsWith('{') ? await parseJsonMap(text) : undefined
  const { value, lineOf } =
    (json === undefined
      ? await parseYamlParts(input, text, problems, lost, scalars, isForeign)
      : { value: json, lineOf: emptyMap.lineOf }) ?? {}
  if (lineOf === undefined || value === null) return emptyMap
  if (typeof value === 'object' && !Array.isArray(value) && !(value instanceof PlainText)) {
    const isPlain = scalars === 'plain' && json === undefined
    const { value: map, isCut } = cutDeep(isPlain ? (await import('./plain-data.ts')).toPropertyValues(value) : value)
    return { map: map as ParsedMap['map'], isCut, lineOf }
  }
  problems.push({ input, text: 'must be a map: lines of "name: value"' })
  return emptyMap
}

async function parseJsonMap(text: string): Promise<unknown> {
  const { parseJsonText } = await import('../build/json-text.ts')
  try {
    return parseJsonText(text)
  } catch {
    return undefined // It may still be YAML in flow style.
  }
}

/** Parses the user's own properties. Those in YAML are text as written, as step outputs are. */
export async function parseProperties(
  text: string,
  problems: SettingProblem[],
  lost: SettingProblem[],
  warnings: string[],
  isForeign?: (text: string) => boolean,
): Promise<JsonObject> {
  const { map, isCut } = await parseMap('properties', text, problems, lost, 'plain', isForeign)
  if (isCut) warnings.push(explainCut('The input properties'))
  return map as JsonObject
}
