import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { maxTextFileBytes } from '../limits.ts'

/**
 * Opens a file that another process may have replaced; undefined if it is not a regular file. It is opened first and
 * checked afterwards, so that it cannot be replaced in between. With these flags, opening a pipe without a writer does not block,
 * and a terminal does not become this process's controlling terminal. Windows has neither.
 * @param links `never`: a symbolic link is an error (ELOOP), and a file with several hard links is not accepted
 * @throws Error of node:fs
 */
export function openRegular(
  path: string,
  links: 'followed' | 'never' = 'followed',
  mode: 'read' | 'append' = 'read',
): { file: number; size: number } | undefined {
  const { O_RDONLY, O_RDWR, O_APPEND, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = constants
  const access = mode === 'read' ? O_RDONLY : O_RDWR | O_APPEND
  const file = openSync(path, access | O_NONBLOCK | O_NOCTTY | (links === 'never' ? O_NOFOLLOW : 0))
  const stats = fstatSync(file)
  if (stats.isFile() && (links === 'followed' || stats.nlink <= 1)) return { file, size: stats.size }
  closeSync(file)
  return undefined
}

/** Reads the text of a regular file, `maxBytes` of it at most; undefined if it cannot be read. */
export function readText(path: string, links?: 'never', maxBytes = maxTextFileBytes): string | undefined {
  try {
    const opened = openRegular(path, links)
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
