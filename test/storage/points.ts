import type { Point } from '../../src/point/point.ts'

/** Points that differ in their field and time. */
export function manyPoints(count: number, text = 'x'): Point[] {
  return Array.from({ length: count }, (_, index) => ({
    measurement: 'm',
    tags: [],
    fields: [['n', text]],
    timeNs: BigInt(index),
  }))
}

export async function* inBatches(...batches: readonly (readonly Point[])[]): AsyncGenerator<readonly Point[]> {
  yield* batches
}
