import { readClockMs } from '../clock.ts'
import {
  callbackPart,
  cancelledKeepMs,
  cancelledWriteMs,
  keepAfterReadingMs,
  keepPart,
  maxKeepMs,
  readAfterWritingMs,
} from '../limits.ts'
import { EndOfWriting, type Writing } from '../storage/storage.ts'

/** When the parts of a phase must end: the same for all storages, which run in parallel. */
export interface Deadlines extends Omit<Writing, 'unsent'> {
  /** Aborted when keeping must end, and with it the process. */
  readonly keepSignal: AbortSignal
}

/** The part of the timeout for all callbacks, and for the expressions that run in their process. */
export function toCallbackMs(timeoutMs: number): number {
  return timeoutMs * callbackPart
}

/** The part of the timeout that is reserved for uploading points that could not be written. */
export function toReserveMs(timeoutMs: number): number {
  return Math.min(maxKeepMs, timeoutMs * keepPart)
}

/**
 * Sets the clocks of a phase.
 * @param timeoutMs how long from now on points are written
 * @param reserveMs the part of it that is reserved for keeping points that could not be written
 * @param why a clause that says why writing ends then
 */
export function openDeadlines(
  timeoutMs: number,
  reserveMs: number,
  cancel: AbortSignal,
  why = 'the time ran out (input timeout)',
): Deadlines {
  const write = new AbortController()
  const read = new AbortController()
  const keep = new AbortController()
  let endMs = 0
  let timers: NodeJS.Timeout[] = []

  function set(writeMs: number, thenReadMs: number, thenKeepMs: number, reason: string): void {
    for (const timer of timers) clearTimeout(timer)
    endMs = readClockMs() + writeMs
    timers = [
      setTimeout(() => write.abort(new EndOfWriting(reason)), writeMs),
      setTimeout(() => read.abort(), writeMs + thenReadMs),
      setTimeout(() => keep.abort(), writeMs + thenReadMs + thenKeepMs),
    ]
  }

  const half = reserveMs / 2
  set(timeoutMs - reserveMs, Math.max(readAfterWritingMs, half), Math.max(keepAfterReadingMs, half), why)
  const onCancel = () => {
    const leftMs = Math.max(0, Math.min(cancelledWriteMs, endMs - readClockMs()))
    if (!write.signal.aborted) set(leftMs, readAfterWritingMs, cancelledKeepMs, 'the job was cancelled')
  }
  if (cancel.aborted) onCancel()
  else cancel.addEventListener('abort', onCancel, { once: true })
  return {
    signal: write.signal,
    readSignal: read.signal,
    keepSignal: keep.signal,
    remainingMs: () => Math.max(0, endMs - readClockMs()),
  }
}
