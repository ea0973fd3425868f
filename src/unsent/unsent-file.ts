import { closeSync, openSync } from 'node:fs'
import { maxShownBytes } from '../limits.ts'
import { formatHeader, type KeptHeader, type KeptWriter, openKeptWriter } from './kept-file.ts'

/** A file that collects the lines that a storage did not accept. */
export interface UnsentFile {
  readonly header: KeptHeader
  /** Undefined if there are no lines. */
  readonly path: string | undefined
  readonly lines: number
  readonly bytes: number
  /** The part of the file that a log can show, in whole lines: its bytes and lines. */
  readonly shown: { readonly bytes: number; readonly lines: number }
  /** Why lines could not be written to the file, and how many. */
  readonly failure: { readonly reason: string; readonly lines: number } | undefined
  /** Those of these lines that a log can show, which needs no disk. */
  readonly held?: readonly string[]
  add(lines: readonly string[]): void
  /**
   * Finishes the file, so that it can be kept unchanged.
   * @throws Error of node:fs
   */
  seal(): void
}

/**
 * Collects lines in a file of its own.
 * @param toPath called when the first lines are added: no file is created before
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
      // Readable by its owner only: its statistics are meant for the database.
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
