import { defaultRules, type Rule } from '../capture/rules.ts'
import type { Comparison } from '../compare/comparison.ts'
import type { Layout } from '../point/layout.ts'
import type { ReadInput } from '../runner/input-names.ts'
import { redactStorages } from '../secrets/redact-storages.ts'
import type { Target } from '../storage/kinds.ts'
import { parseCaptures, type RuleList } from './captures.ts'
import { parseBoolean, parseMap } from './input-values.ts'
import { findBuildbotTags, parseLayoutKind, parseMeasurement, parseTags, toLayout } from './layout.ts'
import type { SettingProblem } from './problem.ts'
import type { RunFacts } from './run-facts.ts'
import { parseTargets } from './targets.ts'
import { parseYaml } from './yaml.ts'
import { parseYamlParts } from './yaml-parts.ts'

/** A place for points, with its rules and its layout. */
export interface StorageSettings {
  /** The user's name for it. */
  readonly name?: string
  readonly target: Target
  readonly rules: readonly Rule[]
  readonly layout: Layout
  /** A clause that says why its points are kept instead of sent. */
  readonly withheld?: string
  /** The user's name of the builder there; by default that of the build. */
  readonly builder?: string
}

export interface ParsedStorages {
  readonly storages: readonly StorageSettings[]
  /** Notices for the owner of the job. */
  readonly notices: readonly string[]
  /** Those among them that fail the job with `fail-on-error`. */
  readonly missingSecrets: readonly string[]
  /** The key `compare` of a config file, if it has one. */
  readonly compare?: { readonly comparisons: readonly Comparison[] | undefined }
}

/** Captures and layout of the inputs, for the storage of the inputs, and for storages of a `config` without their own. */
export interface StorageDefaults {
  readonly rules: RuleList | undefined
  readonly kind: Layout['kind'] | undefined
  readonly options: { measurement: string; tags: [string, string][]; matrixTags: boolean }
  /** Problems of the tags if the layout is buildbot. */
  readonly buildbotProblems: readonly SettingProblem[]
}

/** Reads the storages from the inputs, or from the file that `config` names, and removes secrets from what becomes points. */
export async function parseStorages(
  read: ReadInput,
  run: RunFacts,
  problems: SettingProblem[],
  lost: SettingProblem[] = [],
): Promise<ParsedStorages> {
  const { storages, ...told } = await parseAll(read, run, problems, lost)
  return { storages: run.redact === undefined ? storages : redactStorages(storages, run.redact), ...told }
}

async function parseAll(
  read: ReadInput,
  run: RunFacts,
  problems: SettingProblem[],
  lost: SettingProblem[],
): Promise<ParsedStorages> {
  const defaults = await parseDefaults(read, run, problems, lost)
  if (read('config') !== '') {
    const { readConfig } = await import('./config.ts')
    return await readConfig(read, defaults, run, problems)
  }
  if (defaults.kind === 'buildbot') problems.push(...findIdle(read), ...defaults.buildbotProblems)
  const { targets, notices, missingSecrets } = parseTargets(read, run, problems)
  const layout = toLayout(defaults.kind, defaults.options)
  const rules = defaults.rules === undefined ? defaultRules : await parseCaptures(defaults.rules, layout, problems)
  return { storages: targets.map((target) => ({ target, rules, layout })), notices, missingSecrets }
}

/** Finds inputs that the layout buildbot does not use. A default cannot be told from the same value in a workflow. */
function findIdle(read: ReadInput): SettingProblem[] {
  return [
    ...(['', 'build'].includes(read('measurement')) ? [] : ['measurement']),
    ...(read('matrix-tags').toLowerCase() === 'false' ? ['matrix-tags'] : []),
  ].map((input) => ({ input, text: 'is not used by the layout buildbot: leave it out' }))
}

async function parseDefaults(
  read: ReadInput,
  { phase, isForeign }: RunFacts,
  problems: SettingProblem[],
  lost: SettingProblem[],
): Promise<StorageDefaults> {
  const { map, lineOf } = await parseMap('tags', read('tags'), problems, lost, 'text', isForeign)
  const placeOf = (key: string) => ({ input: 'tags', line: lineOf([key]) })
  const tags = parseTags(map, placeOf, problems)
  return {
    buildbotProblems: findBuildbotTags(tags, placeOf),
    rules: await parseRuleList(read('captures'), problems, phase === 'post' ? lost : undefined),
    kind: parseLayoutKind(read('layout') || 'native', { input: 'layout' }, problems),
    options: {
      measurement: parseMeasurement(read('measurement'), { input: 'measurement' }, problems),
      tags,
      matrixTags: parseBoolean(read, 'matrix-tags', true, problems),
    },
  }
}

/** @param lost problems of rules that are left out because they are not YAML */
async function parseRuleList(
  text: string,
  problems: SettingProblem[],
  lost: SettingProblem[] | undefined,
): Promise<RuleList | undefined> {
  if (text.trim() === '') return undefined
  const yaml =
    lost === undefined
      ? await parseYaml('captures', text, problems)
      : await parseYamlParts('captures', text, problems, lost)
  return yaml && { value: yaml.value, source: 'captures', lineOf: yaml.lineOf }
}
