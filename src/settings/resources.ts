import { suggest } from '../capture/suggest.ts'
import { defaultEveryMs, maxEveryMs, minEveryMs } from '../limits.ts'
import type { SettingProblem } from './problem.ts'
import { parseYaml } from './yaml.ts'

/** How the runner is sampled while the job runs. */
export interface ResourceSettings {
  readonly everyMs: number
  /** Whether each sample is a point of `build_resources`. */
  readonly series: boolean
}

const byDefault: ResourceSettings = { everyMs: defaultEveryMs, series: false }
const keys = ['every', 'series']
const input = 'resources'

/** Parses an input `resources` that is neither empty nor a boolean. */
export async function parseResourcesInput(
  text: string,
  problems: SettingProblem[],
): Promise<ResourceSettings | undefined> {
  const yaml = await parseYaml(input, text, problems)
  if (yaml === undefined) return undefined
  const { value, lineOf } = yaml
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const what = `must be true, false or a map such as {every: 5s, series: true}, but is ${JSON.stringify(value)}`
    problems.push({ input, text: what })
    return undefined
  }
  const found = { ...byDefault }
  for (const [key, given] of Object.entries(value)) {
    const problem = (what: string) => problems.push({ input, line: lineOf([key]), text: what })
    if (key === 'every') {
      const ms = parseEvery(given)
      if (ms !== undefined) found.everyMs = ms
      else {
        const [least, most] = [minEveryMs / 1000, maxEveryMs / 60_000]
        problem(`"every" must be a time such as 5s, from ${least}s to ${most}m, but is ${JSON.stringify(given)}`)
      }
    } else if (key === 'series') {
      if (typeof given === 'boolean') found.series = given
      else problem(`"series" must be true or false, but is ${JSON.stringify(given)}`)
    } else problem(`"${key}" is unknown; ${suggest(key, keys, 'keys')}`)
  }
  return found
}

/** A bare number is seconds. */
function parseEvery(value: unknown): number | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined
  const [, count, unit = 's'] = /^(\d{1,6}(?:\.\d+)?) ?(ms|s|m)?$/.exec(String(value)) ?? []
  if (count === undefined) return undefined
  const ms = Number(count) * ({ ms: 1, s: 1000, m: 60_000 }[unit] ?? 1000)
  return ms >= minEveryMs && ms <= maxEveryMs ? ms : undefined
}
