import type { Json } from '../build/json.ts'
import { parseReportJson } from './json-text.ts'

/** The first JSON value of a text, as far as the text goes, and the text after it if it is complete. */
export interface JsonSample {
  readonly value: Json
  readonly rest: string
}

/**
 * Parses the beginning of a JSON report: unfinished lists and objects end where the text ends. So formats are recognised by
 * their keys, in any order.
 */
export function sampleJson(head: string): JsonSample | undefined {
  if (head !== last.head) last = { head, sample: readSample(head) }
  return last.sample
}

/** Every format checks the same beginning. */
let last: { head: string; sample: JsonSample | undefined } = { head: '', sample: undefined }

function readSample(head: string): JsonSample | undefined {
  if (!/^\s*[[{]/.test(head)) return undefined
  const open: string[] = []
  // The complete part, and the lists and objects that are open at its end.
  let end = 0
  let depth = 0
  structure.lastIndex = 0
  for (let found = structure.exec(head); found !== null; found = structure.exec(head)) {
    const [character] = found
    if (character.startsWith('"')) continue
    if (character === '[' || character === '{') open.push(character === '[' ? ']' : '}')
    else if (character !== ',' && open.pop() !== character) return undefined
    end = character === ',' ? found.index : structure.lastIndex
    depth = open.length
    if (depth === 0) break
  }
  try {
    const closed = `${head.slice(0, end)}${open.slice(0, depth).reverse().join('')}`
    return { value: parseReportJson(closed), rest: depth === 0 ? head.slice(end) : '' }
  } catch {
    return undefined
  }
}

const structure = /"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|[[\]{},]/gs
