import * as v from 'valibot'
import { isObject } from '../../build/json.ts'
import { anyNumber, jsonFormat } from '../json-format.ts'
import { known } from './statistics.ts'

/** `hyperfine --export-json`: one benchmark per command, in seconds. A single run has no deviation. */
export const hyperfine = jsonFormat({
  name: 'hyperfine',
  matches(sample) {
    if (!isObject(sample) || !Array.isArray(sample.results)) return false
    const [first] = sample.results
    return isObject(first) && typeof first.command === 'string' && 'mean' in first
  },
  schema: v.object({
    results: v.array(
      v.object({
        command: v.string(),
        mean: anyNumber,
        min: v.nullish(anyNumber),
        max: v.nullish(anyNumber),
        stddev: v.nullish(anyNumber),
        times: v.nullish(v.array(anyNumber)),
      }),
    ),
  }),
  read: ({ results }) =>
    results.map(({ command, mean, min, max, stddev, times }) => ({
      name: command,
      unit: 's',
      value: mean,
      ...known({ min, max, stddev, runs: times?.length }),
    })),
})
