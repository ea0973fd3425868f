import type { Build } from '../build/build.ts'
import { maxHistoryDays, maxHistorySteps } from '../limits.ts'
import { cleanKey, cleanName, cleanString } from '../point/clean.ts'
import { type NativeOptions, toMatrixTags } from '../point/identity.ts'
import type { Point } from '../point/point.ts'
import type { Comparison, DataField } from './comparison.ts'
import { mostLooks } from './shift.ts'

/** The earlier builds to query, and the fields to read of them. */
export interface HistoryQuery {
  readonly measurement: string
  /** Undefined if steps are not needed. */
  readonly stepMeasurement: string | undefined
  readonly fields: readonly string[]
  /** Tags that earlier builds share with this one: together they identify its builder. An empty value means that the tag is absent. */
  readonly tags: ReadonlyArray<readonly [key: string, value: string]>
  /** Those of them that distinguish builders. */
  readonly builderTags: readonly string[]
  /** Ignored tags. Their values distinguish the jobs of one run. */
  readonly legTags?: readonly string[]
  /** The field of the branch; undefined if the tag for the default branch suffices. */
  readonly branch: string | undefined
  /** The field of the job; absent if tags distinguish jobs. */
  readonly jobName?: string
  readonly sinceMs: number
  readonly maxBuilds: number
  /** The most rows of each step, and of each field of data. */
  readonly maxSteps: number
  readonly data: readonly DataQuery[]
}

/** A field of data that earlier builds have yielded. */
export interface DataQuery {
  /** The key of its values among those of a build. */
  readonly key: string
  readonly measurement: string
  readonly field: string
  /** Tags that earlier records share with this build's. An empty value means that the tag is absent. */
  readonly tags: ReadonlyArray<readonly [key: string, value: string]>
  /** The ignored tags whose values the record shares with the row. */
  readonly legTags?: readonly string[]
}

/** Which job a row is of. */
export interface PastJob {
  readonly runId: number | undefined
  readonly attempt: number | undefined
  /** Distinguishes it from other jobs of its run, if the query includes them. */
  readonly leg?: string
}

/** An earlier successful build, as it is stored in the database. */
export interface PastBuild extends PastJob {
  readonly endMs: number
  readonly number: number | undefined
  readonly values: ReadonlyMap<string, number>
  /** Texts of the row that may explain a change, by field. */
  readonly facts?: ReadonlyMap<string, string>
  /** Whether it may be a job of a called workflow, and thus not one of the queried builds. */
  readonly isCallerUnknown?: boolean
  /** Whether it is GitHub's record of a job that has no row of its own. */
  readonly isCollected?: boolean
}

export interface PastStep extends PastJob {
  readonly name: string
  /** Seconds. */
  readonly duration: number
}

export interface PastBuilds {
  /** How far back the server has read, if that is less than was requested. */
  readonly days?: number
  /** Latest first. */
  readonly builds: readonly PastBuild[]
  readonly steps: readonly PastStep[]
  /** Where the rows of a step begin, if it has more than were requested: the steps of older builds are not known. */
  readonly stepsSinceMs?: number
}

export function toJobKey({ runId, attempt, leg = '' }: PastJob): string {
  return `${runId}/${attempt}/${leg}`
}

/** Makes the query for a build: `point` is its own row, whose tags earlier builds must have. */
export function toHistoryQuery(
  build: Build,
  point: Point,
  fields: readonly string[],
  hasSteps: boolean,
  {
    last,
    branch,
    ignoreTags,
    since,
    confirm,
  }: Pick<Comparison, 'last' | 'branch' | 'ignoreTags' | 'since' | 'confirm'>,
  options: NativeOptions,
): HistoryQuery {
  const { measurement } = options
  const own = new Map(point.tags)
  const isDefault = branch === 'default'
  const named = branch === 'same' ? toBaseBranch(build) : typeof branch === 'object' ? branch.name : undefined
  const all = listBuilderTags(build, options)
  const builder = all
    .filter((key) => !ignoreTags.includes(key) && !isOfOneBuild(key, own.get(key) ?? '', build))
    .map((key) => [key, own.get(key) ?? ''] as const)
  // Some rows lack the statistic, and one may be this build itself.
  const maxBuilds = Math.max(2 * last, since ? 2 * mostLooks : 0, last + confirm - 1) + 1
  return {
    measurement: cleanName(measurement),
    stepMeasurement: hasSteps ? cleanName(`${measurement}_step`) : undefined,
    fields,
    tags: [
      ...builder,
      // A tag that the user has set in its place means something else.
      ...(own.get('result') === build.result ? ([['result', 'success']] as const) : []),
      ...(isDefault ? ([['default_branch', 'true']] as const) : []),
    ],
    builderTags: builder.map(([key]) => key),
    legTags: all.filter((key) => ignoreTags.includes(key)),
    branch: named === undefined ? undefined : cleanString(named),
    sinceMs: build.endMs - maxHistoryDays * 24 * 3600 * 1000,
    maxBuilds,
    // Rows of steps and data do not name their branch, except for the default one: they are selected from the rows of all branches.
    maxSteps: Math.min(maxHistorySteps, isDefault ? maxBuilds : 20 * last),
    data: [],
  }
}

/**
 * Makes the query for a field of data. Earlier records have the tags of this build's record, which may differ from those of its row.
 * @param row this build's own row
 * @param point the point of its data
 */
export function toDataQuery(
  key: string,
  { measurement, field }: DataField,
  where: DataQuery['tags'],
  { tags, builderTags, legTags = [] }: HistoryQuery,
  row: Point,
  point: Point,
): DataQuery {
  const [ofRow, own] = [new Map(row.tags), new Map(point.tags)]
  const shared = tags.flatMap(([name, value]): DataQuery['tags'] => {
    const mine = own.get(name)
    if (mine === ofRow.get(name)) return [[name, value]]
    return mine !== undefined && builderTags.includes(name) ? [[name, mine]] : []
  })
  return {
    ...{ key, measurement, field, tags: [...new Map([...shared, ...where])] },
    legTags: legTags.filter((name) => own.get(name) === ofRow.get(name)),
  }
}

/** Tags that distinguish builders. A tag that a build lacks is queried as empty, because other builders may have it. */
function listBuilderTags({ matrix }: Build, { tags, matrixTags }: NativeOptions): string[] {
  const keys = [
    ...['repository', 'workflow', 'job', 'caller'],
    ...(matrixTags ? toMatrixTags(matrix).keys() : []),
    ...tags.map(([key]) => cleanKey(key)),
  ]
  return [...new Set(keys)].filter((key) => !['result', 'default_branch'].includes(key))
}

/** Whether no other build shares a tag of the user, or whether it names the branch, which the key `branch` of compare selects. */
function isOfOneBuild(key: string, value: string, { sha, runId, properties }: Build): boolean {
  if (/^(branch|ref)$/i.test(key)) return true
  const commits = [sha, properties.find('github.event.pull_request.head.sha')?.value]
  const isCommit = /^[0-9a-f]{7,}$/.test(value) && commits.some((commit) => String(commit).startsWith(value))
  return isCommit || value === String(runId)
}

/** The branch to compare a build with: for a build in a merge queue, the branch that it will be merged into. */
export function toBaseBranch({ event, branch, properties }: Build): string {
  if (event !== 'merge_group') return branch
  const ref = properties.find('github.event.merge_group.base_ref')?.value
  const name = typeof ref === 'string' ? ref : branch.replace(/^gh-readonly-queue\/(.+)\/pr-[^/]+$/s, '$1')
  return name.replace(/^refs\/heads\//, '')
}
