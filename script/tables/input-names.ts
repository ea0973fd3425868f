import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

const root = join(import.meta.dirname, '..', '..')

export const inputNamesPath = 'src/runner/input-names.ts'

/** The source file with the names of all inputs, by the folder of their action.yml. */
export function toInputNames(): string {
  const folders = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory())
  const actions = ['.', ...folders.map(({ name }) => name).toSorted()].filter((folder) =>
    existsSync(join(root, folder, 'action.yml')),
  )
  const lines = actions.flatMap((folder) => {
    const { inputs } = parse(readFileSync(join(root, folder, 'action.yml'), 'utf8'))
    const key = folder === '.' ? 'main' : folder
    return [`  ${key}: [`, ...Object.keys(inputs).map((name) => `    '${name}',`), '  ],']
  })
  return [
    '// Written by `npm run tables` from the action.yml files: run it after an input was added.',
    '// biome-ignore-all format: one name a line, so that branches that add inputs can be merged',
    '',
    'export const inputNames = {',
    ...lines,
    '} as const',
    '',
    '/** An input of any of the actions: a name that is misspelt does not compile. */',
    'export type InputName = (typeof inputNames)[keyof typeof inputNames][number]',
    '',
    '/** Reads one input; empty where it is not given. */',
    'export type ReadInput = (name: InputName) => string',
    '',
  ].join('\n')
}
