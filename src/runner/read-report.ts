import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { maxReportBytes, readBytes } from '../limits.ts'
import { ReportProblem } from '../reports/report.ts'

/**
 * Reads a report as text, in pieces, in any encoding. Links in its path are already resolved; a link that has replaced the file since is
 * not followed, and opening a pipe does not block.
 * @throws ReportProblem
 */
export async function* readReport(path: string, signal: AbortSignal): AsyncGenerator<string> {
  const file = await openReport(path)
  try {
    const stats = await file.stat()
    if (!stats.isFile()) throw new ReportProblem('it is not a file, but a pipe, a device or a folder')
    if (stats.size === 0) throw new ReportProblem('it is empty: the tool was stopped before it wrote its report')
    if (stats.size > maxReportBytes) throw new ReportProblem(explainSize(stats.size))
    let decoder: InstanceType<typeof TextDecoder> | undefined
    for (let at = 0; at < stats.size; ) {
      const buffer = Buffer.allocUnsafe(Math.min(readBytes, stats.size - at))
      const { bytesRead } = await readPiece(file, buffer, at)
      if (signal.aborted) throw new ReportProblem('reading reports took too long: name fewer or smaller files')
      if (bytesRead === 0) throw new ReportProblem('it became shorter while it was read')
      const bytes = buffer.subarray(0, bytesRead)
      decoder ??= openDecoder(bytes)
      at += bytesRead
      yield decoder.decode(bytes, { stream: true })
    }
    yield decoder?.decode() ?? ''
  } finally {
    await file.close()
  }
}

async function openReport(path: string): Promise<FileHandle> {
  const { O_RDONLY, O_NONBLOCK = 0, O_NOCTTY = 0, O_NOFOLLOW = 0 } = constants
  try {
    return await open(path, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW)
  } catch (error) {
    throw new ReportProblem(explainOpen(error as NodeJS.ErrnoException))
  }
}

function explainOpen({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case 'ENOENT':
      return 'it no longer exists'
    case 'EACCES':
    case 'EPERM':
      return `it may not be read by this runner (${code})`
    // It is a socket, or a device that does not exist.
    case 'ENXIO':
    case 'ENODEV':
    case 'ELOOP':
      return 'it is no longer a file'
    default:
      return `it cannot be opened: ${message}`
  }
}

async function readPiece(file: FileHandle, buffer: Buffer, at: number) {
  try {
    return await file.read(buffer, 0, buffer.length, at)
  } catch (error) {
    throw new ReportProblem(`it cannot be read: ${(error as Error).message}`)
  }
}

function explainSize(bytes: number): string {
  const toMib = (count: number) => `${Math.round(count / 2 ** 20)} MiB`
  return `it has ${toMib(bytes)}, and a report may have at most ${toMib(maxReportBytes)}: split it`
}

/** Finds the encoding by the byte order mark, by NULs as in UTF-16, or by the XML declaration; the default is UTF-8. */
function openDecoder(start: Buffer): InstanceType<typeof TextDecoder> {
  const [first, second] = start
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le')
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be')
  if (first !== undefined && first !== 0 && second === 0) return new TextDecoder('utf-16le')
  if (first === 0 && second !== 0) return new TextDecoder('utf-16be')
  const declared = /^\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]*)["']/.exec(start.toString('latin1', 0, 1000))?.[1]
  // A declaration that is readable as ASCII is not in UTF-16, even if it declares that.
  if (declared === undefined || /^utf-?16|^ucs-?2/i.test(declared)) return new TextDecoder()
  try {
    return new TextDecoder(declared)
  } catch {
    throw new ReportProblem(
      `its encoding ${JSON.stringify(declared.slice(0, 40))} is not supported: write the report in UTF-8`,
      1,
    )
  }
}
