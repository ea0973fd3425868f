import { toLineOrNone } from '../line-protocol/writer.ts'
import type { Storage } from './storage.ts'

/**
 * Prints what another storage would be sent, and writes nothing.
 * @param unsigned how that storage is sent unsigned integers
 */
export function openDryRun(name: string, unsigned: 'u' | 'i', print: (lines: readonly string[]) => void): Storage {
  return {
    name: `dry run of ${name}`,
    async write(batches) {
      let given = 0
      let written = 0
      for await (const batch of batches) {
        const lines = batch.map((point) => toLineOrNone(point, unsigned)).filter((line) => line !== undefined)
        given += batch.length
        written += lines.length
        print(lines)
      }
      return { written, unsent: 0, lost: given - written, problems: [] }
    },
  }
}
