import { closeSync, constants, fstatSync, openSync } from 'node:fs'

/**
 * Opens a file that somebody else may have put there; undefined where it is another thing than a file. Opened first and
 * looked at then: in between nobody can put another thing there. A pipe without a writer does not hold up who opens it so,
 * and a terminal does not become this process's own. Windows knows neither.
 * @throws Error of node:fs
 */
export function openRegular(path: string): { file: number; size: number } | undefined {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0))
  const stats = fstatSync(file)
  if (stats.isFile()) return { file, size: stats.size }
  closeSync(file)
  return undefined
}
