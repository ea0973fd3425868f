import type * as v from 'valibot'
import { showOutside } from '../build/show-value.ts'
import { explainKey } from '../capture/suggest.ts'
import { findKind } from '../storage/kinds.ts'
import { configSchema, storageSchema } from './config-schema.ts'
import type { SettingProblem } from './problem.ts'
import type { Yaml } from './yaml.ts'

/** Explains what is wrong with the structure of a config file, and where. */
export function explainIssue(issue: v.BaseIssue<unknown>, path: string, yaml: Yaml): SettingProblem {
  const keys = issue.path?.map(({ key }) => key as string | number) ?? []
  const place = { input: path, line: yaml.lineOf(keys) }
  const key = keys.at(-1)
  if (issue.type === 'strict_object' && issue.expected === 'never') {
    if (Array.isArray(issue.path?.at(-1)?.input)) {
      const where = keys.length === 1 ? 'the file' : JSON.stringify(keys.at(-2))
      return { ...place, text: `${where} must be a map of keys, but is a list; keys: ${findKnown(keys).join(', ')}` }
    }
    return { ...place, text: explainKey(issue, key, findKnown(keys), '') }
  }
  if (issue.type === 'strict_object' && issue.received === 'undefined') {
    return {
      ...place,
      text: `${JSON.stringify(key)} is missing; write a list of storages, such as "- file: build-stats.lp"`,
    }
  }
  if (issue.type === 'strict_object') {
    const where = keys.length === 0 ? 'the file' : typeof key === 'number' ? 'a storage' : JSON.stringify(key)
    return {
      ...place,
      text: `${where} must be a map of keys: ${findKnown([...keys, '']).join(', ')}, but is ${showOutside(issue.input)}`,
    }
  }
  const isEmptyList = Array.isArray(issue.input) && issue.input.length === 0
  const isSecret = ['token', 'password'].includes(String(key))
  const shown = isSecret ? typeof issue.input : isEmptyList ? '[]' : showOutside(issue.input)
  const quote = issue.message === 'must be text' && typeof issue.input === 'number' ? ': put it in quotes' : ''
  return { ...place, text: `${explainKey(issue, key, [], shown)}${quote}` }
}

function findKnown(keys: readonly (string | number)[]): string[] {
  const kind = findKind(keys[2])
  if (kind !== undefined && keys.length > 3) return Object.keys(kind.keys)
  return Object.keys(keys.length > 2 ? storageSchema.entries : configSchema.entries)
}
