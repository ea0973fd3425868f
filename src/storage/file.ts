import { appendFileSync, closeSync, fstatSync, ftruncateSync, openSync, readSync, statSync } from 'node:fs'
import { dirname, isAbsolute, relative, sep } from 'node:path'
import { toLineOrNone } from '../line-protocol/writer.ts'
import type { StorageKind } from './kind.ts'
import { makeFolder } from './make-folder.ts'
import { explainEnd, type Storage } from './storage.ts'
import type { FileTarget } from './target.ts'

export const fileKind: StorageKind<FileTarget> = {
  kind: 'file',
  noun: 'that file',
  description: 'A file that points are appended to as line protocol, relative to the workspace.',
  keys: {},
  isServer: false,
  name: ({ name }) => `file ${name}`,
  open: openFile,
  toUnsigned: () => 'u',
  isOpen: () => true,
  outlivesCheckout({ path }, workspace) {
    if (!workspace) return true
    const way = relative(workspace, path)
    return way.split(sep)[0] === '..' || isAbsolute(way)
  },
  toDestination: ({ path }, redact) => ({ kind: 'file', path: redact(path) }),
  isDestination: ({ path }) => typeof path === 'string',
  nameDestination: ({ path }) => `file ${path}`,
  toTarget: ({ path = '' }) => ({ kind: 'file', path, name: path }),
}

/** Appends points to a file as line protocol; creates its folder if necessary. */
export function openFile({ path, name }: FileTarget): Storage {
  return {
    name: `file ${name}`,
    async write(batches, writing) {
      let given = 0
      let written = 0
      let unsent = 0
      let gaveUp = false
      const problems = new Set<string>()
      for await (const batch of batches) {
        gaveUp = writing.readSignal.aborted
        if (gaveUp) break
        given += batch.length
        const lines = batch.map((point) => toLineOrNone(point)).filter((line) => line !== undefined)
        if (writing.signal.aborted) problems.add(`not all points were written before ${explainEnd(writing.signal)}`)
        if (problems.size === 0 && append(lines)) written += lines.length
        else {
          unsent += lines.length
          writing.unsent(lines)
        }
      }
      const lost = given - written - unsent
      if (lost > 0 && !gaveUp) problems.add(`${lost} of the points cannot be written as line protocol`)
      return { written, unsent, lost, gaveUp, problems: [...problems] }

      function append(lines: readonly string[]): boolean {
        try {
          makeFolder(dirname(path))
          if (statSync(path, { throwIfNoEntry: false })?.isFIFO())
            throw new Error(`${path} is a pipe: give the path of a regular file`)
          appendWhole(path, endLastLine(path) + lines.map((line) => `${line}\n`).join(''))
          return true
        } catch (error) {
          problems.add((error as Error).message)
          return false
        }
      }
    },
  }
}

/** A full disk stores the first bytes of a text: a line that was cut could be read as a different, valid line. */
function appendWhole(path: string, text: string): void {
  const file = openSync(path, 'a')
  const stats = fstatSync(file)
  try {
    appendFileSync(file, text)
  } catch (error) {
    if (stats.isFile() && fstatSync(file).size > stats.size) ftruncateSync(file, stats.size)
    throw error
  } finally {
    closeSync(file)
  }
}

/** Returns a newline if the file does not end in one, as files of other programs may. */
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
