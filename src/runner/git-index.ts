import { closeSync, readSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { maxIndexBytes } from '../limits.ts'
import { openRegular } from './open-regular.ts'

interface Repository {
  readonly root: string
  readonly tracked: ReadonlySet<string>
}

/**
 * Tells whether git tracks a file, by the index of the repository that the file is in. The index is read as it is: a container may
 * have no git, and git refuses a repository of another user. What cannot be read tracks nothing.
 */
export function openTracked(): (path: string) => boolean {
  const repositories = new Map<string, Repository | undefined>()
  const find = (folder: string): Repository | undefined => {
    const known = repositories.get(folder)
    if (known !== undefined || repositories.has(folder)) return known
    const parent = dirname(folder)
    const found = readRepository(folder) ?? (parent === folder ? undefined : find(parent))
    repositories.set(folder, found)
    return found
  }
  return (path) => {
    const repository = find(dirname(path))
    return repository?.tracked.has(relative(repository.root, path).split(sep).join('/')) ?? false
  }
}

/** A worktree and a submodule have a file in place of the folder `.git`, which names it. */
function readRepository(root: string): Repository | undefined {
  const path = join(root, '.git')
  const kind = findKind(path)
  if (kind === undefined) return undefined
  const folder = kind === 'folder' ? path : /^gitdir: (.+)/.exec(readBytes(path)?.toString() ?? '')?.[1]?.trim()
  const index = folder === undefined ? undefined : readBytes(resolve(root, folder, 'index'))
  return { root, tracked: new Set(index === undefined ? [] : readIndexPaths(index)) }
}

function findKind(path: string): 'folder' | 'file' | undefined {
  try {
    return statSync(path).isDirectory() ? 'folder' : 'file'
  } catch {
    return undefined
  }
}

function readBytes(path: string): Buffer | undefined {
  try {
    const opened = openRegular(path)
    if (opened === undefined) return undefined
    try {
      if (opened.size > maxIndexBytes) return undefined
      const buffer = Buffer.alloc(opened.size)
      return buffer.subarray(0, readSync(opened.file, buffer, 0, buffer.length, 0))
    } finally {
      closeSync(opened.file)
    }
  } catch {
    return undefined
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
