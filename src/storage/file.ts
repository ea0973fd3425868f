import { appendFileSync, mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { toLine } from './line.ts'
import type { Storage } from './storage.ts'
import type { FileTarget } from './target.ts'

/** Appends points to a file as line protocol; the folder is made if there is none. */
export function openFile({ path, name }: FileTarget): Storage {
  return {
    name: `file ${name}`,
    async write(batches, signal) {
      let given = 0
      let written = 0
      const problems: string[] = []
      for await (const batch of batches) {
        given += batch.length
        if (problems.length > 0) continue
        try {
          signal.throwIfAborted()
          mkdirSync(dirname(path), { recursive: true })
          appendFileSync(path, batch.map((point) => `${toLine(point)}\n`).join(''))
          written += batch.length
        } catch (error) {
          problems.push(`Cannot write to the file ${name}: ${(error as Error).message}`)
        }
      }
      return { written, lost: given - written, problems }
    },
  }
}
