import type { Build } from '../build/build.ts'
import { maxHistoryFields } from '../limits.ts'
import { toKey } from '../point/clean.ts'
import type { NativeOptions } from '../point/identity.ts'
import type { Comparison } from './comparison.ts'
import { type HistoryQuery, toDataQuery, toHistoryQuery } from './history-query.ts'
import type { SinceFields } from './lasting-change.ts'
import { listNumericFields, type OwnRow, type Statistic } from './statistic.ts'

/** A comparison whose statistic this build provides. */
export interface Asked {
  readonly comparison: Comparison
  readonly statistic: Statistic
  readonly sinceFields: SinceFields
}

/** The names of its fields in the row: the first comparison uses the plain names. */
export function toSinceFields({ statistic: { name, where } }: Comparison, index: number): SinceFields {
  const suffix = index === 0 ? '' : `_${toKey([name, ...where.map(([, value]) => value)].join('_'))}`
  return { number: `since_number${suffix}`, shift: `shift${suffix}` }
}

/** One query for each group of earlier builds, and the query that answers each comparison. */
export function planQuestions(
  build: Build,
  asked: readonly Asked[],
  row: OwnRow & { readonly hasSteps: boolean },
  options: NativeOptions,
): { queries: HistoryQuery[]; indexOf(one: Asked): number } {
  const groupOf = ({ comparison: { branch, ignoreTags } }: Asked) => JSON.stringify([branch, ignoreTags.toSorted()])
  const groups = [...Map.groupBy(asked, groupOf)]
  const numbers = listNumericFields(row.columns)
  // A captured field of the same name is a different statistic.
  const isFree = (field: string) => !row.point.fields.some(([name]) => name === field)
  const queries = groups.map(([, group], index) => {
    const ofRow = group.filter(({ statistic }) => statistic.data === undefined)
    const fields = [
      ...ofRow.map(({ statistic }) => statistic.field),
      ...group
        .filter(({ comparison }) => comparison.since)
        .map(({ sinceFields }) => sinceFields.number)
        .filter(isFree),
      ...(index === 0 ? numbers : []),
    ]
    const [first] = group
    if (first === undefined) throw new Error('a group has a member')
    const wanted = {
      ...{ branch: first.comparison.branch, ignoreTags: first.comparison.ignoreTags },
      last: Math.max(...group.map(({ comparison }) => comparison.last)),
      confirm: Math.max(...group.map(({ comparison }) => comparison.confirm)),
      since: group.some(({ comparison }) => comparison.since),
    }
    const unique = [...new Set(fields)].slice(0, maxHistoryFields)
    const query = toHistoryQuery(build, row.point, unique, row.hasSteps, wanted, options)
    const data = group.flatMap(({ comparison: { statistic: choice }, statistic }) =>
      choice.data === undefined || statistic.data === undefined
        ? []
        : [toDataQuery(statistic.field, choice.data, choice.where, query, row.point, statistic.data)],
    )
    return { ...query, data: [...new Map(data.map((one) => [one.key, one])).values()] }
  })
  return { queries, indexOf: (one) => groups.findIndex(([key]) => key === groupOf(one)) }
}
