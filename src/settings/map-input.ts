import { cutDeep } from '../build/depth.ts'
import type { Json, JsonObject } from '../build/json.ts'
import { parseJson } from '../build/json-text.ts'
import { explainCut } from './contexts.ts'
import { isNull, PlainText, toPlainData } from './plain-text.ts'
import type { Problem } from './problem.ts'
import type { Scalars } from './yaml.ts'
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
  problems: Problem[],
  lost: Problem[],
  scalars: Scalars,
  isForeign?: (text: string) => boolean,
): Promise<ParsedMap> {
  if (text.trim() === '') return emptyMap
  const json = text.trim().startsWith('{') ? parseJsonMap(text) : undefined
  const { value, lineOf } =
    (json === undefined
      ? await parseYamlParts(input, text, problems, lost, scalars, isForeign)
      : { value: json, lineOf: emptyMap.lineOf }) ?? {}
  if (lineOf === undefined || value === null) return emptyMap
  if (typeof value === 'object' && !Array.isArray(value) && !(value instanceof PlainText)) {
    const { value: map, isCut } = cutDeep(scalars === 'plain' && json === undefined ? toProperties(value) : value)
    return { map: map as ParsedMap['map'], isCut, lineOf }
  }
  problems.push({ input, text: 'must be a map: lines of "name: value"' })
  return emptyMap
}

function parseJsonMap(text: string): unknown {
  try {
    return parseJson(text)
  } catch {
    return undefined // It may still be YAML in flow style.
  }
}

/** The user's own properties: plain data. Those of YAML are text as it is written, as step outputs are. */
export async function parseProperties(
  text: string,
  problems: Problem[],
  lost: Problem[],
  warnings: string[],
  isForeign?: (text: string) => boolean,
): Promise<JsonObject> {
  const { map, isCut } = await parseMap('properties', text, problems, lost, 'plain', isForeign)
  if (isCut) warnings.push(explainCut('The input properties'))
  return map as JsonObject
}

/** What stands by itself is text; within lists and maps it is what readText reads. */
function toProperties(map: object): Json {
  const texts = Object.entries(map).map(([key, value]) => [
    key,
    value instanceof PlainText && !isNull(value) ? value.text : value,
  ])
  return toPlainData(Object.fromEntries(texts))
}
