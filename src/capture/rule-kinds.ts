import { dataRule } from './kinds/data.ts'
import { durationRule } from './kinds/duration.ts'
import { propertyRule } from './kinds/property.ts'
import { reportRule } from './kinds/report.ts'
import { stepsRule } from './kinds/steps.ts'
import { endTimeRule, startTimeRule } from './kinds/time.ts'

/** All kinds of rules, one row each. */
export const ruleKinds = {
  'start-time': startTimeRule,
  'end-time': endTimeRule,
  duration: durationRule,
  property: propertyRule,
  data: dataRule,
  report: reportRule,
  steps: stepsRule,
} as const
