import { isUtf8 } from 'node:buffer'
import { fstatSync, readSync } from 'node:fs'
import type { DataRecord } from '../build/data.ts'
import { maxLineBytes } from '../limits.ts'
import { LineProtocolParser, type ParsedLine } from '../line-protocol/reader.ts'
import type { Point } from '../point/point.ts'
import { parseEnd, parseHeader, type ReadHeader } from './kept-file.ts'

/** Consecutive lines of a kept file. */
export interface Chunk {
  readonly points: readonly Point[]
  /** Lines that are not valid. */
  readonly bad: readonly { readonly line: number; readonly problem: string }[]
  /** The approximate number of bytes. */
  readonly bytes: number
}

/** Reads a kept file from front to back. An invalid line does not affect the others; an unfinished last line is dropped. */
export interface KeptReader {
  readonly header: ReadHeader
  /** Whether the job that wrote the file finished it. */
  readonly isWhole: boolean
  /** Lines that were not read yet; undefined if their number is unknown. */
  readonly left: number | undefined
  /** Lines that are missing; a lower bound if their number is unknown. */
  readonly missing: number
  /** Whether everything was read. */
  readonly isAtEnd: boolean
  /** Undefined at the end. */
  read(maxLines: number, maxBytes: number): Chunk | undefined
  /** Copies the lines that were not read yet, unchanged. Writes nothing if none is left. */
  copyRest(write: (bytes: Uint8Array, lines: number) => void): void
}

const pieceSize = 256 * 1024
const headBytes = 16_384
const tailBytes = 100

/** Reads the header of a file; undefined if it has no known header. */
export function readHeader(file: number): ReadHeader | undefined {
  const head = readAt(file, 0, headBytes)
  const end = head.indexOf(10)
  return end < 0 ? undefined : parseHeader(head.toString('utf8', 0, end))
}

/** @throws Error if it is not a kept file */
export function openKeptReader(file: number): KeptReader {
  const { size } = fstatSync(file)
  const header = readHeader(file)
  if (header === undefined) throw new Error('it does not begin with a known header')
  const end = parseEnd(readAt(file, Math.max(0, size - tailBytes), tailBytes).toString('latin1'))
  const isFinished = end !== undefined && end.lines === (header.lines ?? 0)
  /** The offset after the last complete line. */
  let endOfLines = isFinished ? size - end.length : size
  const parser = new LineProtocolParser()
  const waiting: ParsedLine[] = []
  let at = 0
  let open: Uint8Array = new Uint8Array()
  let isRead = false
  let hasOdd = false
  let isCut = false
  let given = 0

  function readMore(): void {
    const piece = readAt(file, at, Math.min(pieceSize, endOfLines - at))
    at += piece.length
    const bytes = open.length === 0 ? piece : Buffer.concat([open, piece])
    const lineEnd = bytes.lastIndexOf(10) + 1
    if (piece.length === 0) {
      isRead = true
      isCut = bytes.length > 0
      endOfLines = at - bytes.length
      waiting.push(...parser.end())
      return
    }
    const isTooLong = lineEnd === 0 && bytes.length > maxLineBytes
    open = isTooLong ? new Uint8Array() : bytes.subarray(lineEnd)
    const text = decode(isTooLong ? bytes : bytes.subarray(0, lineEnd))
    hasOdd ||= !text.isWellFormed()
    waiting.push(...parser.push(text))
  }

  /** Reads one line more than is returned: the rest of the file starts there. */
  function readAhead(count: number): void {
    while (waiting.length <= count && !isRead) readMore()
  }
  // An unfinished last line is detected at once.
  if (!isFinished && size > 0) isCut = readAt(file, size - 1, 1)[0] !== 10

  return {
    header,
    get isWhole() {
      return isFinished
    },
    get left() {
      return header.lines === undefined ? undefined : Math.max(0, header.lines - given)
    },
    get missing() {
      if (isFinished) return 0
      return header.lines === undefined ? Number(isCut) : Math.max(0, header.lines - given)
    },
    get isAtEnd() {
      return isRead && waiting.length === 0
    },
    read(maxLines, maxBytes) {
      const points: Point[] = []
      const bad: { line: number; problem: string }[] = []
      let bytes = 0
      for (let count = 0; count < maxLines && bytes < maxBytes; count++) {
        readAhead(1)
        const parsed = waiting.shift()
        if (parsed === undefined) break
        given++
        const point = toPoint(parsed, hasOdd)
        if (typeof point === 'string') bad.push({ line: parsed.line, problem: point })
        else points.push(point)
        bytes += 'record' in parsed ? measure(parsed.record) : 20
      }
      readAhead(1)
      return points.length + bad.length === 0 ? undefined : { points, bad, bytes }
    },
    copyRest(write) {
      readAhead(1)
      const [next] = waiting
      if (next === undefined) return
      const from = findLine(file, next.line)
      // If the number of lines is unknown, the file is read to its end to count them.
      if (!isFinished) while (!isRead) readMore()
      const lines = isFinished ? Math.max(1, (header.lines ?? 0) - given) : waiting.length
      for (let position = from; position < endOfLines; ) {
        const piece = readAt(file, position, Math.min(pieceSize, endOfLines - position))
        if (piece.length === 0) return
        write(piece, position === from ? lines : 0)
        position += piece.length
      }
    },
  }
}

/** Parses lines that a storage returned. */
export function toPoints(lines: readonly string[]): Point[] {
  const parser = new LineProtocolParser()
  const parsed = [...parser.push(lines.map((line) => `${line}\n`).join('')), ...parser.end()]
  return parsed.map((line) => toPoint(line, false)).filter((point) => typeof point !== 'string')
}

/** The point of a line, or a clause that says why it is invalid. */
function toPoint(parsed: ParsedLine, hasOdd: boolean): Point | string {
  if ('problem' in parsed) return parsed.problem
  const { name: measurement, tags, fields, timeNs } = parsed.record
  // Without a timestamp, each try would store another point.
  if (timeNs === undefined) return 'it has no timestamp'
  if (hasOdd && !isWellFormed(parsed.record)) return 'it is not valid UTF-8'
  return { measurement, tags, fields, timeNs }
}

function isWellFormed({ name, tags, fields }: DataRecord): boolean {
  return [name, ...tags.flat(), ...fields.flat()].every((text) => typeof text !== 'string' || text.isWellFormed())
}

/** Invalid UTF-8 becomes a lone surrogate, which valid UTF-8 cannot contain. */
function decode(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (isUtf8(buffer)) return buffer.toString('utf8')
  let text = ''
  for (let at = 0; at < buffer.length; ) {
    const lineEnd = buffer.indexOf(10, at)
    const end = lineEnd < 0 ? buffer.length : lineEnd + 1
    const line = buffer.subarray(at, end)
    text += isUtf8(line) ? line.toString('utf8') : line.toString('utf8').replaceAll('\ufffd', '\ud800')
    at = end
  }
  return text
}

/** The approximate length of a line in bytes, cheap to compute. */
function measure({ name, tags, fields }: DataRecord): number {
  let bytes = name.length + 24
  for (const [key, value] of tags) bytes += key.length + value.length + 2
  for (const [key, value] of fields) bytes += key.length + (typeof value === 'string' ? value.length : 16) + 2
  return bytes
}

/** The offset at which a line starts; lines count from 1. */
function findLine(file: number, number: number): number {
  let line = 1
  for (let at = 0; line < number; ) {
    const piece = readAt(file, at, pieceSize)
    if (piece.length === 0) return at
    for (let found = piece.indexOf(10); found >= 0; found = piece.indexOf(10, found + 1)) {
      line++
      if (line === number) return at + found + 1
    }
    at += piece.length
  }
  return 0
}

/** Reads as many bytes as the file has. */
function readAt(file: number, position: number, length: number): Buffer {
  const buffer = Buffer.allocUnsafe(Math.max(0, length))
  let at = 0
  while (at < buffer.length) {
    const count = readSync(file, buffer, at, buffer.length - at, position + at)
    if (count === 0) break
    at += count
  }
  return buffer.subarray(0, at)
}
