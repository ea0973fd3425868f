import { constants } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { maxIndexBytes } from '../limits.ts'

interface Repository {
  readonly root: string
  readonly tracked: ReadonlySet<string>
}

/**
 * Tells whether git tracks a file, by the index of the repository that the file is in. The index is read as it is: a container may
 * have no git, and git refuses a repository of another user. What cannot be read tracks nothing.
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

/** A worktree and a submodule have a file in place of the folder `.git`, which names it. */
async function readRepository(root: string): Promise<Repository | undefined> {
  const path = join(root, '.git')
  const stats = await stat(path).catch(() => undefined)
  if (stats === undefined) return undefined
  const text = stats.isDirectory() ? undefined : (await readFile(path))?.toString()
  const folder = text === undefined ? path : /^gitdir: (.+)/.exec(text)?.[1]?.trim()
  const index = folder === undefined ? undefined : await readFile(resolve(root, folder, 'index'))
  return { root, tracked: new Set(index === undefined ? [] : readIndexPaths(index)) }
}

/** A step may have put a pipe in its place. */
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
  // Hashes are of one length throughout: with the wrong one, no path is where it should be.
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
    // Before version 4, entries are filled up with one to eight NULs to a multiple of eight bytes.
    at = version === 4 ? end + 1 : start + ((end - start + 8) & ~7)
  }
  return paths
}

/** As packs write an offset: seven bits a byte, of which each but the last counts one more. */
function readOffset(index: Buffer, start: number): { value: number; end: number } {
  let at = start
  let value = (index[at] ?? 0) & 0x7f
  while (((index[at] ?? 0) & 0x80) !== 0 && at - start < 5) {
    at++
    value = (value + 1) * 128 + ((index[at] ?? 0) & 0x7f)
  }
  return { value, end: at + 1 }
}
