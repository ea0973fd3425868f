import type { JsonSchema } from '@valibot/to-json-schema'
import { createSchema } from '../schema.ts'
import { toCode, toTable } from './markdown-table.ts'

/** The kinds of rules, what each captures, and its keys: what the schema of `captures` says. */
export function toRuleTable(): string {
  const { rule } = createSchema().definitions as { rule: JsonSchema }
  const rows = (rule.anyOf ?? [])
    .flatMap((one) => (typeof one === 'object' ? Object.entries(one.properties ?? {}) : []))
    .map(([kind, schema]) => {
      const { description = '', anyOf = [] } = schema as JsonSchema
      const keys = anyOf.flatMap((one) => (typeof one === 'object' ? Object.keys(one.properties ?? {}) : []))
      return [toCode([kind]), description.replace(/\{.*?\}/g, '`$&`').replace(/\.$/, ''), toCode(keys)]
    })
  return toTable(['rule', 'captures', 'keys'], rows)
}
