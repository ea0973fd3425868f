import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { maxTextFileBytes } from '../limits.ts'

/**
 * Opens a file that somebody else may have put there; undefined where it is another thing than a file. Opened first and
 * looked at then: in between nobody can put another thing there. A pipe without a writer does not hold up who opens it so,
 * and a terminal does not become this process's own. Windows knows neither.
 * @param links `never`: a symbolic link is an error (ELOOP), and a file that has another name is another thing
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

/** The text of a file, or as much of it as anybody needs to say that it is too long; undefined where there is none. */
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
