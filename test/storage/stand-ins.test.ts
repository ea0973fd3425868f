import { expect, test } from 'vitest'
import { Unsigned } from '../../src/build/data.ts'
import { openDryRun } from '../../src/storage/stand-ins.ts'
import { inBatches, manyPoints } from './points.ts'
import { openWriting } from './writing.ts'

test('lines are printed, batch by batch, and count as written', async () => {
  const printed: (readonly string[])[] = []
  const storage = openDryRun('http://influx', 'u', (lines) => printed.push(lines))
  expect(storage.name).toBe('dry run of http://influx')
  const written = await storage.write(inBatches(manyPoints(2), manyPoints(1)), openWriting())
  expect(written).toEqual({ written: 3, unsent: 0, lost: 0, problems: [] })
  expect(printed).toEqual([['m n="x" 0', 'm n="x" 1'], ['m n="x" 0']])
})

test.each(['u', 'i'] as const)(
  'unsigned integers are printed as the storage would be sent them: %s',
  async (unsigned) => {
    const printed: string[] = []
    const storage = openDryRun('http://influx', unsigned, (lines) => printed.push(...lines))
    const point = { measurement: 'm', tags: [], fields: [['f', new Unsigned(7n)]] as const, timeNs: 0n }
    await storage.write(inBatches([point]), openWriting())
    expect(printed).toEqual([`m f=7${unsigned} 0`])
  },
)

test('a point that no line can say is lost, as it would be', async () => {
  const bad = { measurement: 'm', tags: [], fields: [['f', Number.NaN]] as const, timeNs: 0n }
  const storage = openDryRun('http://influx', 'u', () => {})
  const written = await storage.write(inBatches([...manyPoints(1), bad]), openWriting())
  expect(written).toEqual({ written: 1, unsent: 0, lost: 1, problems: [] })
})
