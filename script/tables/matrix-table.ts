import { cases } from '../../test/service/matrix.ts'
import { servers } from '../../test/support/servers.ts'
import { toTable } from './markdown-table.ts'

/** What becomes of something on each server, as a test has seen it. */
export function toMatrixTable(): string {
  const names = servers.map(({ name }) => name)
  return toTable(
    ['', ...names],
    cases.map(({ what, cells }) => [what, ...names.map((name) => cells[name] ?? '')]),
  )
}
