import type * as v from 'valibot'
import { showValue } from '../build/show-value.ts'
import { explainKey } from './suggest.ts'

/** A problem with a rule: its path in the parsed YAML, what is wrong and how to correct it. */
export interface RuleProblem {
  readonly path: readonly (string | number)[]
  readonly text: string
}

/** Words an issue that the schema of a kind has found. */
export function explainIssue(
  issue: v.BaseIssue<unknown>,
  kind: string,
  known: readonly string[],
  path: readonly (string | number)[],
): RuleProblem {
  const keys = issue.path?.map(({ key }) => key as string | number) ?? []
  const place = [...path, ...keys]
  if (issue.type === 'strict_object' && issue.expected === '"files"')
    return { path, text: 'report needs "files": a glob such as build/**/*.xml, or a list of them' }
  if (keys.length === 0) return { path: place, text: `${kind} takes a map of keys: ${known.join(', ')}` }
  const isUnknown = issue.expected === 'never'
  return {
    path: place,
    text: explainKey(issue, isUnknown ? keys.at(-1) : keys[0], known, showValue(issue.input), kind),
  }
}
