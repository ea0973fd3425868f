import type { Point } from '../point/point.ts'
import { type Redact, redactPoint } from '../secrets/redact.ts'
import type { Storage } from './storage.ts'

/** No secret becomes a statistic, whatever it is part of: every point is stripped of secrets on its way to a storage. */
export function openRedacted(storage: Storage, redact: Redact): Storage {
  async function* toRedacted(batches: AsyncIterable<readonly Point[]>): AsyncGenerator<readonly Point[]> {
    for await (const batch of batches) yield batch.map((point) => redactPoint(point, redact))
  }
  return { name: storage.name, write: (batches, writing) => storage.write(toRedacted(batches), writing) }
}
