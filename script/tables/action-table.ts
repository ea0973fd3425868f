import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { parse } from 'yaml'
import { toCode, toTable } from './markdown-table.ts'

interface ActionDocument {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>
  readonly outputs?: Readonly<Record<string, { readonly description: string }>>
}

const root = join(import.meta.dirname, '..', '..')

/** The inputs of an action.yml, for a page of the repository. Neighbours that say the same share a row. */
export function toInputTable(folder: string, page: string): string {
  const rows: { names: string[]; value: string; meaning: string }[] = []
  for (const [name, input] of Object.entries(readAction(folder).inputs)) {
    const value = toDefault(name, input.default ?? '')
    const meaning = toMeaning(input.description, page)
    const last = rows.at(-1)
    if (last?.value === value && last.meaning === meaning) last.names.push(name)
    else rows.push({ names: [name], value, meaning })
  }
  return toTable(
    ['input', 'default', 'meaning'],
    rows.map(({ names, value, meaning }) => [toCode(names), value, meaning]),
  )
}

export function toOutputTable(folder: string, page: string): string {
  const rows = Object.entries(readAction(folder).outputs ?? {})
  return toTable(
    ['output', 'meaning'],
    rows.map(([name, { description }]) => [toCode([name]), toMeaning(description, page)]),
  )
}

function readAction(folder: string): ActionDocument {
  return parse(readFileSync(join(root, folder, 'action.yml'), 'utf8'))
}

function toDefault(name: string, value: string): string {
  if (value === `\${{ toJSON(${name}) }}`) return 'filled in'
  return value === '' ? '' : toCode([value])
}

/** As a sentence of a table, without its full stop. Where the description names a page of the docs, there is a link to it. */
function toMeaning(description: string, page: string): string {
  return description
    .trim()
    .replace(/\.$/, '')
    .replace(/docs\/([\w-]+)\.md/g, (path, name: string) => {
      const target = relative(dirname(page), path)
      return `[${name.replaceAll('-', ' ')}](${target})`
    })
}
