import { toLine } from './line.ts'
import type { Storage } from './storage.ts'

/** Prints what another storage would be sent, and writes nothing. */
export function openDryRun(target: string, print: (lines: readonly string[]) => void): Storage {
  return {
    name: `dry run of ${target}`,
    async write(batches) {
      let written = 0
      for await (const batch of batches) {
        print(batch.map((point) => toLine(point)))
        written += batch.length
      }
      return { written, lost: 0, problems: [] }
    },
  }
}
