import type { VariableModel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Influxd, Series } from '../support/influxd.ts'
import type { TimeRange } from './time-range.ts'

/** What is chosen above the dashboard, by variable; `$__all` is all of them. */
export type Choice = Readonly<Record<string, readonly string[]>>

/** A variable with the values that were offered and those that are chosen. */
interface Chosen {
  readonly model: VariableModel
  readonly offered: readonly string[]
  readonly values: readonly string[]
}

export type Variables = ReadonlyMap<string, Chosen>

export const all = '$__all'

/**
 * Fills the variables in their order, as Grafana does when the dashboard is opened: each is asked for with what is chosen
 * for those before it. Without a choice a variable keeps what it was saved with, or takes the first value that is offered.
 */
export async function fillVariables(
  models: readonly VariableModel[],
  choice: Choice,
  range: TimeRange,
  ask: (query: string, name: string) => Promise<readonly Series[]>,
): Promise<Variables> {
  const variables = new Map<string, Chosen>()
  for (const model of models) {
    const offered = await offer(model)
    const saved = model.current?.value
    const values = choice[model.name] ?? (saved === undefined ? offered.slice(0, 1) : [saved].flat())
    const unknown = values.filter((value) => value !== all && !offered.includes(value))
    if (unknown.length > 0) throw new Error(`${model.name} does not offer ${unknown.join(', ')}`)
    variables.set(model.name, { model, offered, values })
  }
  return variables

  async function offer({ type, name, query, regex }: VariableModel): Promise<string[]> {
    if (type === 'datasource') return ['influxdb']
    if (type === 'custom')
      return String(query)
        .split(/\s*,\s*/)
        .map((option) => option.replace(/^.+\s:\s/, ''))
    if (type !== 'query') return [String(query)]
    const answer = readValues(String(query), await ask(interpolate(String(query), variables, { range }), name))
    const [, source = '', flags] =
      /^\/(.*)\/(\w*)$/.exec(interpolate(regex ?? '', variables, { format: 'regex' })) ?? []
    return source === '' ? answer : answer.filter((value) => new RegExp(source, flags).test(value))
  }
}

/**
 * What Grafana takes for values (responseParser.ts of its InfluxDB data source): of rows the second column, which is what
 * follows the name of a tag or a time; but the first one of SHOW FIELD KEYS, and of rows that have no second.
 */
function readValues(query: string, answer: readonly Series[]): string[] {
  const at = /show field keys/i.test(query) ? 0 : 1
  const values = answer.flatMap(({ rows }) => rows.map((row) => String(row[at] ?? row[0])))
  return [...new Set(values)].sort()
}

export interface Macros {
  readonly range?: TimeRange
  readonly interval?: string
  /** Of variables that name none. */
  readonly format?: string
}

/** Puts in what is chosen, the time range and the interval. */
export function interpolate(text: string, variables: Variables, { range, interval, format = 'raw' }: Macros): string {
  const filled = text.replace(/\$\{(\w+)(?::(\w+))?\}/g, (_, name: string, own: string = format) => {
    const variable = variables.get(name)
    if (variable === undefined) throw new Error(`there is no variable ${name} yet`)
    return formatValues(variable, own)
  })
  return filled
    .replaceAll('$timeFilter', () => (range ? `time >= ${range.fromMs}ms and time <= ${range.toMs}ms` : '$timeFilter'))
    .replaceAll('$__interval', () => interval ?? '$__interval')
}

function formatValues({ model, offered, values }: Chosen, format: string): string {
  const isAll = values.includes(all)
  // A value for All goes in as it is written, whatever the format.
  if (isAll && model.allValue) return model.allValue
  const chosen = isAll ? offered : values
  switch (format) {
    case 'regex': {
      const escaped = chosen.map((value) => value.replace(/[\\^$*+?.()|[\]{}/]/g, '\\$&'))
      return escaped.length === 1 ? (escaped[0] ?? '') : `(${escaped.join('|')})`
    }
    case 'doublequote':
      return chosen.map((value) => `"${value.replaceAll('"', '\\"')}"`).join(',')
    case 'raw':
      return chosen.join(',')
    default:
      throw new Error(`the format ${format} is not known here`)
  }
}

/** Asks influxd as Grafana's data source would. */
export function asker(influxd: Influxd, database: string): (query: string) => Promise<Series[]> {
  return (query) => influxd.query(database, query)
}
