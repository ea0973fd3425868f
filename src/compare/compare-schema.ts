import * as v from 'valibot'

const text = (what: string) => v.pipe(v.string(`must be text: ${what}`), v.nonEmpty(`must not be empty: ${what}`))

const count = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message))
}

const aboveWords =
  'must be a ratio to the median from 1 to 100 such as 1.5, a percentage above it such as 50%, a time such as 10m or 1h 30m, or {value: 512}'
const belowWords =
  'must be a ratio to the median from 0 to 1 such as 0.9, a percentage below it such as 10%, a time such as 10m or 1h 30m, or {value: 80}'

const time = String.raw`(?=\d)(?:\d+(?:\.\d+)?h)? ?(?:\d+(?:\.\d+)?m)? ?(?:\d+(?:\.\d+)?s)?`
/** The last pattern is for times, each unit once. */
const limitPattern = new RegExp(String.raw`^\d+(?:\.\d+)?(?: ?%)?$|^${time}$`)

const limit = (words: string, least: number, most: number) =>
  v.union(
    [
      v.pipe(v.number(words), v.minValue(least, words), v.maxValue(most, words)),
      v.pipe(v.string(words), v.regex(limitPattern, words)),
      v.strictObject({ value: v.number(words) }),
    ],
    words,
  )

const someTags = 'must be a list of tags such as [component]'
const tag = v.pipe(v.string(someTags), v.nonEmpty(someTags))

export const someWhere = 'must be a map of tags such as {suite: unit}'
const where = v.record(v.string(), v.union([v.string(), v.number(), v.boolean()], someWhere), someWhere)

const someStatistic =
  'must be a field of the build such as duration, one of data such as tests.duration, or {measurement: bench, field: value}'
const statisticName = v.pipe(v.string(someStatistic), v.nonEmpty(someStatistic))
const statistic = v.union(
  [
    statisticName,
    v.strictObject({
      measurement: statisticName,
      field: statisticName,
      where: v.optional(where),
    }),
  ],
  someStatistic,
)

const someFloor = 'must be a time such as 1s or 0.5s, or 0'
const floor = v.union([v.literal(0), v.pipe(v.string(), v.regex(new RegExp(`^(?:0|${time})$`), someFloor))], someFloor)

/** The keys of `compare`. */
export const compareSchema = v.strictObject({
  last: v.optional(count(1, 1000)),
  branch: v.optional(text('default, same, or the name of a branch')),
  statistic: v.optional(statistic),
  where: v.optional(where),
  'warn-above': v.optional(limit(aboveWords, 1, 100)),
  'fail-above': v.optional(limit(aboveWords, 1, 100)),
  'warn-below': v.optional(limit(belowWords, 0, 1)),
  'fail-below': v.optional(limit(belowWords, 0, 1)),
  usual: v.optional(v.picklist(['range', 'spread', 'off'], 'must be range, spread or off')),
  confirm: v.optional(count(1, 10)),
  floor: v.optional(floor),
  since: v.optional(v.boolean('must be true or false')),
  'min-builds': v.optional(count(1, 1000)),
  'ignore-tags': v.optional(v.array(tag, someTags)),
})

export type CompareOptions = v.InferOutput<typeof compareSchema>
