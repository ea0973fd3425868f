import { expect, test } from 'vitest'
import { openDryRun } from '../../src/storage/dry-run.ts'
import { inBatches, manyPoints } from './points.ts'

test('lines are printed, batch by batch, and count as written', async () => {
  const printed: (readonly string[])[] = []
  const storage = openDryRun('http://influx', (lines) => printed.push(lines))
  expect(storage.name).toBe('dry run of http://influx')
  const written = await storage.write(inBatches(manyPoints(2), manyPoints(1)), new AbortController().signal)
  expect(written).toEqual({ written: 3, lost: 0, problems: [] })
  expect(printed).toEqual([['m n="x" 0', 'm n="x" 1'], ['m n="x" 0']])
})
