/** Parsers for files of /proc on Linux. They return undefined if a value is missing. */

/**
 * Used and possible ticks of all cores since the machine started, from /proc/stat. Time that a hypervisor gave to other
 * machines (steal) counts as possible, but not as used. User time already includes guests.
 */
export function parseCpuTicks(stat: string): readonly [busy: number, possible: number] | undefined {
  const ticks = /^cpu +([\d ]+)$/m.exec(stat)?.[1]?.trim().split(/ +/).map(Number) ?? []
  if (ticks.length < 4) return undefined
  const [user = 0, nice = 0, system = 0, idle = 0, ioWait = 0, irq = 0, softIrq = 0, steal = 0] = ticks
  const busy = user + nice + system + irq + softIrq
  return [busy, busy + idle + ioWait + steal]
}

/** Bytes in use and in total, from /proc/meminfo. Memory that is available to programs, including caches, is not in use. */
export function parseMemory(meminfo: string): readonly [used: number, total: number] | undefined {
  const find = (name: string) => {
    const kilobytes = new RegExp(`^${name}: +(\\d+) kB$`, 'm').exec(meminfo)?.[1]
    return kilobytes === undefined ? undefined : Number(kilobytes) * 1024
  }
  const [available, total] = [find('MemAvailable'), find('MemTotal')]
  return available === undefined || total === undefined ? undefined : [Math.max(0, total - available), total]
}

/** The bytes of these interfaces also pass through another one, or never leave the machine. */
const virtual =
  /^(lo|docker|br-|br\d|bond|team|veth|virbr|vnet|tap|tun|wg|cni|flannel|cali|cilium|lxc|lxd|podman|dummy|ifb|sit|gre|ip6tnl|tunl|vlan|vxlan|nodelocaldns|kube)|[.:@]/

/** Bytes received and sent by all external interfaces, from /proc/net/dev. */
export function parseNetwork(dev: string): readonly [received: number, sent: number] | undefined {
  const rows = [...dev.matchAll(/^ *([^ ]+?): *(\d[\d ]*)$/gm)].flatMap(([, name = '', numbers = '']) => {
    const columns = numbers.trim().split(/ +/).map(Number)
    return virtual.test(name) || columns.length < 9 ? [] : [columns]
  })
  if (rows.length === 0) return undefined
  const sum = (column: number) => rows.reduce((total, row) => total + (row[column] ?? 0), 0)
  return [sum(0), sum(8)]
}

/** A counter from a file of `name value` lines, such as /proc/vmstat and most files of a cgroup. */
export function parseCounter(text: string, name: string): number | undefined {
  const value = new RegExp(`^${name} (\\d+)$`, 'm').exec(text)?.[1]
  return value === undefined ? undefined : Number(value)
}

/**
 * The start of a process in ticks since the machine's, from /proc/PID/stat, which distinguishes processes that had the same number. Undefined for
 * a zombie, a process that has ended but was not yet waited for.
 */
export function parseStartTicks(stat: string): string | undefined {
  // The name in parentheses may contain any character: the start is the 20th field after it.
  const fields = stat.split(') ').at(-1)?.split(' ') ?? []
  const [state = 'X', ticks = ''] = [fields[0], fields[19]]
  return /^\d+$/.test(ticks) && !/[ZXx]/.test(state) ? ticks : undefined
}

/** Bytes in use on macOS, from `vm_stat`: programs' own memory, compressed memory and the kernel's. */
export function parseVmStat(text: string): number | undefined {
  const pageSize = /page size of (\d+) bytes/.exec(text)?.[1]
  const find = (name: string) => {
    const pages = new RegExp(`^${name}: +(\\d+)\\.$`, 'm').exec(text)?.[1]
    return pages === undefined ? undefined : Number(pages)
  }
  const [anonymous, wired] = [find('Anonymous pages'), find('Pages wired down')]
  if (pageSize === undefined || anonymous === undefined || wired === undefined) return undefined
  const pages =
    Math.max(0, anonymous - (find('Pages purgeable') ?? 0)) + wired + (find('Pages occupied by compressor') ?? 0)
  return pages * Number(pageSize)
}
