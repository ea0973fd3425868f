import { cutDeep } from '../build/depth.ts'
import type { JsonObject } from '../build/json.ts'
import { explainCut } from './contexts.ts'
import type { SettingProblem } from './problem.ts'
import type { Path } from './yaml-line.ts'
import { parseYamlParts } from './yaml-parts.ts'

export interface ParsedMap {
  readonly map: { readonly [key: string]: unknown }
  /** Some of it was nested too deep, and is left out. */
  readonly isCut: boolean
  lineOf(path: Path): number | undefined
}

const emptyMap: ParsedMap = { map: {}, isCut: false, lineOf: () => undefined }

/**
 * A map in YAML or JSON. JSON is not read as YAML: a value of another's making cannot be more than a value.
 * @param lost what is wrong with entries that cost themselves
 */
export async function parseMap(
  input: string,
  text: string,
  problems: SettingProblem[],
  lost: SettingProblem[],
  scalars: 'typed' | 'text',
  isForeign?: (text: string) => boolean,
): Promise<ParsedMap> {
  if (text.trim() === '') return emptyMap
  const json = text.trim().startsWith('{') ? parseJson(text) : undefined
  const { value, lineOf } =
    (json === undefined
      ? await parseYamlParts(input, text, problems, lost, scalars, isForeign)
      : { value: json, lineOf: emptyMap.lineOf }) ?? {}
  if (lineOf === undefined || value === null) return emptyMap
  if (typeof value === 'object' && !Array.isArray(value)) {
    const { value: map, isCut } = cutDeep(value as ParsedMap['map'])
    return { map, isCut, lineOf }
  }
  problems.push({ input, text: 'must be a map: lines of "name: value"' })
  return emptyMap
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined // It may still be YAML in flow style.
  }
}

/** The user's own properties: plain data. */
export async function parseProperties(
  text: string,
  problems: SettingProblem[],
  lost: SettingProblem[],
  warnings: string[],
  isForeign?: (text: string) => boolean,
): Promise<JsonObject> {
  const { map, isCut } = await parseMap('properties', text, problems, lost, 'typed', isForeign)
  if (isCut) warnings.push(explainCut('The input properties'))
  try {
    // A copy of plain data: what YAML shares by alias is there as often as it stands.
    return JSON.parse(JSON.stringify(map)) as JsonObject
  } catch (error) {
    problems.push({ input: 'properties', text: `cannot be read as data: ${(error as Error).message}` })
    return {}
  }
}
