import { createReadStream, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { pipeline } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

interface Entry {
  readonly name: Buffer
  readonly offset: number
  readonly time: number
  crc: number
  bytes: number
  packedBytes: number
}

/** A larger zip needs the Zip64 format. */
const maxBytes = 0xffff_ffff

/**
 * The bytes of a zip with these files of a folder, as they are compressed: only a chunk at a time is in memory. Sizes and
 * checksums follow the data, as in the zip that @actions/artifact makes (PKWARE APPNOTE 4.3.9).
 * @throws Error where a file cannot be read, or the zip exceeds 4 GiB
 */
export async function* zipFiles(folder: string, files: readonly string[]): AsyncGenerator<Buffer, void> {
  const entries: Entry[] = []
  let offset = 0
  const count = (bytes: Buffer) => {
    offset += bytes.length
    if (offset > maxBytes) throw new Error('the zip exceeds 4 GiB')
    return bytes
  }
  for (const file of files) {
    const path = resolve(folder, file)
    const time = toDosTime(statSync(path).mtime)
    const entry = { name: Buffer.from(file), offset, time, crc: 0, bytes: 0, packedBytes: 0 }
    entries.push(entry)
    yield count(Buffer.concat([toRecord(0x04034b50, entry), entry.name]))
    // Line protocol shrinks to a tenth at any level. An error of either stream is thrown by the loop.
    for await (const chunk of pipeline(readCounted(path, entry), createDeflateRaw({ level: 6 }), () => {})) {
      entry.packedBytes += chunk.length
      yield count(chunk)
    }
    yield count(toNumbers([0x08074b50, 4], [entry.crc, 4], [entry.packedBytes, 4], [entry.bytes, 4]))
  }
  const start = offset
  for (const entry of entries) yield count(Buffer.concat([toRecord(0x02014b50, entry), entry.name]))
  const length: Field = [entries.length, 2]
  yield toNumbers([0x06054b50, 4], [0, 2], [0, 2], length, length, [offset - start, 4], [start, 4], [0, 2])
}

async function* readCounted(path: string, entry: Entry): AsyncGenerator<Buffer, void> {
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    entry.crc = crc32(chunk, entry.crc)
    entry.bytes += chunk.length
    if (entry.bytes > maxBytes) throw new Error(`${path} exceeds 4 GiB`)
    yield chunk
  }
}

/** The header before a file's data, which has no sizes yet, or the file's entry in the directory at the end. */
function toRecord(signature: 0x04034b50 | 0x02014b50, { name, offset, time, crc, bytes, packedBytes }: Entry): Buffer {
  // Sizes follow the data; the name is UTF-8.
  const flags = 0x0008 | (name.every((byte) => byte < 0x80) ? 0 : 0x0800)
  const common: Field[] = [
    [20, 2],
    [flags, 2],
    [8, 2],
    [time, 4],
  ] // deflated
  if (signature === 0x04034b50)
    return toNumbers([signature, 4], ...common, [0, 4], [0, 4], [0, 4], [name.length, 2], [0, 2])
  const madeBy: Field = [0x032d, 2] // Unix
  const mode: Field = [((0o100644 << 16) | 0x20) >>> 0, 4]
  const sizes: Field[] = [
    [crc, 4],
    [packedBytes, 4],
    [bytes, 4],
    [name.length, 2],
  ]
  return toNumbers([signature, 4], madeBy, ...common, ...sizes, [0, 2], [0, 2], [0, 2], [0, 2], mode, [offset, 4])
}

type Field = readonly [value: number, bytes: 2 | 4]

function toNumbers(...fields: readonly Field[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [, bytes]) => sum + bytes, 0))
  let at = 0
  for (const [value, bytes] of fields) at = buffer.writeUIntLE(value, at, bytes)
  return buffer
}

/** MS-DOS date and time, in UTC, with a resolution of two seconds. */
function toDosTime(date: Date): number {
  const day = ((date.getUTCFullYear() - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate()
  const time = (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1)
  return day * 0x10000 + time
}
