import { toLineOrNone } from '../line-protocol/writer.ts'
import type { Storage } from './storage.ts'

/**
 * Prints the points that would be sent to another storage, and writes nothing.
 * @param unsigned how unsigned integers are written for that storage
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

/** A storage that nothing is sent to: its points are kept until it may be written to. */
export function openWithheld(name: string, why: string): Storage {
  return {
    name,
    async write(batches, writing) {
      let unsent = 0
      let lost = 0
      let gaveUp = false
      for await (const batch of batches) {
        gaveUp = writing.readSignal.aborted
        if (gaveUp) break
        const lines = batch.map((point) => toLineOrNone(point)).filter((line) => line !== undefined)
        unsent += lines.length
        lost += batch.length - lines.length
        writing.unsent(lines)
      }
      return { written: 0, unsent, lost, gaveUp, isDown: true, problems: [why] }
    },
  }
}
