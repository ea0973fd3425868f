import { parseCounter } from './proc.ts'

/** Reads a file; undefined if it does not exist. */
export type ReadText = (path: string) => string | undefined

/** A limit of a cgroup, and where its use is counted. In a container with a limit, the values of the machine do not apply. */
export interface CgroupLimit {
  readonly version: 1 | 2
  readonly folder: string
  /** Bytes, or cores. */
  readonly limit: number
}

/** The folders of a controller, from that of this process up to the topmost visible one. */
type Controllers = ReadonlyMap<string, { readonly version: 1 | 2; readonly folders: readonly string[] }>

/**
 * Finds a process's folders from /proc/self/cgroup and /proc/self/mountinfo. Version 1 has a mount for each controller, version 2
 * has one for all of them. A machine may have both.
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

/** A container only sees its own part of the tree, mounted at the top; its path may still be that in the whole tree. */
function listFolders(path: string, root: string, mount: string): string[] {
  const top = root === '/' ? '' : root
  const isBelow = !path.includes('/..') && (path === top || path.startsWith(`${top}/`))
  const names = isBelow ? path.slice(top.length).split('/').filter(Boolean) : []
  return [...names.map((_, index) => `${mount}/${names.slice(0, names.length - index).join('/')}`), mount]
}

/** The lowest memory limit below the machine's memory. */
export function findMemoryLimit(controllers: Controllers, read: ReadText, total: number): CgroupLimit | undefined {
  const { version, folders = [] } = controllers.get('memory') ?? {}
  if (version === undefined) return undefined
  const file = version === 2 ? 'memory.max' : 'memory.limit_in_bytes'
  return findLowest(version, folders, total, (folder) => parseNumber(read(`${folder}/${file}`)))
}

/** The lowest limit of CPU time below all cores. In version 1, the limit and the counter may be in different folders. */
export function findCpuLimit(controllers: Controllers, read: ReadText, cores: number): CgroupLimit | undefined {
  const { version, folders = [] } = controllers.get('cpu') ?? {}
  if (version === undefined) return undefined
  const found = findLowest(version, folders, cores, (folder) =>
    version === 2
      ? parseQuota(...((read(`${folder}/cpu.max`) ?? '').trim().split(' ') as [string, string?]))
      : parseQuota(read(`${folder}/cpu.cfs_quota_us`), read(`${folder}/cpu.cfs_period_us`)),
  )
  if (found === undefined || version === 2) return found
  const counted = controllers.get('cpuacct')?.folders ?? []
  const folder = counted.length === folders.length ? counted[folders.indexOf(found.folder)] : counted[0]
  return folder === undefined ? undefined : { ...found, folder }
}

function findLowest(
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

/** Bytes in use, without the cached files that the kernel drops first when memory is needed. */
export function readMemoryUse({ version, folder }: CgroupLimit, read: ReadText): number | undefined {
  const [file, cache] =
    version === 2 ? ['memory.current', 'inactive_file'] : ['memory.usage_in_bytes', 'total_inactive_file']
  const used = parseNumber(read(`${folder}/${file}`))
  const unneeded = parseCounter(read(`${folder}/memory.stat`) ?? '', cache)
  return used === undefined ? undefined : Math.max(0, used - (unneeded ?? 0))
}

/** Processes that were ended because the limit was reached. */
export function readOomKills({ version, folder }: CgroupLimit, read: ReadText): number | undefined {
  return parseCounter(read(`${folder}/${version === 2 ? 'memory.events' : 'memory.oom_control'}`) ?? '', 'oom_kill')
}

/** CPU time used so far, in ms. */
export function readCpuMs({ version, folder }: CgroupLimit, read: ReadText): number | undefined {
  if (version === 1) {
    const nanoseconds = parseNumber(read(`${folder}/cpuacct.usage`))
    return nanoseconds === undefined ? undefined : nanoseconds / 1e6
  }
  const microseconds = parseCounter(read(`${folder}/cpu.stat`) ?? '', 'usage_usec')
  return microseconds === undefined ? undefined : microseconds / 1e3
}
