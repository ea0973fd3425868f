import { toLineOrNone } from '../line-protocol/writer.ts'
import type { Storage } from './storage.ts'

/** A storage that is given nothing: its points are kept for when it may be written to. */
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
