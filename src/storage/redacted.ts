import type { Point } from '../point/point.ts'
import type { Storage } from './storage.ts'

/** No secret becomes a statistic, whatever it is part of: every point is stripped of secrets on its way to a storage. */
export function openRedacted(storage: Storage, redact: (text: string) => string): Storage {
  async function* toRedacted(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<readonly Point[]> {
    for await (const batch of batches) yield batch.map((point) => redactPoint(point, redact))
  }
  return { name: storage.name, write: (batches, signal) => storage.write(toRedacted(batches), signal) }
}

function redactPoint({ measurement, tags, fields, timeNs }: Point, redact: (text: string) => string): Point {
  return {
    measurement: redact(measurement),
    tags: tags.map(([key, value]) => [redact(key), redact(value)] as const),
    fields: fields.map(([key, value]) => [redact(key), typeof value === 'string' ? redact(value) : value] as const),
    timeNs,
  }
}
