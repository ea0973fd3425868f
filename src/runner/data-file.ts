import { createReadStream, existsSync, mkdtempSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { LineProtocolParser, type ParsedLine } from '../point/line-protocol.ts'

/** Makes the empty file that steps append to, or keeps the one that an earlier step of the job made. */
export function createDataFile(env: NodeJS.ProcessEnv): string {
  const earlier = env.BUILD_STATS
  if (earlier !== undefined && earlier !== '' && existsSync(earlier)) return earlier
  const file = join(mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'build-stats-')), 'data.lp')
  writeFileSync(file, '')
  return file
}

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
