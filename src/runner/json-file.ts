import { closeSync, readSync } from 'node:fs'
import {
  explainJson,
  findEncoding,
  isJsonLine,
  type JsonLine,
  type JsonProblem,
  parseJsonText,
  toLineProblem,
} from '../build/json-text.ts'
import { maxJsonFileBytes, readBytes } from '../limits.ts'
import { openRegular } from './open-regular.ts'

/** A file that cannot be read, or is not JSON; the message is a clause. */
export class JsonFileError extends Error {}

/**
 * Reads a file of JSON: one value, or any number of lines with one value each.
 * @throws JsonFileError
 */
export function* readJsonFile(path: string): Generator<JsonLine | JsonProblem> {
  const { file, size } = open(path)
  try {
    yield* readValues(readPieces(file), size)
  } finally {
    closeSync(file)
  }
}

function open(path: string): { file: number; size: number } {
  try {
    const opened = openRegular(path)
    if (opened !== undefined) return opened
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'ENOENT')
      throw new JsonFileError('does not exist: check the path, and that an earlier step has written the file')
    if (code !== 'EISDIR') throw new JsonFileError(`cannot be opened: ${message}`)
  }
  throw new JsonFileError('is not a file')
}

function* readPieces(file: number): Generator<string> {
  const buffer = Buffer.allocUnsafe(readBytes)
  let decoder: InstanceType<typeof TextDecoder> | undefined
  for (;;) {
    const bytes = buffer.subarray(0, readSync(file, buffer))
    decoder ??= new TextDecoder(findEncoding(bytes))
    if (bytes.length === 0) break
    yield decoder.decode(bytes, { stream: true })
  }
  yield decoder.decode()
}

/** If the first line is a complete value, each line must be one. */
function* readValues(pieces: Iterable<string>, size: number): Generator<JsonLine | JsonProblem> {
  let isLines: boolean | undefined
  let number = 0
  let pending: string[] = []
  let length = 0
  for (const piece of pieces) {
    pending.push(piece)
    length += piece.length
    if (isLines !== false && piece.includes('\n')) {
      const lines = pending.join('').split('\n')
      const rest = lines.pop() ?? ''
      const first = lines.find((line) => line.trim() !== '')
      if (first !== undefined) isLines ??= isJsonLine(first)
      if (isLines) {
        for (const line of lines) {
          number++
          if (line.trim() !== '') yield parseLine(line, number)
        }
        pending = [rest]
        length = rest.length
      }
    }
    if (length > maxJsonFileBytes) {
      throw new JsonFileError(
        isLines
          ? `has a line of more than ${maxJsonFileBytes} characters`
          : `has ${size} bytes, and a single JSON value may have at most ${maxJsonFileBytes}: write one value per line, then the file may have any size`,
      )
    }
  }
  const text = pending.join('')
  if (isLines) {
    if (text.trim() !== '') yield parseLine(text, number + 1)
    return
  }
  if (text.trim() === '') throw new JsonFileError('is empty')
  try {
    yield { value: parseJsonText(text) }
  } catch (error) {
    throw new JsonFileError(
      `is neither JSON nor one JSON value per line (as "jq -c" writes them): ${explainJson(error as Error)}`,
    )
  }
}

function parseLine(text: string, line: number): JsonLine | JsonProblem {
  try {
    return { value: parseJsonText(text), line }
  } catch (error) {
    return toLineProblem(error as Error, line)
  }
}
