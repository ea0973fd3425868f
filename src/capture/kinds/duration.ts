import * as v from 'valibot'
import type { ValueType } from '../../build/value-types.ts'
import { builder, callback, column, type } from '../rule-keys.ts'
import type { RuleParser } from '../rule-parser.ts'
import { type RuleBase, type Unit, units } from '../rules.ts'

export interface DurationRule extends RuleBase {
  readonly kind: 'duration'
  readonly reportIn: Unit
  readonly field: string | undefined
  readonly type: ValueType | undefined
}

const unitNames = Object.keys(units) as Unit[]
const options = v.strictObject({
  builder,
  callback,
  field: column,
  type,
  'report-in': v.optional(v.picklist(unitNames, `must be one of ${unitNames.join(', ')}`)),
})

export const durationRule: RuleParser<DurationRule, typeof options> = {
  kind: 'duration',
  description: 'How long the build took.',
  options,
  descriptions: { 'report-in': 'Unit of the duration. Default: seconds.' },
  isBare: true,
  parse: ({ field, type, 'report-in': reportIn = 'seconds' }, { base }) => ({
    ...{ kind: 'duration', reportIn, field, type },
    ...base,
  }),
  toColumn: ({ field, reportIn }) => (field === undefined ? `duration in ${reportIn}` : `column ${field}`),
}
