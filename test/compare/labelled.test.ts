import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { scan } from '../../script/verdict/simulate.ts'

/** A series of others, and where people say that it changes; each file names its source and its licence. */
interface Labelled {
  readonly labels: readonly number[]
  readonly values: readonly number[]
}

/** A change is found where it is named within so many values of its label, as TCPD has it. */
const margin = 5

/** What is found of each, and what is found beside: the floor below which the scan must not fall. */
test.each<[string, found: number, beside: number]>([
  ['otava-tigerbeetle', 2, 0],
  ['otava-single', 1, 0],
  ['tcpd-well-log', 9, 1],
])('%s: %d labels are found, %d changes beside them', (name, least, most) => {
  const text = readFileSync(join(import.meta.dirname, 'series', `${name}.json`), 'utf8')
  const { labels, values } = JSON.parse(text) as Labelled
  const named = [...new Set(scan(values, 0))].filter((at) => at !== undefined)
  const isNear = (label: number, at: number) => Math.abs(label - at) <= margin
  const found = labels.filter((label) => named.some((at) => isNear(label, at)))
  const beside = named.filter((at) => !labels.some((label) => isNear(label, at)))
  expect([found.length, beside.length], `${named}`).toEqual([least, most])
})
