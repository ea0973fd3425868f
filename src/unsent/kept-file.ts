import { appendFileSync } from 'node:fs'

/** Of which storage and build the lines of an unsent file are. */
export interface UnsentHeader {
  /** The user's name of the storage. */
  readonly name?: string
  /** The storage as the log names it. */
  readonly target: string
  readonly builder: string
  readonly run_id: string
  readonly attempt: string
}

/** Lines that a storage did not take, as they are collected in a file. */
export interface UnsentFile {
  /** Undefined where there are no lines. */
  readonly path: string | undefined
  readonly lines: number
  /** How much of the file a log can show, whole lines: bytes and how many lines these are. */
  readonly shown: { readonly bytes: number; readonly lines: number }
  /** Why lines could not even be put into the file, and how many. */
  readonly failure: { readonly reason: string; readonly lines: number } | undefined
  add(lines: readonly string[]): void
}

/** What a log shows at most, in bytes. */
const maxShownBytes = 2_000_000

const mark = '# build-stats unsent '

/** The first line of the file, a comment of line protocol. */
export function formatHeader(header: UnsentHeader): string {
  return `${mark}${JSON.stringify({ version: 1, ...header })}\n`
}

/** The header of a file's first line; undefined where it is none, or of a version that is not known. */
export function parseHeader(line: string): UnsentHeader | undefined {
  if (!line.startsWith(mark)) return undefined
  try {
    const json = JSON.parse(line.slice(mark.length)) as UnsentHeader & { version: unknown }
    const { name, target, builder, run_id, attempt } = json
    const texts = [name ?? '', target, builder, run_id, attempt]
    if (json.version !== 1 || texts.some((text) => typeof text !== 'string')) return undefined
    return { ...(name === undefined ? {} : { name }), target, builder, run_id, attempt }
  } catch {
    return undefined
  }
}

/**
 * Collects lines in a file of its own.
 * @param toPath asked when the first lines come: until then there is no file
 */
export function openUnsentFile(toPath: () => string, header: UnsentHeader): UnsentFile {
  let path: string | undefined
  let count = 0
  let isFull = false
  let shown = { bytes: 0, lines: 0 }
  let failure: { reason: string; lines: number } | undefined
  return {
    get path() {
      return path
    },
    get lines() {
      return count
    },
    get shown() {
      return shown
    },
    get failure() {
      return failure
    },
    add(lines) {
      if (lines.length === 0) return
      const head = count === 0 ? formatHeader(header) : ''
      const text = head + lines.map((line) => `${line}\n`).join('')
      try {
        path ??= toPath()
        // For the owner alone: whoever reads it reads statistics that are meant for the database.
        appendFileSync(path, text, { mode: 0o600 })
      } catch (error) {
        failure = { reason: (error as Error).message, lines: (failure?.lines ?? 0) + lines.length }
        return
      }
      if (count === 0) shown = { bytes: Buffer.byteLength(head), lines: 0 }
      count += lines.length
      for (const line of isFull ? [] : lines) {
        const bytes = shown.bytes + Buffer.byteLength(line) + 1
        isFull = bytes > maxShownBytes
        if (isFull) break
        shown = { bytes, lines: shown.lines + 1 }
      }
    },
  }
}
