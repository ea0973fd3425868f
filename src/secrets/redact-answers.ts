import { isDeep } from '../build/depth.ts'
import type { Run } from '../capture/callback.ts'
import { maxDepth } from '../limits.ts'
import { type Redact, redactData } from './redact.ts'

/** The same without secrets in what callbacks give: one may be written in a callback, or be made in it. */
export function redactAnswers<Call>(run: Run<Call>, redact: Redact): Run<Call> {
  return async (calls) =>
    (await run(calls)).map((answer) => {
      if ('failure' in answer) return { failure: redact(answer.failure) }
      if (isDeep(answer.value)) return { failure: `what it gave is nested deeper than ${maxDepth} levels` }
      return answer.value === undefined ? answer : { value: redactData(answer.value, redact) }
    })
}
