import type { DataTransformerConfig, Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import type { Series } from '../support/influxd.ts'

/** A line of a chart. */
export interface Line {
  readonly name: string
  readonly points: readonly (readonly [ms: number, value: number | null])[]
}

/** A row of a table, by column. */
export type Row = ReadonlyMap<string, unknown>

/** The lines that Grafana makes of a query's answer: one a tag set and column, named by the alias. */
export function toLines(answer: readonly Series[], alias: string): Line[] {
  return answer.flatMap(({ name, tags, columns, rows }) =>
    columns.slice(1).map((column, index) => ({
      // Only in brackets may a tag have a dot in its name.
      name: alias.replace(/\$(\w+)|\[\[(.+?)\]\]/g, (all, plain: string | undefined, bracketed: string) => {
        const word = plain ?? bracketed
        if (word === 'col') return column
        if (word === 'm') return name
        return word.startsWith('tag_') ? (tags[word.slice(4)] ?? '') : all
      }),
      points: rows.map((row) => [toMs(row[0]), (row[index + 1] ?? null) as number | null] as const),
    })),
  )
}

/** The rows that Grafana makes of a query's answer: time and tags are columns like the others. */
export function toRows(answer: readonly Series[]): Row[] {
  return answer.flatMap(({ tags, columns, rows }) =>
    rows.map((row) => {
      const [time, ...values] = row
      const named = values.map((value, index): [string, unknown] => [columns[index + 1] ?? '', value])
      return new Map([['Time', toMs(time)], ...Object.entries(tags), ...named])
    }),
  )
}

/** What the panel's transformations make of the rows of its queries. */
export function transformRows(panel: Panel, answers: readonly (readonly Row[])[]): readonly Row[] {
  return (panel.transformations ?? []).reduce(applyTo, answers.flat())
}

/** What the panel's transformations make of the names of lines. */
export function renameLines(panel: Panel, lines: readonly Line[]): Line[] {
  const renames = (panel.transformations ?? []).filter(({ id }) => id === 'renameByRegex')
  return lines.map((line) => ({ ...line, name: renames.reduce(rename, line.name) }))
}

function rename(name: string, { options }: DataTransformerConfig): string {
  return name.replace(new RegExp(options.regex), options.renamePattern)
}

function applyTo(rows: readonly Row[], transformation: DataTransformerConfig): readonly Row[] {
  const { id, options } = transformation
  switch (id) {
    case 'merge':
      return merge(rows)
    case 'sortBy': {
      const [{ field, desc }] = options.sort
      const sorted = rows.toSorted((a, b) => Number(a.get(field)) - Number(b.get(field)))
      return desc ? sorted.reverse() : sorted
    }
    case 'organize': {
      const { excludeByName: hidden, indexByName: places = {}, renameByName: names = {} } = options
      return rows.map((row) => {
        const shown = [...row].filter(([name]) => hidden[name] !== true)
        shown.sort(([a], [b]) => (places[a] ?? Infinity) - (places[b] ?? Infinity) || 0)
        return new Map(shown.map(([name, value]) => [names[name] ?? name, value]))
      })
    }
    case 'calculateField': {
      const { alias, binary } = options
      if (options.mode !== 'binary' || binary.operator !== '/') throw new Error('no other calculation is known here')
      return rows.map((row) => new Map([...row, [alias, Number(row.get(binary.left)) / Number(row.get(binary.right))]]))
    }
    case 'renameByRegex':
      return rows.map((row) => new Map([...row].map(([name, value]) => [rename(name, transformation), value])))
    default:
      throw new Error(`the transformation ${id} is not known here`)
  }
}

/** Rows that agree in time and in every column of text become one. */
function merge(rows: readonly Row[]): Row[] {
  const merged = Map.groupBy(rows, (row) =>
    JSON.stringify([...row].filter(([name, value]) => name === 'Time' || typeof value === 'string').sort()),
  )
  return [...merged.values()].map((parts) => new Map(parts.flatMap((part) => [...part])))
}

function toMs(time: unknown): number {
  return Number((time as bigint) / 1_000_000n)
}
