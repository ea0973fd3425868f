/** The time in ms that this process has worked for it, however busy the machine is. */
export function measureCpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** What takes the square of 64 KiB takes many times as long. */
export const maxCpuMs = 4000
/** For a machine that is busy. */
export const timeoutMs = 60_000
