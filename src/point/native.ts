import type { Build } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { Captured, Captures } from '../capture/capture.ts'
import type { Miss } from '../capture/miss.ts'
import { addCircumstances } from './circumstances.ts'
import { cleanName, cleanString, cleanTag, isOwnName, toKey } from './clean.ts'
import { dropTagNames, isCallerUnknown, type Named, type NativeOptions, toIdentityFields, toTags } from './identity.ts'
import type { Point } from './point.ts'
import { addResources } from './resources.ts'
import { toOffsetNs, toTimeNs } from './time.ts'

/** The field or tag that a statistic was written to. */
export interface Column {
  readonly captured: Captured
  readonly key: string
  readonly kind: 'field' | 'tag'
}

/** The point of a build: one wide row, a statistic a column. */
export function toBuildPoint(
  build: Build,
  captures: Captures,
  options: NativeOptions,
): { point: Point; columns: Column[]; misses: Miss[] } {
  const tags = toTags(build, build, options)
  const identity = toIdentityFields(build)
  if (build.queueTime !== undefined) identity.set('queue_time', build.queueTime)
  if (build.jobName !== undefined) identity.set('job_name', cleanString(build.jobName))
  if (isCallerUnknown(build, options)) identity.set('caller_unknown', true)
  const fields = dropTagNames(identity, tags)
  const columns: Column[] = []
  const misses: Miss[] = []
  for (const captured of captures.captured) {
    const { kind, key, value } = toColumn(captured)
    const tag = cleanTag(String(value))
    const taken = isOwnName(key) ? 'InfluxDB reserves it' : explainTaken(key, tags, fields)
    if (kind === 'tag' && tag === '') {
      misses.push({
        rule: captured.rule,
        reason: `${JSON.stringify(value)} has no character that is allowed in a tag`,
        level: 'warn',
      })
    } else if (taken === undefined) {
      if (kind === 'tag') tags.set(key, tag)
      else fields.set(key, typeof value === 'string' ? cleanString(value) : value)
      columns.push({ captured, key, kind })
    } else if (!isQuiet(captured)) {
      const remedy = `choose another with "${kind}"`
      misses.push({
        rule: captured.rule,
        reason: `the name ${key} cannot be used: ${taken}; ${remedy}`,
        level: 'warn',
      })
    }
  }
  addCircumstances(build, tags, fields)
  addResources(build, tags, fields)
  const timeNs = toTimeNs(build.endMs, toOffsetNs(build), 0)
  return {
    point: { measurement: cleanName(options.measurement), tags: [...tags], fields: [...fields], timeNs },
    columns,
    misses,
  }
}

/** A statistic found by a regular expression is skipped if its name is taken; one with a chosen name is not. */
function isQuiet({ rule }: Captured): boolean {
  return rule.kind === 'property' && 'regex' in rule.match && rule.field === undefined && rule.tag === undefined
}

function toColumn(captured: Captured): { kind: 'field' | 'tag'; key: string; value: FieldValue } {
  if ('property' in captured) {
    const { rule, name, value } = captured
    if (rule.tag !== undefined) return { kind: 'tag', key: cleanName(rule.tag), value }
    return { kind: 'field', key: rule.field === undefined ? toKey(name) : cleanName(rule.field), value }
  }
  const { rule, column, value } = captured
  return { kind: 'field', key: cleanName(rule.field ?? column), value }
}

function explainTaken(key: string, tags: Named<string>, fields: Named<FieldValue>): string | undefined {
  if (tags.has(key)) return 'a tag has this name'
  if (fields.has(key)) return 'a field has this name'
  return undefined
}
