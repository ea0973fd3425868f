import { isUtf8 } from 'node:buffer'
import { maxLineBytes } from '../limits.ts'

/** An unfinished line of up to this many bytes may still turn out to be UTF-16. */
const shortest = 64

/** The number of bytes of a line that are examined to find its encoding. */
const lookedAt = 4096

const newline = 10

/**
 * Converts lines of UTF-16 among lines of UTF-8 to UTF-8: Windows PowerShell's `>>` and Out-File append UTF-16, with a byte order mark
 * only if the file was empty. NUL identifies them: lines of UTF-8 have none, and every second byte of ASCII in UTF-16 is one.
 */
export class Utf16Lines {
  private carry: Buffer = Buffer.alloc(0)

  /** Returns the lines that are complete so far. */
  push(chunk: Buffer): Buffer {
    const bytes = this.carry.length === 0 ? chunk : Buffer.concat([this.carry, chunk])
    const start = bytes.lastIndexOf(newline) + 1
    const tail = bytes.subarray(start)
    const isOpen = tail.length < shortest || (mayBeUtf16(tail) && tail.length < maxLineBytes)
    if (!bytes.includes(0)) {
      this.carry = isOpen ? tail : Buffer.alloc(0)
      return isOpen ? bytes.subarray(0, start) : bytes
    }
    if (start === 0 && isOpen) {
      this.carry = bytes
      return Buffer.alloc(0)
    }
    const { parts, rest } = convert(bytes, !isOpen)
    this.carry = rest
    return Buffer.concat(parts)
  }

  end(): Buffer {
    const { parts } = convert(this.carry, true)
    this.carry = Buffer.alloc(0)
    return Buffer.concat(parts)
  }
}

/** Converts line by line; an unfinished line is left over unless this is the end. */
function convert(bytes: Buffer, isFinal: boolean): { parts: Buffer[]; rest: Buffer } {
  const parts: Buffer[] = []
  let at = 0
  while (at < bytes.length) {
    const encoding = findEncoding(bytes, at)
    const end = encoding === 'utf8' ? bytes.indexOf(newline, at) + 1 : findEnd(bytes, at, encoding, isFinal)
    // The byte after a line break may belong to it.
    const isWhole = end > 0 && (end < bytes.length || isFinal)
    if (!isWhole && !isFinal) break
    const line = bytes.subarray(at, isWhole ? end : bytes.length)
    parts.push(encoding === 'utf8' ? line : Buffer.from(decode(line, encoding)))
    at += line.length
    // The second byte of the line break, if the line begins in one encoding and ends in the other.
    if (encoding === 'utf8' && line.includes(0) && bytes[at] === 0) at++
  }
  return { parts, rest: bytes.subarray(at) }
}

type Encoding = 'utf8' | 'utf-16le' | 'utf-16be'

function findEncoding(bytes: Buffer, at: number): Encoding {
  const [first, second] = [bytes[at], bytes[at + 1]]
  if (first === 0xff && second === 0xfe) return 'utf-16le'
  if (first === 0xfe && second === 0xff) return 'utf-16be'
  const found = bytes.indexOf(newline, at)
  const line = bytes.subarray(at, found < 0 ? bytes.length : found)
  if (!line.includes(0)) return 'utf8'
  if (line.length % 2 === 0 && found >= 0 && bytes[found + 1] === 0 && first !== 0) return 'utf-16le'
  if (line.length % 2 === 1 && found >= 0 && bytes[found - 1] === 0 && first === 0) return 'utf-16be'
  const [even, odd] = countNuls(line)
  // At least a quarter of a line is ASCII, such as names, signs and numbers; a few other characters have a NUL on the other side.
  if (odd > 4 * even && odd * 8 >= Math.min(line.length, lookedAt)) return 'utf-16le'
  return even > 4 * odd && first === 0 && even * 8 >= Math.min(line.length, lookedAt) ? 'utf-16be' : 'utf8'
}

function mayBeUtf16(tail: Buffer): boolean {
  return tail.includes(0) || (tail[0] ?? 0) >= 0xfe
}

function countNuls(line: Buffer): [even: number, odd: number] {
  const bytes = line.subarray(0, lookedAt)
  const counts: [number, number] = [0, 0]
  for (let at = bytes.indexOf(0); at >= 0; at = bytes.indexOf(0, at + 1)) counts[at % 2 === 0 ? 0 : 1]++
  return counts
}

/** The position after the end of the line; 0 if it has not ended yet. */
function findEnd(bytes: Buffer, start: number, encoding: Exclude<Encoding, 'utf8'>, isFinal: boolean): number {
  const low = encoding === 'utf-16le' ? 0 : 1
  for (let at = bytes.indexOf(newline, start); at >= 0; at = bytes.indexOf(newline, at + 1)) {
    if ((at - start) % 2 !== low) continue
    if (low === 1) {
      if (bytes[at - 1] === 0) return at + 1
    } else if (at + 1 === bytes.length) {
      return 0
    } else if (bytes[at + 1] === 0) {
      return at + 2
    } else {
      const found = bytes.indexOf(newline, at + 1)
      if (found < 0 && !isFinal) return 0
      // Not a byte of a character such as U+4E0A, but the line break of another shell, with another line after it.
      if (isLine(bytes.subarray(at + 1, found < 0 ? bytes.length : found))) return at
    }
  }
  return 0
}

/** Whether these bytes may be a line of line protocol: blank, a comment, or with NULs only as in UTF-16. */
function isLine(bytes: Buffer): boolean {
  const [even, odd] = countNuls(bytes)
  if (even + odd > 0) return odd >= 4 * even
  if (!isUtf8(bytes)) return false
  return bytes.length === 0 || bytes[0] === 13 || bytes[0] === 35 || (bytes.includes(' ') && bytes.includes('='))
}

function decode(line: Buffer, encoding: Exclude<Encoding, 'utf8'>): string {
  return new TextDecoder(encoding).decode(line)
}
