import { parseCounter } from './proc.ts'

/** Reads a file; undefined where there is none. */
export type ReadText = (path: string) => string | undefined

/** A limit of a cgroup, and where its use is counted. A container has one, and the machine around it does not count then. */
export interface CgroupLimit {
  readonly version: 1 | 2
  readonly folder: string
  /** Bytes, or cores. */
  readonly limit: number
}

/** The folders of a controller, from that of this process up to the topmost that can be seen. */
type Controllers = ReadonlyMap<string, { readonly version: 1 | 2; readonly folders: readonly string[] }>

/**
 * Finds a process's folders from /proc/self/cgroup and /proc/self/mountinfo. Version 1 has a mount for each controller, version 2
 * one for all; a machine may have both.
 */
export function findControllers(cgroup: string, mountinfo: string): Controllers {
  const paths = new Map<string, string>()
  for (const line of cgroup.split('\n')) {
    const [, names = '', path = ''] = /^\d+:([^:]*):(.*)$/.exec(line) ?? []
    for (const name of names.split(',')) if (path !== '') paths.set(name, path)
  }
  const found = new Map<string, { version: 1 | 2; folders: string[] }>()
  for (const line of mountinfo.split('\n')) {
    const [left = '', right = ''] = line.split(' - ')
    const [, , , root = '', mount = ''] = left.split(' ').map(unescapePath)
    const [type, , options = ''] = right.split(' ')
    if (type === 'cgroup') {
      for (const name of options.split(',')) {
        const path = paths.get(name)
        if (path !== undefined) found.set(name, { version: 1, folders: listFolders(path, root, mount) })
      }
    } else if (type === 'cgroup2') {
      const folders = listFolders(paths.get('') ?? '/', root, mount)
      for (const name of ['memory', 'cpu']) if (!paths.has(name)) found.set(name, { version: 2, folders })
    }
  }
  return found
}

/** mountinfo writes spaces as `\040`. */
function unescapePath(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** A container sees its own part of the tree alone, mounted at the top; its path may be that of the whole tree. */
function listFolders(path: string, root: string, mount: string): string[] {
  const top = root === '/' ? '' : root
  const isBelow = !path.includes('/..') && (path === top || path.startsWith(`${top}/`))
  const names = isBelow ? path.slice(top.length).split('/').filter(Boolean) : []
  return [...names.map((_, index) => `${mount}/${names.slice(0, names.length - index).join('/')}`), mount]
}

/** The narrowest limit of memory below what the machine has. */
export function findMemoryLimit(controllers: Controllers, read: ReadText, total: number): CgroupLimit | undefined {
  const { version, folders = [] } = controllers.get('memory') ?? {}
  if (version === undefined) return undefined
  const file = version === 2 ? 'memory.max' : 'memory.limit_in_bytes'
  return findNarrowest(version, folders, total, (folder) => parseNumber(read(`${folder}/${file}`)))
}

/** The narrowest limit of computing time below all cores. A limit in version 1 need not be where the time is counted. */
export function findCpuLimit(controllers: Controllers, read: ReadText, cores: number): CgroupLimit | undefined {
  const { version, folders = [] } = controllers.get('cpu') ?? {}
  if (version === undefined) return undefined
  const found = findNarrowest(version, folders, cores, (folder) =>
    version === 2
      ? parseQuota(...((read(`${folder}/cpu.max`) ?? '').trim().split(' ') as [string, string?]))
      : parseQuota(read(`${folder}/cpu.cfs_quota_us`), read(`${folder}/cpu.cfs_period_us`)),
  )
  if (found === undefined || version === 2) return found
  const counted = controllers.get('cpuacct')?.folders ?? []
  const folder = counted.length === folders.length ? counted[folders.indexOf(found.folder)] : counted[0]
  return folder === undefined ? undefined : { ...found, folder }
}

function findNarrowest(
  version: 1 | 2,
  folders: readonly string[],
  below: number,
  toLimit: (folder: string) => number | undefined,
): CgroupLimit | undefined {
  const limits = folders.flatMap((folder) => {
    const limit = toLimit(folder)
    return limit !== undefined && limit > 0 && limit < below ? [{ version, folder, limit }] : []
  })
  return limits.toSorted((one, other) => one.limit - other.limit)[0]
}

function parseQuota(quota: string | undefined, period: string | undefined): number | undefined {
  const [of, per] = [parseNumber(quota), parseNumber(period)]
  return of === undefined || per === undefined || per === 0 ? undefined : of / per
}

function parseNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+\s*$/.test(text) ? Number(text) : undefined
}

/** Bytes in use: not those of files that have been read and that the kernel drops first when somebody needs memory. */
export function readMemoryUse({ version, folder }: CgroupLimit, read: ReadText): number | undefined {
  const [file, cache] =
    version === 2 ? ['memory.current', 'inactive_file'] : ['memory.usage_in_bytes', 'total_inactive_file']
  const used = parseNumber(read(`${folder}/${file}`))
  const unneeded = parseCounter(read(`${folder}/memory.stat`) ?? '', cache)
  return used === undefined ? undefined : Math.max(0, used - (unneeded ?? 0))
}

/** Processes that were ended since the limit was reached. */
export function readOomKills({ version, folder }: CgroupLimit, read: ReadText): number | undefined {
  return parseCounter(read(`${folder}/${version === 2 ? 'memory.events' : 'memory.oom_control'}`) ?? '', 'oom_kill')
}

/** Milliseconds of computing so far. */
export function readCpuMs({ version, folder }: CgroupLimit, read: ReadText): number | undefined {
  if (version === 1) {
    const nanoseconds = parseNumber(read(`${folder}/cpuacct.usage`))
    return nanoseconds === undefined ? undefined : nanoseconds / 1e6
  }
  const microseconds = parseCounter(read(`${folder}/cpu.stat`) ?? '', 'usage_usec')
  return microseconds === undefined ? undefined : microseconds / 1e3
}
