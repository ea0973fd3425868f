import { closeSync, openSync } from 'node:fs'
import { maxShownBytes } from '../limits.ts'
import { formatHeader, type KeptHeader, type KeptWriter, openKeptWriter } from './kept-file.ts'

/** Lines that a storage did not take, as they are collected in a file. */
export interface UnsentFile {
  readonly header: KeptHeader
  /** Undefined where there are no lines. */
  readonly path: string | undefined
  readonly lines: number
  readonly bytes: number
  /** How much of the file a log can show, whole lines: bytes and how many lines these are. */
  readonly shown: { readonly bytes: number; readonly lines: number }
  /** Why lines could not even be put into the file, and how many. */
  readonly failure: { readonly reason: string; readonly lines: number } | undefined
  /** Lines of these that a log can show: it needs no disk. */
  readonly held?: readonly string[]
  add(lines: readonly string[]): void
  /**
   * Ends the file, so that it can be kept as it is.
   * @throws Error of node:fs
   */
  seal(): void
}

/**
 * Collects lines in a file of its own.
 * @param toPath asked when the first lines come: until then there is no file
 */
export function openUnsentFile(toPath: () => string, header: KeptHeader): UnsentFile {
  let path: string | undefined
  let opened: { readonly file: number; readonly writer: KeptWriter } | undefined
  let isFull = false
  let shown = { bytes: 0, lines: 0 }
  let failure: { reason: string; lines: number } | undefined
  const held: string[] = []
  let heldBytes = 0

  function hold(lines: readonly string[]): void {
    for (const line of lines) {
      heldBytes += Buffer.byteLength(line) + 1
      if (heldBytes > maxShownBytes) return
      held.push(line)
    }
  }

  function open(): KeptWriter {
    if (opened === undefined) {
      path ??= toPath()
      // For the owner alone: whoever reads it reads statistics that are meant for the database.
      const file = openSync(path, 'wx', 0o600)
      opened = { file, writer: openKeptWriter(file, header) }
    }
    return opened.writer
  }

  return {
    header,
    get path() {
      return path
    },
    get lines() {
      return opened?.writer.lines ?? 0
    },
    get bytes() {
      return opened?.writer.bytes ?? 0
    },
    get shown() {
      return shown
    },
    get failure() {
      return failure
    },
    held,
    add(lines) {
      if (lines.length === 0) return
      try {
        open().add(lines.map((line) => `${line}\n`).join(''), lines.length)
      } catch (error) {
        failure = { reason: (error as Error).message, lines: (failure?.lines ?? 0) + lines.length }
        hold(lines)
        return
      }
      if (shown.bytes === 0) shown = { bytes: Buffer.byteLength(formatHeader(header)), lines: 0 }
      for (const line of isFull ? [] : lines) {
        const bytes = shown.bytes + Buffer.byteLength(line) + 1
        isFull = bytes > maxShownBytes
        if (isFull) break
        shown = { bytes, lines: shown.lines + 1 }
      }
    },
    seal() {
      if (opened === undefined) return
      opened.writer.seal()
      closeSync(opened.file)
    },
  }
}
