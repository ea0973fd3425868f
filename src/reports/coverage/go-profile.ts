import { readLines } from '../lines.ts'
import { type FileCoverage, type ReportFormat, ReportProblem } from '../report.ts'
import { quote } from './file-hits.ts'

/**
 * The profile of `go test -coverprofile`: a block a line. Go counts statements, so they stand for lines: the percentage is that of
 * `go tool cover`. With -coverpkg a block is there once a package that was tested; it counts once.
 */
export const goProfile: ReportFormat<FileCoverage> = {
  name: "Go's cover profile",
  recognizes: (head) => /^\s*mode: (?:set|count|atomic)\s/.test(head),
  open(emit) {
    const files = new Map<string, Map<string, { readonly statements: number; isCovered: boolean }>>()
    return readLines(
      (text, line) => {
        if (text.trim() === '' || text.startsWith('mode: ')) return
        const [, file, block, statements, count] = /^(.+):(\d+\.\d+,\d+\.\d+) (\d{1,9}) (\d+)$/.exec(text.trim()) ?? []
        if (file === undefined || block === undefined) {
          throw new ReportProblem(`${quote(text)} is not a block like "file.go:1.2,3.4 5 6"`, line)
        }
        const blocks = files.get(file) ?? new Map()
        files.set(file, blocks)
        const known = blocks.get(block) ?? { statements: Number(statements), isCovered: false }
        known.isCovered ||= Number(count) > 0
        blocks.set(block, known)
      },
      () => {
        for (const [file, blocks] of files) {
          const lines = { covered: 0, total: 0 }
          for (const { statements, isCovered } of blocks.values()) {
            lines.total += statements
            if (isCovered) lines.covered += statements
          }
          emit({ file, lines })
        }
      },
    )
  },
}
