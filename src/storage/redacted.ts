import type { Point } from '../point/point.ts'
import type { Storage } from './storage.ts'

/** No secret becomes a statistic, whatever it is part of: every point is stripped of secrets on its way to a storage. */
export function openRedacted(storage: Storage, redact: (text: string) => string): Storage {
  async function* toRedacted(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<readonly Point[]> {
    for await (const batch of batches) yield batch.map((point) => redactPoint(point, redact))
  }
  return { name: storage.name, write: (batches, signal) => storage.write(toRedacted(batches), signal) }
}

/** The point itself, where it holds no secret: of a million points hardly one does. */
function redactPoint(point: Point, redact: (text: string) => string): Point {
  const clean = (text: string) => redact(text) === text
  const isClean =
    clean(point.measurement) &&
    point.tags.every(([key, value]) => clean(key) && clean(value)) &&
    point.fields.every(([key, value]) => clean(key) && (typeof value !== 'string' || clean(value)))
  if (isClean) return point
  return {
    measurement: redact(point.measurement),
    tags: point.tags.map(([key, value]) => [redact(key), redact(value)] as const),
    fields: point.fields.map(
      ([key, value]) => [redact(key), typeof value === 'string' ? redact(value) : value] as const,
    ),
    timeNs: point.timeNs,
  }
}
