import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { maxIndexBytes } from '../limits.ts'

interface Repository {
  readonly root: string
  readonly tracked: ReadonlySet<string>
}

/**
 * Checks whether git tracks a file, using the index of the file's repository. The index is parsed here: a container may
 * have no git, and git refuses repositories of other users. An index that cannot be read tracks nothing.
 */
export function openTracked(): (path: string) => Promise<boolean> {
  const repositories = new Map<string, Promise<Repository | undefined>>()
  const find = (folder: string): Promise<Repository | undefined> => {
    const known = repositories.get(folder)
    if (known !== undefined) return known
    const parent = dirname(folder)
    const found = readRepository(folder).then((own) => own ?? (parent === folder ? undefined : find(parent)))
    repositories.set(folder, found)
    return found
  }
  return async (path) => {
    const repository = await find(dirname(path))
    return repository?.tracked.has(relative(repository.root, path).split(sep).join('/')) ?? false
  }
}

/** In a worktree or submodule, `.git` is a file that names the folder. */
async function readRepository(root: string): Promise<Repository | undefined> {
  const path = join(root, '.git')
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined) return undefined
  const text = stats.isDirectory() ? undefined : (await readFile(path))?.toString()
  const folder = text === undefined ? path : /^gitdir: (.+)/.exec(text)?.[1]?.trim()
  const index = folder === undefined ? undefined : await readFile(resolve(root, folder, 'index'))
  return { root, tracked: new Set(index === undefined ? [] : readIndexPaths(index)) }
}

/** A step may have replaced it with a pipe. */
async function readFile(path: string): Promise<Buffer | undefined> {
  const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)).catch(() => undefined)
  try {
    const stats = await file?.stat()
    return file === undefined || !stats?.isFile() || stats.size > maxIndexBytes ? undefined : await file.readFile()
  } catch {
    return undefined
  } finally {
    await file?.close()
  }
}

/**
 * The paths in an index of git, versions 2 to 4 (Documentation/gitformat-index.adoc): each entry has 40 bytes about the file, the
 * hash of 20 or 32 bytes, flags, and the path.
 */
export function readIndexPaths(index: Buffer): string[] {
  if (index.length < 12 || index.toString('latin1', 0, 4) !== 'DIRC') return []
  // All hashes have the same length: with the wrong length, paths are not where they should be.
  return readEntries(index, 20) ?? readEntries(index, 32) ?? []
}

function readEntries(index: Buffer, hashBytes: number): string[] | undefined {
  const version = index.readUInt32BE(4)
  const count = index.readUInt32BE(8)
  const paths: string[] = []
  let previous: Buffer = Buffer.alloc(0)
  let at = 12
  while (paths.length < count) {
    const start = at
    at += 40 + hashBytes
    if (at + 2 > index.length) return undefined
    const flags = index.readUInt16BE(at)
    at += (flags & 0x4000) !== 0 && version >= 3 ? 4 : 2
    let kept = 0
    if (version === 4) {
      const stripped = readOffset(index, at)
      at = stripped.end
      kept = previous.length - stripped.value
    }
    const end = index.indexOf(0, at)
    if (end < 0 || kept < 0) return undefined
    const path = Buffer.concat([previous.subarray(0, kept), index.subarray(at, end)])
    const length = flags & 0xfff
    if (length !== 0xfff ? path.length !== length : path.length < length) return undefined
    paths.push(path.toString())
    previous = path
    // Before version 4, entries are padded with one to eight NULs to a multiple of eight bytes.
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7)
  }
  return paths
}

/** The encoding of offsets in packs: seven bits per byte, and one is added for each byte but the last. */
function readOffset(index: Buffer, start: number): { value: number; end: number } {
  let at = start
  let value = (index[at] ?? 0) & 0x7f
  while (((index[at] ?? 0) & 0x80) !== 0 && at - start < 5) {
    at++
    value = (value + 1) * 128 + ((index[at] ?? 0) & 0x7f)
  }
  return { value, end: at + 1 }
}
