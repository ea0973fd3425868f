import type { Writing } from '../../src/storage/storage.ts'

export interface KeptWriting extends Writing {
  /** Lines that were handed over, in their order. */
  readonly kept: string[]
}

/**
 * What a storage is given beside its points: all the time there is, unless a test says otherwise. Half of `remainingMs` is the longest
 * wait between attempts, so that little of it makes a quick test.
 */
export function openWriting(changes: Partial<Omit<Writing, 'unsent'>> = {}): KeptWriting {
  const never = new AbortController().signal
  const kept: string[] = []
  const { signal = never, readSignal = never, remainingMs = () => 20 } = changes
  return { signal, readSignal, remainingMs, kept, unsent: (lines) => void kept.push(...lines) }
}
