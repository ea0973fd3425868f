import { createRequire } from 'node:module'
import type { WebhookDefinition } from '@octokit/webhooks-examples'

type EventName = WebhookDefinition['name']
export type EventPayload<Name extends EventName> = WebhookDefinition<Name>['examples'][number]

/**
 * A payload that GitHub sent, to be changed at will: the first of this event, and of this action of it where one is named.
 * A `schedule` has none, it is no webhook.
 * @throws Error that names the actions there are
 */
export function eventPayload<Name extends EventName>(name: Name, action?: string): EventPayload<Name> {
  const examples = readExamples(name)
  const example = examples.find((payload) => action === undefined || payload.action === action)
  if (example === undefined) {
    const known = [...new Set(examples.map((payload) => payload.action ?? '(none)'))].join(', ')
    throw new Error(`No example of ${name} ${action ?? ''}: there are ${known || 'none'}`)
  }
  return structuredClone(example) as EventPayload<Name>
}

function readExamples(name: EventName): { readonly action?: string }[] {
  // Four megabytes, read when first asked for: most tests do without.
  const definitions: WebhookDefinition[] = createRequire(import.meta.url)('@octokit/webhooks-examples')
  return (definitions.find((definition) => definition.name === name)?.examples ?? []) as { action?: string }[]
}
