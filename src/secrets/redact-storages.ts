import type { Matcher, Rule } from '../capture/rules.ts'
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

/** A callback is unchanged, because without the secret it would compute something else. Its result is redacted. */
function redactRule(rule: Rule, redact: Redact): Rule {
  const redactName = (name: string | undefined) => (name === undefined ? undefined : redact(name))
  const builder = rule.builder?.map(redact)
  switch (rule.kind) {
    case 'start-time':
    case 'end-time':
    case 'duration':
      return { ...rule, builder, field: redactName(rule.field) }
    case 'property': {
      const [field, tag] = [redactName(rule.field), redactName(rule.tag)]
      return { ...rule, builder, match: redactMatcher(rule.match, redact), field, tag }
    }
    case 'data': {
      const tags = rule.tags.map(redact)
      return {
        ...rule,
        builder,
        match: redactMatcher(rule.match, redact),
        measurement: redactName(rule.measurement),
        tags,
      }
    }
    case 'report': {
      const [name, measurement] = [redactName(rule.name), redactName(rule.measurement)]
      return { ...rule, builder, name, measurement, tags: rule.tags.map(redact) }
    }
    case 'steps':
      return { ...rule, builder, match: rule.match && redactMatcher(rule.match, redact) }
  }
}

function redactMatcher(match: Matcher, redact: Redact): Matcher {
  return 'name' in match ? { name: redact(match.name) } : match
}
