import { readLines } from '../lines.ts'
import { type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { findFile, quote } from './file-hits.ts'

/**
 * The profile of `go test -coverprofile`: one block per line. Go counts statements, which are reported as lines: the percentage is that of
 * `go tool cover`. With -coverpkg, a block is listed for each tested package; it counts once.
 */
export const goProfile: ReportFormat<FileCoverage> = {
  name: "Go's cover profile",
  recognizes: (head) => /^\s*mode: (?:set|count|atomic)\s/.test(head),
  open(emit) {
    /** The statements of each block of each file, negative while it is not covered. */
    const files = new Map<string, Map<number | string, number>>()
    return readLines(
      (text, line) => {
        if (text.trim() === '' || text.startsWith('mode: ')) return
        const [, file = '', block = '', statements, count] = blockLine.exec(text.trim()) ?? []
        if (count === undefined)
          throw new ReportProblem(`${quote(text)} is not a block like "file.go:1.2,3.4 5 6"`, line)
        const blocks = findFile(files, file, () => new Map<number | string, number>(), line)
        const key = toKey(block)
        if (Number(count) > 0) blocks.set(key, Number(statements))
        else if (!blocks.has(key)) blocks.set(key, -Number(statements))
      },
      () => {
        for (const [file, blocks] of files) {
          const lines = { covered: 0, total: 0 }
          for (const statements of blocks.values()) {
            lines.total += Math.abs(statements)
            lines.covered += Math.max(statements, 0)
          }
          emit({ file, lines })
        }
      },
    )
  },
}

const blockLine = /^(.+):(\d+\.\d+,\d+\.\d+) (\d{1,9}) (\d+)$/

/** A number takes a third of the memory of its text. Unusually large lines and columns stay text. */
function toKey(block: string): number | string {
  const [line = 0, column = 0, endLine = 0, endColumn = 0] = block.split(/[.,]/).map(Number)
  const lines = endLine - line
  if (line >= 2 ** 19 || column >= 2 ** 10 || lines < 0 || lines >= 2 ** 13 || endColumn >= 2 ** 10) return block
  return ((line * 2 ** 10 + column) * 2 ** 13 + lines) * 2 ** 10 + endColumn
}
