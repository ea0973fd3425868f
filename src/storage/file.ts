import { appendFileSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { toLineOrNone } from './line.ts'
import type { Storage } from './storage.ts'
import type { FileTarget } from './target.ts'

/** Appends points to a file as line protocol; the folder is made if there is none. */
export function openFile({ path, name }: FileTarget): Storage {
  return {
    name: `file ${name}`,
    async write(batches, signal) {
      let given = 0
      let written = 0
      let gaveUp = false
      const problems = new Set<string>()
      for await (const batch of batches) {
        given += batch.length
        if (signal.aborted) problems.add('it took too long (input timeout)')
        gaveUp = problems.size > 0
        if (gaveUp) break
        const lines = batch.map((point) => toLineOrNone(point)).filter((line) => line !== undefined)
        try {
          makeFolder(dirname(path))
          appendFileSync(path, endLastLine(path) + lines.map((line) => `${line}\n`).join(''))
          written += lines.length
        } catch (error) {
          problems.add((error as Error).message)
        }
      }
      return { written, lost: given - written, gaveUp, problems: [...problems] }
    },
  }
}

/** Not by `recursive` of mkdir, which never ends where a folder exists and takes no folders, as below /proc. */
function makeFolder(path: string): void {
  if (existsSync(path)) return
  if (dirname(path) !== path) makeFolder(dirname(path))
  mkdirSync(path)
}

/** The newline that a file somebody else wrote may lack at its end. */
function endLastLine(path: string): string {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) return ''
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    const last = Buffer.alloc(1)
    return size > 0 && readSync(file, last, 0, 1, size - 1) === 1 && last[0] !== 10 ? '\n' : ''
  } finally {
    closeSync(file)
  }
}
