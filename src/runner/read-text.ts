import { closeSync, readSync } from 'node:fs'
import { openRegular } from './open-regular.ts'

/** Far more than any text that is read as a whole may be long. */
const maxBytes = 2 ** 20

/** The text of a file, or as much of it as anybody needs to say that it is too long; undefined where there is none. */
export function readText(path: string): string | undefined {
  try {
    const opened = openRegular(path)
    if (opened === undefined) return undefined
    try {
      const buffer = Buffer.alloc(Math.min(opened.size, maxBytes))
      return buffer.toString('utf8', 0, readSync(opened.file, buffer, 0, buffer.length, 0))
    } finally {
      closeSync(opened.file)
    }
  } catch {
    return undefined
  }
}
