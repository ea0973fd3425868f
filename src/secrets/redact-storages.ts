import type { Matcher, RecordKeys, Rule } from '../capture/rules.ts'
import type { Layout } from '../point/layout.ts'
import { type Redact, redactData } from './redact.ts'

/** The parts of a storage's settings that become part of points. */
interface Redactable {
  readonly rules: readonly Rule[]
  readonly layout: Layout
  readonly builder?: string
}

/**
 * Removes secrets from names and tags that become part of points, and adds to the layout the function that removes them from
 * everything else. Call it when all settings are read: the secret of one storage must not become a statistic in another.
 */
export function redactStorages<T extends Redactable>(storages: readonly T[], redact: Redact): T[] {
  // Storages that share a list of rules must still share it: these rules are applied once.
  const redacted = new Map<readonly Rule[], readonly Rule[]>()
  return storages.map((storage) => {
    const rules = redacted.get(storage.rules) ?? storage.rules.map((rule) => redactRule(rule, redact))
    redacted.set(storage.rules, rules)
    const builder = storage.builder === undefined ? {} : { builder: redact(storage.builder) }
    return { ...storage, ...builder, rules, layout: redactLayout(storage.layout, redact) }
  })
}

function redactLayout(layout: Layout, redact: Redact): Layout {
  return layout.kind === 'native'
    ? { ...layout, options: redactData(layout.options, redact), redact }
    : { ...layout, tags: redactData(layout.tags ?? [], redact), redact }
}

/** The parts of rules that become names of columns, data or measurements. */
const names: ReadonlySet<string> = new Set(['field', 'tag', 'name', 'measurement'])

/** A callback is unchanged, because without the secret it would compute something else. Its result is redacted. */
function redactRule<R extends Rule>(rule: R, redact: Redact): R {
  const redacted: Partial<Record<string, unknown>> = { builder: rule.builder?.map(redact) }
  for (const [key, value] of Object.entries(rule)) {
    if (names.has(key) && typeof value === 'string') redacted[key] = redact(value)
    else if (key === 'tags') redacted.tags = (value as RecordKeys['tags']).map(redact)
    else if (key === 'match' && value !== undefined) redacted.match = redactMatcher(value as Matcher, redact)
  }
  return { ...rule, ...redacted }
}

function redactMatcher(match: Matcher, redact: Redact): Matcher {
  return 'name' in match ? { name: redact(match.name) } : match
}
