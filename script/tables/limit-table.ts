import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as limits from '../../src/limits.ts'
import { toTable } from './markdown-table.ts'

const source = readFileSync(join(import.meta.dirname, '../../src/limits.ts'), 'utf8')

/** The limits of a part of src/limits.ts: of what, how much, and why. */
export function toLimitTable(part: string): string {
  const text = source.split(/^\/\/ /m).find((one) => one.startsWith(`${part}\n`))
  if (text === undefined) throw new Error(`src/limits.ts has no part ${part}`)
  const rows = [...text.matchAll(/^\/\*\* (.*?): (.*)\. \*\/\nexport const (\w+)/gm)].map(
    ([, what = '', why = '', name = '']) => [what, toText(name), why],
  )
  const count = text.match(/^export const /gm)?.length ?? 0
  if (rows.length !== count) throw new Error(`${part}: a limit of src/limits.ts has no comment such as "What: why."`)
  return toTable(['what', 'at most', 'why'], rows)
}

export const limitParts = ['Time', 'Bytes and characters', 'Counts', 'Depth']

function toText(name: string): string {
  const value = (limits as Readonly<Record<string, number>>)[name]
  if (value === undefined) throw new Error(`src/limits.ts does not export ${name}`)
  const of = (count: number, unit: string) => `${count.toLocaleString('en')} ${unit}`
  if (/Ms$/.test(name)) return of(value / 1000, 's')
  if (/Seconds$/.test(name)) return of(value, 's')
  if (/Mb$/.test(name)) return of(value, 'MB')
  if (/Bytes$/.test(name)) return value % 2 ** 20 === 0 ? of(value / 2 ** 20, 'MiB') : of(value, 'bytes')
  if (/Part$/.test(name)) return `1/${1 / value}`
  return /characters$/i.test(name) ? of(value, 'characters') : value.toLocaleString('en')
}
