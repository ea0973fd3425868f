import * as v from 'valibot'
import { builder, name, needsMatch, regex } from '../rule-keys.ts'
import type { RuleParser } from '../rule-parser.ts'
import type { Matcher, RuleBase } from '../rules.ts'

/** The durations of the job's steps, one point each. */
export interface StepsRule extends RuleBase {
  readonly kind: 'steps'
  /** Undefined: all steps. */
  readonly match: Matcher | undefined
}

const options = v.strictObject({ name, regex, builder })

export const stepsRule: RuleParser<StepsRule, typeof options> = {
  kind: 'steps',
  description:
    'How long each step of the job took, one point per step (layout native). Text is short for {name: text}.',
  options,
  short: 'name',
  isBare: true,
  unusedIn: { buildbot: 'which has no measurement for steps' },
  parse: ({ name }, { match, base }) =>
    match === undefined && name !== undefined ? [`steps ${needsMatch}, or neither`] : { kind: 'steps', match, ...base },
}
