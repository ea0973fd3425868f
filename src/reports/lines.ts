import type { ReportParser } from './report.ts'

/** Passes each line of a text, without its line break, and its number to `take`, and then calls `finish`. */
export function readLines(take: (line: string, number: number) => void, finish: () => void): ReportParser {
  // The beginning of a line, in pieces that are joined only once.
  let begun: string[] = []
  let number = 0
  const handOver = (end: string) => {
    const line = begun.length === 0 ? end : begun.join('') + end
    begun = []
    take(line.endsWith('\r') ? line.slice(0, -1) : line, ++number)
  }
  return {
    write(text) {
      let from = 0
      for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
        handOver(text.slice(from, to))
        from = to + 1
      }
      if (from < text.length) begun.push(text.slice(from))
    },
    end() {
      if (begun.length > 0) handOver('')
      finish()
    },
  }
}
