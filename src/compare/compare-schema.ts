import * as v from 'valibot'

const text = (what: string) => v.pipe(v.string(`must be text: ${what}`), v.nonEmpty(`must not be empty: ${what}`))

const count = (most: number) => {
  const message = `must be a whole number from 1 to ${most}`
  return v.pipe(v.number(message), v.integer(message), v.minValue(1, message), v.maxValue(most, message))
}

const someLimit =
  'must be a ratio to the median from 1 to 100 such as 1.5, so much above it such as 50%, a time such as 10m or 1h 30m, or {value: 512}'

/** The last one is for times, each unit once. */
const limitPattern = /^\d+(?:\.\d+)?(?: ?%)?$|^(?=\d)(?:\d+(?:\.\d+)?h)? ?(?:\d+(?:\.\d+)?m)? ?(?:\d+(?:\.\d+)?s)?$/

const limit = v.union(
  [
    v.pipe(v.number(someLimit), v.minValue(1, someLimit), v.maxValue(100, someLimit)),
    v.pipe(v.string(someLimit), v.regex(limitPattern, someLimit)),
    v.strictObject({ value: v.number(someLimit) }),
  ],
  someLimit,
)

const someTags = 'must be a list of tags such as [component]'
const tag = v.pipe(v.string(someTags), v.nonEmpty(someTags))

/** The keys of `compare`. */
export const compareSchema = v.strictObject({
  last: v.optional(count(1000)),
  branch: v.optional(text('default, same, or the name of a branch')),
  statistic: v.optional(text('a field of the build, such as duration')),
  'warn-above': v.optional(limit),
  'fail-above': v.optional(limit),
  'min-builds': v.optional(count(1000)),
  'ignore-tags': v.optional(v.array(tag, someTags)),
})

export type CompareOptions = v.InferOutput<typeof compareSchema>
