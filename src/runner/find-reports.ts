import type { Dirent, Stats } from 'node:fs'
import { lstat, readdir, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { maxReports } from '../limits.ts'
import { type Glob, type GlobPart, matchesGlob, parseGlob, splitPath, step } from './glob.ts'

/** The folders that may contain reports. */
export interface ReportPlaces {
  readonly workspace: string
  /** RUNNER_TEMP. */
  readonly temp: string | undefined
}

export interface FoundFile {
  /** The path for messages, with slashes: relative to the workspace if the file is inside it. */
  readonly path: string
  /** The path with all links resolved. */
  readonly realPath: string
  readonly mtimeMs: number
  /** Whether it is in RUNNER_TEMP, whose clock then set its time. */
  readonly isInTemp: boolean
  /** Whether it was found through a link, named in a glob, that points outside the workspace and RUNNER_TEMP. */
  readonly isOutside: boolean
  /** The globs that match it, as the user wrote them. */
  readonly globs: ReadonlySet<string>
}

export interface FoundReports {
  readonly files: readonly FoundFile[]
  /** Globs outside these folders, and why they are refused: `is outside the workspace and RUNNER_TEMP`. */
  readonly refused: ReadonlyMap<string, string>
  /** Globs that match a folder. */
  readonly folders: ReadonlySet<string>
  /** Links that point outside these folders. */
  readonly leaving: readonly string[]
  /** Names of folders that are skipped, such as `node_modules`. */
  readonly skipped: ReadonlySet<string>
  /** A clause that says why the list is incomplete. */
  readonly cut: string | undefined
}

/** A position in a glob that the search has reached. */
interface State {
  readonly glob: Glob
  readonly at: number
}

interface Entry {
  readonly name: string
  readonly kind: 'folder' | 'link' | 'other'
}

const slow = 'searching for reports took too long; name their folder in the rule'
const skippedNames = ['node_modules', '.git']

/**
 * Finds the files that globs match. All globs are matched in one walk, which visits no folder twice. A link is followed into the
 * workspace and RUNNER_TEMP, and elsewhere only if a glob names the link itself.
 * @param signal ends the search; the files found so far are returned
 */
export async function findReports(
  patterns: readonly string[],
  { workspace: givenWorkspace, temp: givenTemp }: ReportPlaces,
  signal: AbortSignal,
): Promise<FoundReports> {
  const files = new Map<string, { file: FoundFile; globs: Set<string> }>()
  const refused = new Map<string, string>()
  const folders = new Set<string>()
  const leaving = new Set<string>()
  const skipped = new Set<string>()
  let cut: string | undefined
  const workspace = await realpath(givenWorkspace)
  const temp = givenTemp ? await realpath(givenTemp).catch(() => undefined) : undefined
  const places = [workspace, ...(temp === undefined ? [] : [temp])]
  const inPlaces = (path: string) => places.some((root) => isWithin(root, path))
  /** Further folders of a glob, which names links to them. */
  const named = new Map<Glob, string[]>()
  const rootsOf = (glob: Glob) => [...places, ...(named.get(glob) ?? [])]
  const visited = new Map<Glob, Set<string>>()

  /** Visits an entry of a folder. */
  async function visit(folder: string, path: readonly string[], { name, kind }: Entry, states: readonly State[]) {
    const onwards = states.filter(({ glob, at }) => step(glob.parts, at, name).length > 0)
    if (onwards.length === 0) return
    if (skippedNames.includes(name)) {
      skipped.add(name)
      return
    }
    const here = [...path, name]
    try {
      const real = kind === 'link' ? await realpath(join(folder, name)) : join(folder, name)
      const followed = kind === 'link' ? follow(real, here, onwards) : onwards
      const next = followed.flatMap(({ glob, at }) => step(glob.parts, at, name).map((end) => ({ glob, at: end })))
      const ended = next.filter(({ glob, at }) => glob.parts.slice(at).every((part) => part === '**'))
      if (next.length === 0 || (kind === 'other' && ended.length === 0)) return
      const stats = kind === 'folder' ? undefined : await stat(real)
      if (stats === undefined || stats.isDirectory()) {
        for (const { glob } of ended) if (glob.parts.at(-1) !== '**') folders.add(glob.text)
        await walk(real, here, next)
      } else if (ended.length > 0) add(real, here, stats, ended)
    } catch {
      // The file no longer exists, is a broken link, or may not be read.
    }
  }

  /** The states that may follow a link. */
  function follow(real: string, path: readonly string[], states: readonly State[]): State[] {
    const followed = states.filter(({ glob, at }) => {
      if (rootsOf(glob).some((root) => isWithin(root, real))) return true
      if (!isName(glob, at, path.at(-1) ?? '')) return false
      named.set(glob, [...(named.get(glob) ?? []), real])
      return true
    })
    if (followed.length === 0) leaving.add(path.join('/'))
    return followed.filter(({ glob }) => {
      const root = rootsOf(glob).find((one) => isWithin(one, real)) ?? real
      const through = skippedNames.find((name) => relative(root, real).split(sep).includes(name))
      if (through !== undefined) skipped.add(through)
      return through === undefined
    })
  }

  function add(realPath: string, path: readonly string[], { mtimeMs }: Stats, states: readonly State[]): void {
    const known = files.get(realPath)
    const globs = known?.globs ?? new Set()
    for (const { glob } of states) globs.add(glob.text)
    if (known !== undefined) return
    if (files.size >= maxReports) cut = `more than ${maxReports} files match; name fewer files`
    else {
      const isInTemp = temp !== undefined && isWithin(temp, realPath)
      const file = { path: path.join('/'), realPath, mtimeMs, isInTemp, isOutside: !inPlaces(realPath), globs }
      files.set(realPath, { file, globs })
    }
  }

  async function walk(folder: string, path: readonly string[], states: readonly State[]): Promise<void> {
    if (signal.aborted) cut ??= slow
    const fresh = states.filter(({ glob, at }) => {
      const seen = visited.get(glob) ?? new Set()
      visited.set(glob, seen)
      const isNew = !seen.has(`${at} ${folder}`)
      seen.add(`${at} ${folder}`)
      return isNew
    })
    if (fresh.length === 0 || cut !== undefined) return
    for (const entry of await listEntries(folder, fresh)) await visit(folder, path, entry, fresh)
  }

  const globs = [...new Set(patterns)].flatMap((pattern) => parseGlob(pattern)).filter((glob) => !glob.isExclusion)
  const starts = new Map<string, State[]>()
  for (const glob of globs) {
    const start = toStart(glob, workspace, temp, { workspace: givenWorkspace, temp: givenTemp })
    if (start === undefined) refused.set(glob.text, 'is outside the workspace and RUNNER_TEMP')
    else starts.set(start.folder, [...(starts.get(start.folder) ?? []), { glob: start.glob, at: 0 }])
  }
  const walking = async () => {
    for (const [folder, states] of starts) await walk(folder, folder === workspace ? [] : [folder], states)
  }
  // The search ends on time even if a file system does not answer.
  await Promise.race([walking().catch(() => undefined), toEnd(signal)])
  if (signal.aborted) cut ??= slow
  const found = [...files.values()].map(({ file }) => file)
  return { files: found, refused, folders, leaving: [...leaving], skipped, cut }
}

/** Creates a function that checks whether exclusions exclude a file. Absolute ones may name the workspace with or without links. */
export function createExclusion(
  patterns: readonly string[],
  workspace: string,
): (file: Pick<FoundFile, 'path' | 'realPath'>) => boolean {
  const globs = patterns.filter((pattern) => pattern.startsWith('!')).flatMap((pattern) => parseGlob(pattern))
  const [rooted, relativeOnes] = [globs.filter(isRooted), globs.filter((glob) => !isRooted(glob))]
  const matches = (some: readonly Glob[], path: string) => {
    const { root, names } = splitPath(path.replaceAll(sep, '/'))
    return some.some((glob) => matchesGlob(glob, root === '' ? names : [root, ...names]))
  }
  return ({ path, realPath }) =>
    matches(relativeOnes, path) || matches(rooted, realPath) || matches(rooted, resolve(workspace, path))
}

function isRooted({ parts: [root] }: Glob): boolean {
  return root !== undefined && root !== '**' && 'name' in root && isAbsolute(root.name)
}

/** The folder where a glob starts. The literal part of an absolute glob must be inside the workspace or RUNNER_TEMP. */
function toStart(
  glob: Glob,
  workspace: string,
  temp: string | undefined,
  { workspace: given, temp: givenTemp }: ReportPlaces,
) {
  if (!isRooted(glob)) return { folder: workspace, glob: { ...glob, parts: withoutDots(glob) } }
  const parts = withoutDots({ ...glob, parts: glob.parts.slice(1) })
  const places = [workspace, given, temp, givenTemp].filter((place) => place !== undefined)
  for (const [index, place] of places.entries()) {
    const names = place.split(/[/\\]/).filter((name) => name !== '' && !/^[a-z]:$/i.test(name))
    const isThere = names.every((name, at) => isName({ ...glob, parts }, at, name))
    const folder = index < 2 ? workspace : temp
    if (isThere && folder !== undefined) return { folder, glob: { ...glob, parts: parts.slice(names.length) } }
  }
  return undefined
}

function withoutDots({ parts }: Glob): Glob['parts'] {
  const kept: GlobPart[] = []
  for (const part of parts) {
    if (part !== '**' && 'name' in part && part.name === '..') kept.pop()
    else kept.push(part)
  }
  return kept
}

function isName({ parts }: Glob, at: number, name: string): boolean {
  const part = parts[at]
  return part !== undefined && part !== '**' && 'name' in part && part.name === name
}

/** If all globs name the next entry literally, the folder need not be listed. */
async function listEntries(folder: string, states: readonly State[]): Promise<Entry[]> {
  const names = new Set<string>()
  for (const { glob, at } of states) {
    const part = glob.parts[at]
    if (part === undefined) continue
    if (part === '**' || !('name' in part))
      return (await readdir(folder, { withFileTypes: true })).map((entry) => ({
        name: entry.name,
        kind: toKind(entry),
      }))
    names.add(part.name)
  }
  const entries = [...names].map(async (name): Promise<Entry[]> => {
    const stats = await lstat(join(folder, name)).catch(() => undefined)
    return stats === undefined ? [] : [{ name, kind: toKind(stats) }]
  })
  return (await Promise.all(entries)).flat()
}

function toKind(entry: Pick<Dirent, 'isDirectory' | 'isSymbolicLink'>): Entry['kind'] {
  return entry.isDirectory() ? 'folder' : entry.isSymbolicLink() ? 'link' : 'other'
}

async function toEnd(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}

function isWithin(root: string, path: string): boolean {
  const way = relative(root, path)
  return way === '' || (way.split(sep)[0] !== '..' && !isAbsolute(way))
}
