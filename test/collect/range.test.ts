import { expect, test } from 'vitest'
import type { Covered } from '../../src/collect/points.ts'
import { extendCovered, findStart } from '../../src/collect/range.ts'

const hour = 3_600_000
const nowMs = Date.UTC(2026, 8, 1)
const ago = (hours: number) => nowMs - hours * hour
const covered = (from: number, to: number): Covered => ({ sinceMs: ago(from), untilMs: ago(to) })

test.each<[string, number | undefined, (Covered | undefined)[], number]>([
  ['nothing is known: 25 hours ago', undefined, [], 25],
  ['the storage knows nothing of it', undefined, [undefined], 25],
  ['it goes on where the last one stopped', undefined, [covered(100, 3)], 3],
  ['the storage that lies back furthest decides', undefined, [covered(100, 3), covered(100, 7)], 7],
  ['a storage that is new is given 25 hours', undefined, [covered(100, 3), undefined], 25],
  ['a time is asked for', 200, [], 200],
  ['a time that was collected is gone on with', 90, [covered(100, 3)], 3],
  ['a time before that is collected', 200, [covered(100, 3)], 200],
  ['a time after that leaves a gap', 2, [covered(100, 3)], 2],
  ['one of two storages lacks it', 90, [covered(100, 3), covered(50, 3)], 90],
  ['a clock that was ahead', undefined, [covered(100, -2)], 0],
])('%s', (_, given, known, expected) => {
  expect(findStart(given === undefined ? undefined : ago(given), known, nowMs)).toBe(ago(expected))
})

test.each<[string, Covered | undefined, number, number]>([
  ['a first collection begins where it begins', undefined, 25, 25],
  ['one that goes on extends the time', covered(100, 3), 3, 100],
  ['one that begins before covers from there', covered(100, 3), 200, 200],
  ['one that leaves a gap begins anew', covered(100, 3), 2, 2],
])('%s', (_, known, start, since) => {
  expect(extendCovered(known, ago(start))).toEqual({ sinceMs: ago(since), untilMs: ago(start) })
})
