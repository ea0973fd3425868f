import { closeSync, openSync, readSync } from 'node:fs'

/**
 * Replaces `crypto.randomUUID` in the bundle, which @actions/core uses for delimiters in command files.
 * Loading node:crypto takes a tenth of the time of main; the kernel's random bytes are as good. Windows has no such file.
 */
export function randomUUID(): string {
  if (bytes.length < length) bytes = readRandom()
  const id = bytes.subarray(0, length).toString('hex')
  bytes = bytes.subarray(length)
  return id || process.getBuiltinModule('node:crypto').randomUUID()
}

const length = 16
/** As many bytes as main needs. */
let bytes: Buffer = Buffer.alloc(0)

function readRandom(): Buffer {
  const read = Buffer.alloc(8 * length)
  try {
    const device = openSync('/dev/urandom', 'r')
    const count = readSync(device, read)
    closeSync(device)
    return count === read.length ? read : Buffer.alloc(0)
  } catch {
    return Buffer.alloc(0)
  }
}
