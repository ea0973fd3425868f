import * as v from 'valibot'
import type { ValueType } from '../../build/value-types.ts'
import { builder, callback, column, name, needsMatch, onMissing, regex, type } from '../rule-keys.ts'
import type { RuleParser } from '../rule-parser.ts'
import type { Matcher, MissingLevel, RuleBase } from '../rules.ts'

export interface PropertyRule extends RuleBase {
  readonly kind: 'property'
  readonly match: Matcher
  readonly type: ValueType | undefined
  readonly field: string | undefined
  readonly tag: string | undefined
  readonly onMissing: MissingLevel
  /** As in Buildbot, the words `null` and `NaN` are text. */
  readonly keepsWords?: boolean
}

const options = v.strictObject({
  ...{ name, regex, builder, callback, type },
  ...{ field: column, tag: column, 'on-missing': onMissing },
})

export const propertyRule: RuleParser<PropertyRule, typeof options> = {
  kind: 'property',
  description: 'Properties of the build: step outputs, contexts, your own. Text is short for {name: text}.',
  options,
  short: 'name',
  parse({ type, field, tag, 'on-missing': onMissing = 'warn' }, { match, layout, base }) {
    if (match === undefined) return [`property ${needsMatch}`]
    if (tag !== undefined && field !== undefined) return ['takes either "field" or "tag", not both']
    if (tag !== undefined && type !== undefined) return ['a tag is always text: leave "type" out']
    const words = layout === 'buildbot' ? { keepsWords: true } : {}
    return { kind: 'property', match, type, field, tag, onMissing, ...words, ...base }
  },
  toColumn({ match, field, tag }) {
    if (tag !== undefined || field !== undefined) return `column ${tag ?? field}`
    return 'name' in match ? `property ${match.name}` : undefined
  },
}
