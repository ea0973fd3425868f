import type { InputName, ReadInput } from '../runner/input-names.ts'
import type { SettingProblem } from './problem.ts'

const unitsMs: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** Parses a length of time such as `25h` or `7d`; undefined if the input is empty or invalid. */
export function parseLength(read: ReadInput, name: InputName, problems: SettingProblem[]): number | undefined {
  const text = read(name).trim()
  if (text === '') return undefined
  const ms = toLengthMs(text)
  if (ms === undefined) {
    problems.push({ input: name, text: `must be a length of time such as 25h or 7d, but is ${JSON.stringify(text)}` })
  }
  return ms
}

/** Parses a time (`2026-09-01`, `2026-09-01T12:00`), or how long ago it was (`7d`). Without a zone it is UTC. */
export function parseMoment(
  read: ReadInput,
  name: InputName,
  nowMs: number,
  problems: SettingProblem[],
): number | undefined {
  const text = read(name).trim()
  if (text === '') return undefined
  const agoMs = toLengthMs(text)
  const ms = agoMs === undefined ? toMomentMs(text) : nowMs - agoMs
  if (ms !== undefined && ms >= earliestMs && ms <= nowMs) return ms
  const what = ms === undefined ? 'not a time' : ms > nowMs ? 'in the future' : 'before 2018'
  const remedy = 'write a time such as 2026-09-01, 2026-09-01T12:00Z or 7d (seven days ago)'
  problems.push({ input: name, text: `is ${JSON.stringify(text)}, which is ${what}: ${remedy}` })
  return undefined
}

/** GitHub Actions did not exist before. */
const earliestMs = Date.UTC(2018)

function toLengthMs(text: string): number | undefined {
  const [, count, unit = ''] = /^(\d{1,5})\s*([mhdw])$/i.exec(text) ?? []
  const unitMs = unitsMs[unit.toLowerCase()]
  return count === undefined || unitMs === undefined ? undefined : Number(count) * unitMs
}

function toMomentMs(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\d([T ]\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.test(text)) return undefined
  const hasZone = /(Z|[+-]\d\d:\d\d)$/.test(text) && text.includes(':')
  const ms = Date.parse(text.includes(':') && !hasZone ? `${text}Z` : text)
  return Number.isNaN(ms) ? undefined : ms
}
