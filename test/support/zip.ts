import { crc32, inflateRawSync } from 'node:zlib'

/** A file of a zip, as its headers have it, true or not. */
export interface ZipEntry {
  readonly name: string
  /** As it is stored. */
  readonly data: Buffer
  /** 8 is deflated. */
  readonly method?: number
  /** What it is said to be unpacked. */
  readonly size?: number
  readonly crc?: number
  readonly flags?: number
}

/** A zip with the headers that it is given. */
export function zipOf(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const entry of entries) {
    const local = toLocal(entry)
    directory.push(toDirectory(entry, at))
    parts.push(local, entry.data)
    at += local.length + entry.data.length
  }
  return Buffer.concat([...parts, ...directory, toEnd(directory, at)])
}

/** One stream that many names point to, said to be of a size that it is not. */
export function bombOf(stream: Buffer, names: number, size: number): Buffer {
  const entryOf = (index: number) => ({ name: `unsent-${index + 1}.lp`, data: stream, method: 8, size, crc: 1 })
  const local = toLocal(entryOf(0))
  const directory = Array.from({ length: names }, (_, index) => toDirectory(entryOf(index), 0))
  return Buffer.concat([local, stream, ...directory, toEnd(directory, local.length + stream.length)])
}

function toFacts({ data, method = 0, size, crc, flags = 0 }: ZipEntry): Buffer {
  const facts = Buffer.alloc(22)
  facts.writeUInt16LE(20, 0)
  facts.writeUInt16LE(flags, 2)
  facts.writeUInt16LE(method, 4)
  facts.writeUInt32LE(crc ?? crc32(method === 8 ? tryInflate(data) : data), 10)
  facts.writeUInt32LE(data.length, 14)
  facts.writeUInt32LE(size ?? data.length, 18)
  return facts
}

function tryInflate(data: Buffer): Buffer {
  try {
    return inflateRawSync(data)
  } catch {
    return data
  }
}

function toLocal(entry: ZipEntry): Buffer {
  const lengths = Buffer.alloc(4)
  lengths.writeUInt16LE(entry.name.length, 0)
  return Buffer.concat([Buffer.from('PK\x03\x04'), toFacts(entry), lengths, Buffer.from(entry.name)])
}

function toDirectory(entry: ZipEntry, start: number): Buffer {
  const rest = Buffer.alloc(18)
  rest.writeUInt16LE(entry.name.length, 0)
  rest.writeUInt32LE(start, 14)
  return Buffer.concat([Buffer.from('PK\x01\x02\x14\x00'), toFacts(entry), rest, Buffer.from(entry.name)])
}

function toEnd(directory: readonly Buffer[], start: number): Buffer {
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 0, 'latin1')
  end.writeUInt16LE(directory.length, 8)
  end.writeUInt16LE(directory.length, 10)
  end.writeUInt32LE(
    directory.reduce((sum, { length }) => sum + length, 0),
    12,
  )
  end.writeUInt32LE(start, 16)
  return end
}
