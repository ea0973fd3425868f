import * as v from 'valibot'
import type { ValueType } from '../../build/value-types.ts'
import { builder, callback, column, type } from '../rule-keys.ts'
import type { RuleParser } from '../rule-parser.ts'
import type { RuleBase } from '../rules.ts'

export interface TimeRule extends RuleBase {
  readonly kind: 'start-time' | 'end-time'
  readonly field: string | undefined
  readonly type: ValueType | undefined
}

const options = v.strictObject({ builder, callback, field: column, type })

function createTime(kind: TimeRule['kind'], description: string): RuleParser<TimeRule, typeof options> {
  return {
    kind,
    description,
    options,
    isBare: true,
    parse({ field, type, callback }, { base }) {
      if (type === undefined || type === 'string' || callback !== undefined) return { kind, field, type, ...base }
      return [{ path: ['type'], text: `a time is text: "type: ${type}" needs a "callback" that converts it` }]
    },
    toColumn: ({ field }) => (field === undefined ? kind : `column ${field}`),
  }
}

export const startTimeRule = createTime('start-time', 'When the build started (ISO 8601).')
export const endTimeRule = createTime('end-time', 'When the build ended (ISO 8601).')
