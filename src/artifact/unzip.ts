import { closeSync, openSync, writeSync } from 'node:fs'
import { pipeline, Readable } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { maxArtifactBytes, maxArtifactFiles } from '../limits.ts'

const endOfDirectory = 0x06054b50
const directoryEntry = 0x02014b50
const localHeader = 0x04034b50
const endLength = 22
const entryLength = 46
const localLength = 30
const maxComment = 0xffff
/** The number of compressed bytes between two checks of the signal. */
const pieceSize = 64 * 1024

/** A file of a zip, from the zip's directory. */
interface Entry {
  readonly name: string
  readonly method: number
  readonly crc: number
  readonly size: number
  /** Where its compressed bytes are. */
  readonly from: number
  readonly to: number
  /** Where its header is. */
  readonly start: number
}

export interface Unzipped {
  readonly name: string
  readonly path: string
  readonly bytes: number
}

/**
 * Unpacks an untrusted zip, file by file, in order. Its sizes are checked before anything is unpacked, unpacked bytes are
 * counted nevertheless, and no name becomes a path.
 * @param toPath the path for the file with this index; undefined to skip it
 * @param signal ends it
 * @throws Error if it is not a zip, is damaged, or contains too much
 */
export async function unzipFiles(
  zip: Buffer,
  toPath: (name: string, index: number) => string | undefined,
  signal: AbortSignal,
): Promise<Unzipped[]> {
  const entries = readDirectory(zip)
  const wanted = entries.flatMap((entry, index) => {
    const path = toPath(entry.name, index)
    return path === undefined ? [] : [{ entry, path }]
  })
  if (new Set(wanted.map(({ entry }) => entry.name)).size < wanted.length)
    throw new Error('it contains two files with the same name')
  if (!(wanted.reduce((sum, { entry }) => sum + entry.size, 0) <= maxArtifactBytes))
    throw new Error(`it holds more than ${maxArtifactBytes} bytes`)
  const unzipped: Unzipped[] = []
  for (const { entry, path } of wanted) {
    await unpack(zip, entry, path, signal)
    unzipped.push({ name: entry.name, path, bytes: entry.size })
  }
  return unzipped
}

function readDirectory(zip: Buffer): Entry[] {
  try {
    return readEntries(zip)
  } catch (error) {
    // An offset points outside the zip.
    if (error instanceof RangeError) throw new Error('it is damaged: invalid zip data')
    throw error
  }
}

function readEntries(zip: Buffer): Entry[] {
  const end = findEnd(zip)
  const count = zip.readUInt16LE(end + 10)
  const start = zip.readUInt32LE(end + 16)
  if (count > maxArtifactFiles) throw new Error(`it holds more than ${maxArtifactFiles} files`)
  const entries: Entry[] = []
  let at = start
  for (let index = 0; index < count; index++) {
    const entry = readEntry(zip, at)
    entries.push(entry)
    at += entryLength + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  if (at > end) throw new RangeError()
  // If several names share one stream, it would be unpacked for each.
  let last = 0
  for (const { start: from, to } of entries.toSorted((a, b) => a.start - b.start)) {
    if (from < last) throw new Error('it is damaged: files in it overlap')
    last = to
  }
  if (last > start) throw new Error('it is damaged: files in it overlap')
  return entries
}

function findEnd(zip: Buffer): number {
  for (let at = zip.length - endLength; at >= 0 && at >= zip.length - endLength - maxComment; at--) {
    if (zip.readUInt32LE(at) === endOfDirectory && at + endLength + zip.readUInt16LE(at + 20) === zip.length) return at
  }
  throw new Error('it is not a zip file: invalid zip data')
}

function readEntry(zip: Buffer, at: number): Entry {
  const start = zip.readUInt32LE(at + 42)
  if (zip.readUInt32LE(at) !== directoryEntry || zip.readUInt32LE(start) !== localHeader) throw new RangeError()
  const name = zip.toString('utf8', at + entryLength, at + entryLength + zip.readUInt16LE(at + 28))
  const from = start + localLength + zip.readUInt16LE(start + 26) + zip.readUInt16LE(start + 28)
  const to = from + zip.readUInt32LE(at + 20)
  if (to > zip.length) throw new RangeError()
  const method = zip.readUInt16LE(at + 10)
  if ((zip.readUInt16LE(at + 8) & 1) === 1) throw new Error('it is encrypted')
  if (method !== 0 && method !== 8) throw new Error(`its compression method is not supported (${method})`)
  return { name, method, crc: zip.readUInt32LE(at + 16), size: zip.readUInt32LE(at + 24), from, to, start }
}

/** Unpacks outside the main thread, in pieces, directly to the disk. */
async function unpack(zip: Buffer, entry: Entry, path: string, signal: AbortSignal): Promise<void> {
  const file = openSync(path, 'wx', 0o600)
  let bytes = 0
  let crc = 0
  const take = (piece: Buffer) => {
    signal.throwIfAborted()
    bytes += piece.length
    if (bytes > entry.size) throw new Error('it is damaged: a file in it is longer than its header states')
    crc = crc32(piece, crc)
    for (let at = 0; at < piece.length; ) at += writeSync(file, piece, at)
  }
  try {
    for await (const piece of entry.method === 0 ? cut(zip, entry) : inflate(zip, entry)) take(piece)
    if (bytes !== entry.size || crc !== entry.crc) throw new Error('it is damaged')
  } finally {
    closeSync(file)
  }
}

function* cut(zip: Buffer, { from, to }: Entry): Generator<Buffer> {
  for (let at = from; at < to; at += pieceSize) yield zip.subarray(at, Math.min(at + pieceSize, to))
}

async function* inflate(zip: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  // The loop handles its end and its errors.
  const inflating = pipeline(Readable.from(cut(zip, entry)), createInflateRaw(), () => {})
  try {
    for await (const piece of inflating) yield piece as Buffer
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code?.startsWith('Z_') || code === 'ERR_STREAM_PREMATURE_CLOSE')
      throw new Error('it is damaged: invalid zip data', { cause: error })
    throw error
  }
}
