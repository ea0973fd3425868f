import type { FieldValue } from '../build/data.ts'
import type { Point } from '../point/point.ts'
import type { Storage } from './storage.ts'

/** No secret becomes a statistic, whatever it is part of: every point is stripped of secrets on its way to a storage. */
export function openRedacted(storage: Storage, redact: (text: string) => string): Storage {
  async function* toRedacted(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<readonly Point[]> {
    for await (const batch of batches) yield batch.map((point) => redactPoint(point, redact))
  }
  return { name: storage.name, write: (batches, writing) => storage.write(toRedacted(batches), writing) }
}

/** The point itself, where it holds no secret: of a million points hardly one does. */
function redactPoint(point: Point, redact: (text: string) => string): Point {
  const clean = (text: string) => redact(text) === text
  const isClean =
    clean(point.measurement) &&
    point.tags.every(([key, value]) => clean(key) && clean(value)) &&
    point.fields.every(([key, value]) => clean(key) && clean(toText(value)))
  if (isClean) return point
  return {
    measurement: redact(point.measurement),
    tags: [...new Map(point.tags.map(([key, value]) => [redact(key), redact(value)]))],
    fields: [
      ...new Map(
        point.fields.map(([key, value]) => [redact(key), clean(toText(value)) ? value : redact(toText(value))]),
      ),
    ],
    timeNs: point.timeNs,
  }
}

/** A number that is written as a secret is one. */
function toText(value: FieldValue): string {
  return typeof value === 'object' ? String(value.value) : String(value)
}
