import * as v from 'valibot'
import { name, needsMatch, parseRecordKeys, recordKeys, regex } from '../rule-keys.ts'
import type { RuleParser } from '../rule-parser.ts'
import type { Matcher, RecordKeys, RuleBase } from '../rules.ts'

export interface DataRule extends RuleBase, RecordKeys {
  readonly kind: 'data'
  readonly match: Matcher
  readonly measurement: string | undefined
}

const options = v.strictObject({ name, regex, ...recordKeys })

export const dataRule: RuleParser<DataRule, typeof options> = {
  kind: 'data',
  description: 'Data that steps yielded. Text is short for {name: text}.',
  options,
  short: 'name',
  parse({ measurement, tags, types, time }, { match, base }) {
    if (match === undefined) return [`data ${needsMatch}`]
    const keys = parseRecordKeys({ tags, types, time })
    return 'text' in keys ? [keys] : { kind: 'data', match, measurement, ...keys, ...base }
  },
}
