import { appendFileSync, closeSync, existsSync, fstatSync, mkdirSync, openSync, readSync, statSync } from 'node:fs'
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
          makeFolder(dirname(path))
          appendFileSync(path, endLastLine(path) + batch.map((point) => `${toLine(point)}\n`).join(''))
          written += batch.length
        } catch (error) {
          problems.push((error as Error).message)
        }
      }
      return { written, lost: given - written, problems }
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
