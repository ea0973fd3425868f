import type { Build } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import { cleanString } from './clean.ts'
import { type Named, setNew } from './identity.ts'

/** Adds fields that may explain a build to its row. A captured statistic of the same name stays. */
export function addCircumstances({ circumstances: of }: Build, tags: Named<string>, fields: Named<FieldValue>): void {
  const texts = {
    runner_image: of.runnerImage,
    runner_image_version: of.runnerImageVersion,
    runner_labels: of.runnerLabels.toSorted().join(','),
    runner_group: of.runnerGroup,
    workflow_ref: of.workflowRef,
  }
  const add = (key: string, value: FieldValue) => {
    if (!tags.has(key)) setNew(fields, key, value)
  }
  for (const [key, value] of Object.entries(texts)) if (value !== '') add(key, cleanString(value))
  if (of.pullRequest !== undefined) add('pull_request', of.pullRequest)
  if (of.isFlaky) add('flaky', true)
}
