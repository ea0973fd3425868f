import { createReadStream, statSync } from 'node:fs'
import { LineProtocolParser, type ParsedLine } from '../point/line-protocol.ts'

/** A data file that cannot be read; the message says why. */
export class DataFileError extends Error {}

/**
 * Reads the data file as it stands now, piece by piece: it may be larger than memory.
 * @throws DataFileError
 */
export async function* readDataFile(path: string | undefined): AsyncGenerator<ParsedLine[]> {
  if (path === undefined) return
  const size = readSize(path)
  if (size === 0) return
  const parser = new LineProtocolParser()
  const decoder = new TextDecoder()
  // What is still being written is not ours: the end is where it was when reading began.
  for await (const chunk of createReadStream(path, { end: size - 1, highWaterMark: 256 * 1024 })) {
    yield parser.push(decoder.decode(chunk as Buffer, { stream: true }))
  }
  yield parser.push(decoder.decode())
  yield parser.end()
}

function readSize(path: string): number {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) throw new DataFileError(`the data file ${path} is gone`)
  if (!stats.isFile()) throw new DataFileError(`the data file ${path} is no file any more`)
  return stats.size
}
