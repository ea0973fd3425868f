import { layoutKinds } from '../capture/rules.ts'
import { suggest } from '../capture/suggest.ts'
import { cleanKey, cleanName, isOwnName } from '../point/clean.ts'
import type { NativeOptions } from '../point/identity.ts'
import type { Layout } from '../point/layout.ts'
import type { SettingProblem } from './problem.ts'

/** The place of a setting, for messages: the input or file, and the line. */
export interface Place {
  readonly input: string
  readonly line?: number | undefined
}

/** Finds the layout of that name. An unknown name is a problem, and the result undefined. */
export function parseLayoutKind(name: string, place: Place, problems: SettingProblem[]): Layout['kind'] | undefined {
  const kind = layoutKinds.find((known) => known === name)
  if (kind === undefined) {
    const text = `${JSON.stringify(name)} is unknown; ${suggest(name, layoutKinds, 'layouts')}`
    problems.push({ ...place, text })
  }
  return kind
}

export function toLayout(kind: Layout['kind'] | undefined, options: NativeOptions): Layout {
  return kind === 'buildbot' ? { kind, tags: options.tags } : { kind: 'native', options }
}

/** Finds tags that the layout buildbot sets itself. */
export function findBuildbotTags(tags: NativeOptions['tags'], placeOf: (key: string) => Place): SettingProblem[] {
  return tags
    .filter(([key]) => ['builder_name', 'build_number'].includes(cleanKey(key)))
    .map(([key]) => ({
      ...placeOf(key),
      text: `"${key}" is a tag that the layout buildbot sets itself; choose another`,
    }))
}

/** Checks the measurement of builds, by default `build`. */
export function parseMeasurement(text: string, place: Place, problems: SettingProblem[]): string {
  if (/^[_#]|[\r\n]|\\$/.test(text)) {
    const rule = 'it must be one line that neither starts with _ or # nor ends in a backslash'
    problems.push({ ...place, text: `${JSON.stringify(text)} is not a valid measurement: ${rule}` })
    return 'build'
  }
  return text === '' ? 'build' : text
}

/** Checks the user's tags, a map of scalars. An empty tag is left out of this build, but other builds may have it. */
export function parseTags(
  map: { readonly [key: string]: unknown },
  placeOf: (key: string) => Place,
  problems: SettingProblem[],
): [string, string][] {
  return Object.entries(map).flatMap(([key, value]): [string, string][] => {
    const fail = (wrong: string): [] => {
      problems.push({ ...placeOf(key), text: wrong })
      return []
    }
    // Cleaned first: `time\` would become `time`.
    if (isOwnName(cleanName(key))) return fail(`"${cleanName(key)}" is reserved by InfluxDB; choose another`)
    if (key === '') return fail('a tag needs a name')
    if (value === null) return [[key, '']]
    if (typeof value !== 'object') return [[key, String(value)]]
    return fail(`"${key}" must be text, a number or a boolean, but is ${JSON.stringify(value)}`)
  })
}
