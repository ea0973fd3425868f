import { expect } from 'vitest'
import type { Point } from '../../src/point/point.ts'

/** What every point promises: at least one field, no name twice, no empty tag, no float that is none, no name that is InfluxDB's. */
export function expectSound({ measurement, tags, fields }: Point): void {
  const names = [...tags, ...fields].map(([key]) => key)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(fields.length).toBeGreaterThan(0)
  expect(names).not.toContain('time')
  expect(tags.filter(([, value]) => value === '')).toEqual([])
  expect(fields.filter(([, value]) => typeof value === 'number' && !Number.isFinite(value))).toEqual([])
  // Where a line begins, `#` would make it a comment.
  expect(measurement).not.toMatch(/^#/)
  for (const name of [measurement, ...names]) expect(name).not.toMatch(/^$|[\n\r]|\\$/)
}
