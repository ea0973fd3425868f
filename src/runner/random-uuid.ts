import { closeSync, openSync, readSync } from 'node:fs'

/**
 * Takes the place of `crypto.randomUUID` in the bundle, where @actions/core makes delimiters of command files with it.
 * Loading node:crypto takes a tenth of a run of main; the kernel's random bytes are as good. Windows has no such file.
 */
export function randomUUID(): string {
  const bytes = Buffer.alloc(16)
  try {
    const device = openSync('/dev/urandom', 'r')
    const length = readSync(device, bytes)
    closeSync(device)
    if (length === bytes.length) return bytes.toString('hex')
  } catch {
    // Below.
  }
  return process.getBuiltinModule('node:crypto').randomUUID()
}
