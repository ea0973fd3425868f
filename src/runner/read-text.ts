import { closeSync, readSync } from 'node:fs'
import { maxTextFileBytes } from '../limits.ts'
import { openRegular } from './open-regular.ts'

/** The text of a file, or as much of it as anybody needs to say that it is too long; undefined where there is none. */
export function readText(path: string): string | undefined {
  try {
    const opened = openRegular(path)
    if (opened === undefined) return undefined
    try {
      const buffer = Buffer.alloc(Math.min(opened.size, maxTextFileBytes))
      return buffer.toString('utf8', 0, readSync(opened.file, buffer, 0, buffer.length, 0))
    } finally {
      closeSync(opened.file)
    }
  } catch {
    return undefined
  }
}
