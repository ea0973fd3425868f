import type { Build, Identity } from '../build/build.ts'
import type { FieldValue } from '../build/data.ts'
import type { JsonObject } from '../build/json.ts'
import { listLeaves } from '../build/matrix.ts'
import { cleanKey, cleanString, cleanTag, toKey } from './clean.ts'

/** The settings of the native layout. */
export interface NativeOptions {
  readonly measurement: string
  /** The user's own tags; they win over the built-in ones. */
  readonly tags: ReadonlyArray<readonly [string, string]>
  readonly matrixTags: boolean
}

const ownSuffixes = ['start', 'step', 'run', 'job', 'job_step', 'collect', 'resources']

/** The measurements that are reserved for builds and whole runs. */
export function toOwnMeasurements({ measurement }: Pick<NativeOptions, 'measurement'>): string[] {
  return [measurement, ...ownSuffixes.map((suffix) => `${measurement}_${suffix}`)]
}

/** Tags or fields while they are collected: each name occurs once, and values are sanitised. */
export type Named<T> = Map<string, T>

/** What identifies a build, in addition to its identity, once it has ended. */
type End = { readonly [key in 'result' | 'caller']?: string | undefined }

/** The tags that every point of a build has. */
export function toTags(identity: Identity, { result, caller }: End, options: NativeOptions): Named<string> {
  const tags: Named<string> = new Map([
    ['repository', identity.repository],
    ['workflow', identity.workflow],
    ['job', identity.job],
    ['event', identity.event],
    ['runner_os', identity.runnerOs],
    ['runner_arch', identity.runnerArch],
    ['default_branch', identity.defaultBranch],
  ])
  if (result !== undefined) tags.set('result', result)
  if (caller !== undefined) tags.set('caller', caller)
  if (options.matrixTags) for (const [key, value] of toMatrixTags(identity.matrix)) tags.set(key, value)
  for (const [key, value] of options.tags) tags.set(cleanKey(key), value)
  for (const [key, value] of tags) {
    const clean = cleanTag(value)
    if (clean === '') tags.delete(key)
    else tags.set(key, clean)
  }
  return tags
}

/** A tag for each leaf of the matrix, empty ones included. If two names are equal once sanitised, the second gets a number. */
export function toMatrixTags(matrix: JsonObject): Named<string> {
  const tags: Named<string> = new Map()
  for (const { path, text } of listLeaves(matrix)) {
    const key = `matrix_${toKey(path.join('_'))}`
    let unique = key
    for (let count = 2; tags.has(unique); count++) unique = `${key}_${count}`
    tags.set(unique, text)
  }
  return tags
}

/** Whether the caller of the job is unknown: neither GitHub nor a tag of the user names it. */
export function isCallerUnknown({ caller }: Pick<Build, 'caller'>, { tags }: Pick<NativeOptions, 'tags'>): boolean {
  return caller === undefined && !tags.some(([key, value]) => cleanKey(key) === 'caller' && cleanTag(value) !== '')
}

/** The fields that identify a build: all that name a single run, commit, person or machine. */
export function toIdentityFields(identity: Identity): Named<FieldValue> {
  const fields: Named<FieldValue> = new Map()
  const add = (key: string, value: FieldValue | undefined) => {
    if (value !== undefined && value !== '') fields.set(key, typeof value === 'string' ? cleanString(value) : value)
  }
  add('number', identity.number)
  add('attempt', identity.attempt)
  add('run_id', identity.runId)
  add('job_id', identity.jobId)
  add('branch', identity.branch)
  add('sha', identity.sha)
  add('actor', identity.actor)
  add('url', identity.url)
  add('runner_name', identity.runnerName)
  return fields
}

/** No name is both tag and field: tags win. */
export function dropTagNames(fields: Named<FieldValue>, tags: Named<string>): Named<FieldValue> {
  for (const key of tags.keys()) fields.delete(key)
  return fields
}

/** Sets a field unless the record has one of that name. */
export function setNew(fields: Named<FieldValue>, key: string, value: FieldValue): void {
  if (!fields.has(key)) fields.set(key, value)
}
