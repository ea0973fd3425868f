import type { JsonObject } from '../build/json.ts'
import type { Problem } from './problem.ts'
import { parseYaml } from './yaml.ts'
import type { Path } from './yaml-line.ts'

export interface ParsedMap {
  readonly map: { readonly [key: string]: unknown }
  lineOf(path: Path): number | undefined
}

const emptyMap: ParsedMap = { map: {}, lineOf: () => undefined }

/** A map in YAML or JSON. JSON is not read as YAML: a value of another's making cannot be more than a value. */
export async function parseMap(
  input: string,
  text: string,
  problems: Problem[],
  scalars: 'typed' | 'text',
): Promise<ParsedMap> {
  if (text.trim() === '') return emptyMap
  const json = text.trim().startsWith('{') ? parseJson(text) : undefined
  const { value, lineOf } =
    (json === undefined ? await parseYaml(input, text, problems, scalars) : { value: json, lineOf: emptyMap.lineOf }) ??
    {}
  if (lineOf === undefined || value === null) return emptyMap
  if (typeof value === 'object' && !Array.isArray(value)) return { map: value as ParsedMap['map'], lineOf }
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
export async function parseProperties(text: string, problems: Problem[]): Promise<JsonObject> {
  const { map } = await parseMap('properties', text, problems, 'typed')
  try {
    // A copy of plain data: what YAML shares by alias is there as often as it stands.
    return JSON.parse(JSON.stringify(map)) as JsonObject
  } catch (error) {
    problems.push({ input: 'properties', text: `cannot be read as data: ${(error as Error).message}` })
    return {}
  }
}
