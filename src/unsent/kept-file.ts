import { fsyncSync, ftruncateSync, writeSync } from 'node:fs'
import type { Destination } from '../storage/kind.ts'
import { parseDestination } from './destination.ts'

/** The storage and the build that the lines of a kept file belong to. */
export interface KeptHeader {
  /** The user's name of the storage. */
  readonly name?: string
  /** Files of version 1 have a text only. */
  readonly destination: Destination | string
  readonly builder: string
  readonly run_id: string
  readonly attempt: string
  /** How often its lines were refused together: each time, fewer of them are sent in one request. */
  readonly tries?: number
}

/** A header that was read from a file. */
export interface ReadHeader extends KeptHeader {
  /** How many lines follow; undefined where the file was not finished, or is of version 1. */
  readonly lines?: number
}

const mark = '# build-stats unsent '
const endMark = '# build-stats end '

/** Lines are counted when the last of them is known: their number has its place from the beginning. */
const countWidth = 15

/** The first line of the file, a comment of line protocol. */
export function formatHeader(
  { name, destination, builder, run_id, attempt, tries = 0 }: KeptHeader,
  lines = 0,
): string {
  const isOld = typeof destination === 'string'
  const json = JSON.stringify({
    version: isOld ? 1 : 2,
    ...(name === undefined ? {} : { name }),
    ...(isOld ? { target: destination } : { destination }),
    builder,
    run_id,
    attempt,
    ...(tries === 0 ? {} : { tries }),
  })
  // What is left of a file of version 1 is of version 1: where it belongs is not known any better.
  if (isOld) return `${mark}${json}\n`
  return `${mark}${json.slice(0, -1)},"lines":${String(lines).padStart(countWidth)}}\n`
}

/** The last line of a file that is whole. */
export function formatEnd(lines: number): string {
  return `${endMark}{"lines":${lines}}\n`
}

/** The number of lines of a file that ends so, and the length of what it ends in; undefined where it does not. */
export function parseEnd(tail: string): { readonly lines: number; readonly length: number } | undefined {
  const found = /(?:^|\n)(# build-stats end \{"lines":(\d+)\}\n)$/.exec(tail)
  return found === null ? undefined : { lines: Number(found[2]), length: found[1]?.length ?? 0 }
}

/** The header of a file's first line; undefined where it is none, or of a version that is not known. */
export function parseHeader(line: string): ReadHeader | undefined {
  if (!line.startsWith(mark)) return undefined
  try {
    const json = JSON.parse(line.slice(mark.length)) as Partial<Record<string, unknown>>
    const { version, name, builder, run_id, attempt, lines, tries } = json
    const isText = (value: unknown): value is string => typeof value === 'string'
    const destination = version === 1 ? json.target : version === 2 ? parseDestination(json.destination) : undefined
    if (!isText(destination) && (version === 1 || destination === undefined)) return undefined
    if (!isText(name ?? '') || !isText(builder) || !isText(run_id) || !isText(attempt)) return undefined
    return {
      ...(isText(name) ? { name } : {}),
      destination: destination as Destination | string,
      builder,
      run_id,
      attempt,
      ...(version === 2 && isCount(lines) && lines > 0 ? { lines } : {}),
      ...(isCount(tries) && tries > 0 ? { tries } : {}),
    }
  } catch {
    return undefined
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** A kept file that is being written; what a disk had no room for is not in it. */
export interface KeptWriter {
  /** Bytes that were written to the file. */
  readonly bytes: number
  readonly lines: number
  /**
   * Adds text of whole lines, or nothing of it.
   * @throws Error of node:fs
   */
  add(text: string | Uint8Array, lines: number): void
  /**
   * Says how many lines there are, in the first line and in a last one: without both, the file is treated as incomplete.
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

/** Half a line would be another line, or none. */
function cutBack(file: number, bytes: number): void {
  try {
    ftruncateSync(file, bytes)
  } catch {
    // The next line is written over it, and the end that says all is there is not.
  }
}
