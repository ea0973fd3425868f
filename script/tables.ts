import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { toInputTable, toOutputTable } from './tables/action-table.ts'
import { toFormatTable } from './tables/format-table.ts'
import { inputNamesPath, toInputNames } from './tables/input-names.ts'
import { limitParts, toLimitTable } from './tables/limit-table.ts'
import { toMatrixTable } from './tables/matrix-table.ts'
import { toColumnTable, toRowTable } from './tables/measurement-table.ts'
import { toRuleTable } from './tables/rule-table.ts'

const root = join(import.meta.dirname, '..')

/** The tables by page: what stands there between `<!-- table: name -->` and `<!-- end -->`. */
const tables: Readonly<Record<string, Readonly<Record<string, (page: string) => string>>>> = {
  'README.md': { rows: toRowTable },
  'docs/capture-rules.md': { rules: toRuleTable },
  'docs/inputs.md': {
    inputs: (page) => toInputTable('.', page),
    outputs: (page) => toOutputTable('.', page),
  },
  'docs/replay.md': {
    inputs: (page) => toInputTable('replay', page),
    outputs: (page) => toOutputTable('replay', page),
  },
  'docs/collect.md': {
    inputs: (page) => toInputTable('collect', page),
    outputs: (page) => toOutputTable('collect', page),
  },
  'docs/yield.md': { inputs: (page) => toInputTable('yield', page) },
  'docs/servers.md': { servers: toMatrixTable },
  'docs/reports.md': { formats: toFormatTable },
  'docs/data-model.md': { columns: toColumnTable },
  'docs/limits.md': Object.fromEntries(limitParts.map((part) => [part, () => toLimitTable(part)])),
}

export const tablePages = Object.keys(tables)

/**
 * The text of a page with its tables as the code has them.
 * @throws Error where a table has no place on its page, or a place no table
 */
export function fillTables(page: string, text: string): string {
  const wanted = new Map(Object.entries(tables[page] ?? {}))
  const filled = text.replace(
    /(<!-- table: (.*?) -->\n).*?(<!-- end -->)/gs,
    (_, start: string, name: string, end: string) => {
      const toTable = wanted.get(name)
      if (toTable === undefined) throw new Error(`${page}: there is no table ${name}, or it is there twice`)
      wanted.delete(name)
      return `${start}\n${toTable(page)}\n\n${end}`
    },
  )
  if (wanted.size > 0) throw new Error(`${page} has no place for ${[...wanted.keys()].join(', ')}`)
  return filled
}

export function readPage(page: string): string {
  return readFileSync(join(root, page), 'utf8')
}

if (import.meta.main) {
  for (const page of tablePages) writeFileSync(join(root, page), fillTables(page, readPage(page)))
  writeFileSync(join(root, inputNamesPath), toInputNames())
}
