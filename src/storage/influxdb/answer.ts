import { isObject } from '../../build/json.ts'

/** A line that an answer names by its number in the request, from 1, as v3 and QuestDB do. */
export interface Rejected {
  readonly line: number
  readonly reason: string
}

/** A server's answer to a write that it did not accept completely. */
export interface Answer {
  /** The message, decoded from JSON. */
  readonly text: string
  readonly rejected: readonly Rejected[]
  /** The number of dropped lines, if the answer states it. */
  readonly dropped: number | undefined
}

/** v3 lists at most this many lines: after a full list, further lines may have been rejected. */
const maxRejected = 100

/** Reads an answer in linear time. v1 and v3 use the key `error`, v2 `message`; a proxy may answer with anything. */
export function readAnswer(body: string): Answer {
  const json = parseCutJson(body)
  if (!isObject(json)) return { text: body, rejected: [], dropped: countDropped(body) }
  const said = json.error ?? json.message
  const inner = isObject(said) ? said.message : said
  const text = typeof inner === 'string' ? inner : body
  const rejected = (Array.isArray(json.data) ? json.data.filter(isObject) : []).map(
    ({ line_number: line, error_message: reason }) => ({
      line: Number(line),
      reason: typeof reason === 'string' ? reason : '',
    }),
  )
  if (Number.isInteger(json.line)) return { text, rejected: [toRejected(Number(json.line), text)], dropped: undefined }
  const isWhole = rejected.length > 0 && rejected.length < maxRejected
  return { text, rejected, dropped: isWhole ? rejected.length : countDropped(text) }
}

/** QuestDB names the first line that it could not read. */
function toRejected(line: number, text: string): Rejected {
  return {
    line,
    reason: text.replace(
      /^failed to parse line protocol:errors encountered on line\(s\):\s*(?:error in line \d+: )?/,
      '',
    ),
  }
}

/** A long answer is cut, and then ends inside a JSON string. */
function parseCutJson(body: string): unknown {
  for (const end of ['', '"}']) {
    try {
      return JSON.parse(end === '' ? body : `${body.replace(/\\(?:u[0-9a-f]{0,3})?$/i, '')}${end}`)
    } catch {
      // It is shown unchanged.
    }
  }
  return undefined
}

/**
 * v1 and v2 count lines that they could not store: ` dropped=2` at the end, or before ` for database: ci for retention policy: year`. Lines
 * that they could not parse are quoted instead, one after the other.
 */
function countDropped(text: string): number | undefined {
  if (!text.includes('partial write:')) return undefined
  const counts = [...text.matchAll(/ dropped=(\d+)/g)].reverse()
  const last = counts.find(({ index, 0: found }) => {
    const rest = text.slice(index + found.length, index + found.length + 15)
    return rest.trim() === '' || rest === ' for database: '
  })
  return last === undefined ? undefined : Number(last[1]) + text.split("unable to parse '").length - 1
}
