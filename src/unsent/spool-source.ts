import { type KeptHeader, openKeptWriter } from './kept-file.ts'
import { type KeptReader, openKeptReader } from './kept-reader.ts'
import { claimFile, type Fate } from './spool-claim.ts'
import { lookIntoSpool, type WaitingFile } from './spool-folder.ts'
import type { Left, OpenedFile, Refused, Waiting } from './waiting.ts'

/** Files of a spool for the sender. */
export interface SpoolSource {
  readonly waiting: readonly Waiting[]
  readonly passedOver: ReadonlyMap<string, number>
  readonly claimed: number
}

/** @throws Error if the folder cannot be read */
export function openSpool(folder: string): SpoolSource {
  const { waiting, passedOver, claimed } = lookIntoSpool(folder)
  return { waiting: waiting.map((file) => toWaiting(folder, file)), passedOver, claimed }
}

function toWaiting(folder: string, waiting: WaitingFile): Waiting {
  return {
    kind: 'file',
    place: `the file ${waiting.name} in ${folder}`,
    header: waiting.header,
    claim() {
      const claimed = claimFile(folder, waiting)
      if (claimed === undefined) return undefined
      let reader: KeptReader
      try {
        reader = openKeptReader(claimed.file)
      } catch (error) {
        claimed.putBack(true)
        throw error
      }
      const end = async ({ refused, hasRest, isChanged, isTried }: Left) => {
        if (!hasRest && refused.length === 0) return explain(claimed.remove())
        if (!isChanged) return explain(claimed.putBack(isTried))
        // Refused lines are put into files of their own, so that the lines after them are sent first from now on.
        const parts = [...Map.groupBy(refused, ({ tries }) => tries)].map(([tries, batches]) => (file: number) => {
          writeLines(file, { ...reader.header, tries }, batches)
        })
        const rest = (file: number) => writeRest(file, reader)
        return explain(claimed.replace([...(hasRest ? [rest] : []), ...parts]))
      }
      return { reader, touch: claimed.touch, end } satisfies OpenedFile
    },
  }
}

function writeLines(file: number, header: KeptHeader, batches: readonly Refused[]): void {
  const writer = openKeptWriter(file, header)
  for (const { lines } of batches) writer.add(lines.map((line) => `${line}\n`).join(''), lines.length)
  writer.seal()
}

function writeRest(file: number, reader: KeptReader): void {
  const writer = openKeptWriter(file, reader.header)
  reader.copyRest((bytes, lines) => writer.add(bytes, lines))
  // The rest of an incomplete file is incomplete too.
  if (reader.isWhole) writer.seal()
}

function explain(fate: Fate): string | undefined {
  if (fate === 'done') return undefined
  return fate === 'gone' ? 'another process took it while it was being sent' : fate.reason
}
