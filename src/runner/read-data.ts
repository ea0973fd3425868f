import { closeSync, read } from 'node:fs'
import { toInstant } from '../build/instant.ts'
import { maxLineBytes, readBytes } from '../limits.ts'
import { LineProtocolParser, type ParsedLine } from '../line-protocol/reader.ts'
import { openRegular } from './open-regular.ts'
import { devNull } from './system.ts'
import { Utf16Lines } from './utf16.ts'

/** A data file that cannot be read, or not to its end; the message says why. */
export class DataFileError extends Error {}

/**
 * Reads the data file up to its current end, in pieces: it may be larger than memory. Lines that were read are valid even if an error is
 * thrown afterwards.
 * @param signal ends reading with an error
 * @param isSecret whether a malformed line must not be quoted
 * @throws DataFileError
 */
export async function* readDataFile(
  path: string | undefined,
  signal?: AbortSignal,
  isSecret?: (line: string) => boolean,
): AsyncGenerator<ParsedLine[]> {
  // Main has reported that the file could not be created.
  if (path === undefined || path === devNull) return
  const { file, size } = openData(path)
  try {
    if (size === 0) return
    const text = new TextPieces()
    const parser = new LineProtocolParser(isSecret, 'data')
    const take = (lines: ParsedLine[]): ParsedLine[] => {
      text.look(lines)
      return lines.map(readTime)
    }
    let count = 0
    let sinceBreak = 0
    // Reads up to the end at the time of opening: a process may still be appending.
    for await (const chunk of readChunks(path, file, size)) {
      if (signal?.aborted) throw new DataFileError(`the data file ${path} was not read to its end within the timeout`)
      count += chunk.length
      sinceBreak = chunk.includes(10) ? 0 : sinceBreak + chunk.length
      if (sinceBreak > maxLineBytes) continue
      yield take(parser.push(text.decode(chunk)))
    }
    if (count < size) {
      throw new DataFileError(
        `the data file ${path} became shorter while it was read: only ${count} of ${size} bytes were read`,
      )
    }
    if (!text.endsLine) yield take(parser.push(text.decode(await readRestOfLine(path, file, size))))
    yield take(parser.push(text.end()))
    yield take(parser.end())
    if (text.hasReplaced) {
      throw new DataFileError(
        `the data file ${path} is not valid UTF-8; invalid bytes became U+FFFD (in PowerShell, append with Out-File -Encoding utf8 -Append, or use shell: pwsh)`,
      )
    }
  } finally {
    closeSync(file)
  }
}

/** Finds the unit of a time by its size; a line with a number that is too small is invalid, since it would be a point in 1970. */
function readTime(parsed: ParsedLine): ParsedLine {
  if ('problem' in parsed || parsed.record.timeNs === undefined) return parsed
  const { line, record } = parsed
  const timeNs = toInstant(parsed.record.timeNs)
  if (timeNs !== undefined) return timeNs === record.timeNs ? parsed : { line, record: { ...record, timeNs } }
  const problem = `not a time since 2001 in seconds, milliseconds, microseconds or nanoseconds: "${record.timeNs}"`
  return { line, problem }
}

function openData(path: string): { file: number; size: number } {
  let opened: ReturnType<typeof openRegular>
  try {
    opened = openRegular(path, 'never')
  } catch (error) {
    throw new DataFileError(`the data file ${path} ${explainOpen(error as NodeJS.ErrnoException)}`)
  }
  if (opened === undefined) throw new DataFileError(`the data file ${path} is no longer a file`)
  return opened
}

function explainOpen({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return 'no longer exists'
    case 'ELOOP':
      return 'is a symbolic link, which is not followed: it could point to any file of this machine'
    // It is a socket, or a device that does not exist.
    case 'ENXIO':
    case 'ENODEV':
    case 'EISDIR':
      return 'is no longer a file'
    case 'EACCES':
    case 'EPERM':
      return `may not be read by this runner (${code})`
    default:
      return `cannot be read: ${message}`
  }
}

async function* readChunks(path: string, file: number, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; ) {
    const chunk = await readAt(path, file, Buffer.allocUnsafe(Math.min(readBytes, size - at)), at)
    if (chunk.length === 0) return
    at += chunk.length
    yield chunk
  }
}

function readAt(path: string, file: number, buffer: Buffer, at: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    read(file, buffer, 0, buffer.length, at, (error, length) => {
      if (error) reject(new DataFileError(`the data file ${path} cannot be read: ${error.message}`))
      else resolve(buffer.subarray(0, length))
    })
  })
}

/** If the end was inside a line, reads the rest of that line: a number that is cut short is a different number. */
async function readRestOfLine(path: string, file: number, size: number): Promise<Buffer> {
  const rest = await readAt(path, file, Buffer.alloc(maxLineBytes), size)
  const end = rest.indexOf(10)
  return end < 0 ? rest : rest.subarray(0, end + 1)
}

const replacement = '\ufffd'
const replacementBytes = Buffer.from(replacement)

/** Decodes UTF-8 in pieces, with lines of UTF-16 among it, and detects records with invalid UTF-8. */
class TextPieces {
  endsLine = false
  hasReplaced = false
  private readonly decoder = new TextDecoder()
  private readonly lines = new Utf16Lines()
  private isOdd = false

  decode(chunk: Buffer): string {
    this.endsLine = chunk.at(-1) === 10
    return this.decodeUtf8(this.lines.push(chunk))
  }

  private decodeUtf8(chunk: Buffer): string {
    const text = this.decoder.decode(chunk, { stream: true })
    this.isOdd ||= text.includes(replacement) && !chunk.includes(replacementBytes)
    return text
  }

  end(): string {
    const rest = this.decodeUtf8(this.lines.end())
    const text = this.decoder.decode()
    this.isOdd ||= text !== ''
    return rest + text
  }

  /** Malformed lines are reported anyway. */
  look(lines: readonly ParsedLine[]): void {
    if (!this.isOdd || this.hasReplaced) return
    this.hasReplaced = lines.some((line) => 'record' in line && holdsReplacement(line))
  }
}

function holdsReplacement({ record }: Extract<ParsedLine, { record: unknown }>): boolean {
  const texts = [record.name, ...record.tags.flat(), ...record.fields.flat()]
  return texts.some((text) => typeof text === 'string' && text.includes(replacement))
}
