import type { Tags } from '../build/data.ts'
import { backslash, type Cursor, comma, equals, space } from './cursor.ts'
import { Pairs } from './pairs.ts'
import { LineProblem } from './problem.ts'

// In measurement and tags, a comma, space or equals sign is part of the text when the character before is a backslash,
// and it does not matter what is before that one: `\\,` is a backslash and a comma.

/** Leaves the cursor at the comma or space after the measurement. */
export function scanMeasurement(cursor: Cursor): string | undefined {
  const { text, at, end } = cursor
  if (cursor.codeAt(at) === comma) return cursor.failWith('the measurement is missing', cursor.rest(at))
  for (let i = at + 1; i < end; i++) {
    const code = text.charCodeAt(i)
    if ((code !== comma && code !== space) || text.charCodeAt(i - 1) === backslash) continue
    cursor.at = i
    const raw = text.slice(at, i)
    if (!raw.includes('\\')) return raw
    // InfluxDB would report success, but not store the point.
    if (/\\\\[, ="]/.test(raw))
      return cursor.failWith('the measurement has two backslashes before a special character', raw)
    return raw.replace(/\\([, ="])/g, '$1')
  }
  return cursor.failWithoutFields()
}

/** Leaves the cursor at the space after the tags. */
export function scanTags(cursor: Cursor): Tags | undefined {
  const { text, end } = cursor
  const tags = new Pairs<string>()
  while (cursor.codeAt(cursor.at) === comma) {
    const from = cursor.at + 1
    if (isStop(cursor.codeAt(from))) return cursor.failWith('a tag has no name', cursor.rest(cursor.at))
    const middle = findStop(cursor, from + 1)
    if (middle === end || text.charCodeAt(middle) !== equals) {
      return cursor.failWith('a tag has no value', text.slice(from, middle))
    }
    const valueStart = middle + 1
    const first = cursor.codeAt(valueStart)
    if (first === space || first === comma) return cursor.failWith('a tag has no value', text.slice(from, valueStart))
    const to = findStop(cursor, valueStart + 1)
    if (to === end) return cursor.failWithoutFields()
    if (text.charCodeAt(to) === equals)
      return cursor.failWith('"=" in a tag value needs a backslash', cursor.rest(from))
    const key = unescapeTag(text.slice(from, middle))
    if (key === 'time') return cursor.fail(new LineProblem('a tag cannot be called "time"'))
    if (tags.indexOf(key) !== -1) return cursor.failWith('duplicate tag', key)
    tags.push(key, unescapeTag(text.slice(valueStart, to)))
    cursor.at = to
  }
  return tags.list
}

function isStop(code: number): boolean {
  return code === equals || code === comma || code === space
}

/** The end of the physical line, if there is none before. */
function findStop(cursor: Cursor, from: number): number {
  const { text, end } = cursor
  let i = from
  while (i < end && !(isStop(text.charCodeAt(i)) && text.charCodeAt(i - 1) !== backslash)) i++
  return Math.min(i, end)
}

function unescapeTag(raw: string): string {
  return raw.includes('\\') ? raw.replace(/\\([, =])/g, '$1') : raw
}
