import type { Point } from '../point/point.ts'
import { readDataFile } from '../runner/read-data.ts'

const batchSize = 500

/** The points of an unsent file as they are, and how many of its lines are none. */
export function readUnsentPoints(path: string): { batches: AsyncGenerator<readonly Point[]>; report: UnsentReport } {
  const report = { points: 0, malformed: 0, problem: undefined as string | undefined }

  async function* toBatches(): AsyncGenerator<readonly Point[]> {
    for await (const lines of readDataFile(path)) {
      const points: Point[] = []
      for (const parsed of lines) {
        const timeNs = 'record' in parsed ? parsed.record.timeNs : undefined
        if ('record' in parsed && timeNs !== undefined) {
          const { name: measurement, tags, fields } = parsed.record
          points.push({ measurement, tags, fields, timeNs })
          continue
        }
        // Without a time it would be another point each time it is sent.
        report.malformed++
        report.problem ??= `line ${parsed.line}: ${'problem' in parsed ? parsed.problem : 'it has no time'}`
      }
      report.points += points.length
      for (let at = 0; at < points.length; at += batchSize) yield points.slice(at, at + batchSize)
    }
  }
  return { batches: toBatches(), report }
}

/** What was read, complete when the batches have ended. */
export interface UnsentReport {
  readonly points: number
  readonly malformed: number
  /** The first line that is none. */
  readonly problem: string | undefined
}
