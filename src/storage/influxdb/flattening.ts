import { toLines, toRequest, type WriteRequest } from './requests.ts'
import type { Sent } from './sent.ts'

/** Lines of a request that are sent without the line breaks in their text, and are not counted yet. */
export interface Flattened {
  flattened: number
}

/** Replaces line breaks in text, for servers that do not accept them. */
export function openFlattening(sent: Sent, unsigned: 'u' | 'i') {
  let isOn = false
  return {
    /** Whether the server has accepted lines without line breaks: then all further requests are sent without them. */
    get isOn() {
      return isOn
    },
    /** The request without line breaks in text; undefined if it has none. */
    async flatten(request: WriteRequest, state: Flattened): Promise<WriteRequest | undefined> {
      const { flattenLine } = await import('./record.ts')
      const lines = toLines(request)
      const flat = lines.map((line) => flattenLine(line, unsigned))
      const count = flat.filter((line, index) => line !== lines[index]).length
      if (count === 0) return undefined
      state.flattened += count
      return toRequest(flat)
    },
    count(state: Flattened): void {
      if (state.flattened > 0) isOn = true
      sent.flattened += state.flattened
      state.flattened = 0
    },
  }
}
