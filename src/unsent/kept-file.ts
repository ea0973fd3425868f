import { fsyncSync, ftruncateSync, writeSync } from 'node:fs'
import type { Destination } from '../storage/kind.ts'
import { parseDestination } from './destination.ts'

/** The storage and the build that the lines of a kept file belong to. */
export interface KeptHeader {
  /** The user's name of the storage. */
  readonly name?: string
  readonly destination: Destination
  readonly builder: string
  readonly run_id: string
  readonly attempt: string
  /** How often its lines were refused together: each time, fewer of them are sent in one request. */
  readonly tries?: number
}

/** A header that was read from a file. */
export interface ReadHeader extends KeptHeader {
  /** The number of lines that follow; undefined if the file was not finished. */
  readonly lines?: number
}

/** Raised when an older release could misread the file: it then leaves the file for a newer one. */
const version = 2
const mark = '# build-stats unsent '
const endMark = '# build-stats end '

/** The header is written before the number of lines is known, so it leaves room for that number. */
const countWidth = 15

/** The first line of the file, a comment of line protocol. */
export function formatHeader(
  { name, destination, builder, run_id, attempt, tries = 0 }: KeptHeader,
  lines = 0,
): string {
  const json = JSON.stringify({
    version,
    ...(name === undefined ? {} : { name }),
    destination,
    builder,
    run_id,
    attempt,
    ...(tries === 0 ? {} : { tries }),
  })
  return `${mark}${json.slice(0, -1)},"lines":${String(lines).padStart(countWidth)}}\n`
}

/** The last line of a file that is whole. */
export function formatEnd(lines: number): string {
  return `${endMark}{"lines":${lines}}\n`
}

/** Parses the end mark of a file: its number of lines, and the length of the mark in bytes; undefined if there is none. */
export function parseEnd(tail: string): { readonly lines: number; readonly length: number } | undefined {
  const found = /(?:^|\n)(# build-stats end \{"lines":(\d+)\}\n)$/.exec(tail)
  return found === null ? undefined : { lines: Number(found[2]), length: found[1]?.length ?? 0 }
}

/** Parses the first line of a file; undefined if it is not a header, or has an unknown version. */
export function parseHeader(line: string): ReadHeader | undefined {
  if (!line.startsWith(mark)) return undefined
  try {
    const json = JSON.parse(line.slice(mark.length)) as Partial<Record<string, unknown>>
    const { name, builder, run_id, attempt, lines, tries } = json
    const isText = (value: unknown): value is string => typeof value === 'string'
    const destination = parseDestination(json.destination)
    if (json.version !== version || destination === undefined) return undefined
    if (!isText(name ?? '') || !isText(builder) || !isText(run_id) || !isText(attempt)) return undefined
    return {
      ...(isText(name) ? { name } : {}),
      destination,
      builder,
      run_id,
      attempt,
      ...(isCount(lines) && lines > 0 ? { lines } : {}),
      ...(isCount(tries) && tries > 0 ? { tries } : {}),
    }
  } catch {
    return undefined
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Writes a kept file. Text that did not fit on the disk is removed again as a whole. */
export interface KeptWriter {
  /** Bytes that were written to the file. */
  readonly bytes: number
  readonly lines: number
  /**
   * Appends whole lines: all of the text, or none of it.
   * @throws Error of node:fs
   */
  add(text: string | Uint8Array, lines: number): void
  /**
   * Writes the number of lines into the first line and into a last one. A file without both is treated as incomplete.
   * @throws Error of node:fs
   */
  seal(): void
}

/** @param file open for writing, and empty */
export function openKeptWriter(file: number, header: KeptHeader): KeptWriter {
  let bytes = 0
  let lines = 0
  let isSealed = false
  const append = (text: string | Uint8Array) => {
    const data = typeof text === 'string' ? Buffer.from(text) : text
    try {
      writeAll(file, data, bytes)
      bytes += data.length
    } catch (error) {
      cutBack(file, bytes)
      throw error
    }
  }
  return {
    get bytes() {
      return bytes
    },
    get lines() {
      return lines
    },
    add(text, count) {
      if (bytes === 0) append(formatHeader(header))
      append(text)
      lines += count
    },
    seal() {
      if (isSealed) return
      if (bytes === 0) append(formatHeader(header))
      append(formatEnd(lines))
      writeAll(file, Buffer.from(formatHeader(header, lines)), 0)
      fsyncSync(file)
      isSealed = true
    },
  }
}

function writeAll(file: number, data: Uint8Array, position: number): void {
  for (let at = 0; at < data.length; ) at += writeSync(file, data, at, data.length - at, position + at)
}

/** A line that was cut could be read as a different, valid line. */
function cutBack(file: number, bytes: number): void {
  try {
    ftruncateSync(file, bytes)
  } catch {
    // The next line overwrites it. If there is none, the end mark is missing and the file is treated as incomplete.
  }
}
