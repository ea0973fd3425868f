import { countOf } from '../build/quantity.ts'
import type { Log } from '../runner/log.ts'
import type { Written } from '../storage/storage.ts'

/** What a log shows of a line, and of what a server says of it. */
const maxLine = 10_000
const maxReason = 500

/** Shows the points that a storage refused for good, as nothing else will: the first of them, each with the reason. */
export function printLostLines(
  storages: readonly (Pick<Written, 'lost' | 'lostLines'> & { readonly name: string })[],
  log: Pick<Log, 'printGroup' | 'redact'>,
): void {
  // Secrets go first: a part of one that was cut would stay.
  const cut = (text: string, length: number) => log.redact(text).slice(0, length).toWellFormed()
  for (const { name, lost, lostLines = [] } of storages) {
    if (lostLines.length === 0) continue
    const first = lostLines.length < lost ? `the first ${lostLines.length} of ` : ''
    const title = `Build Stats: ${first}${countOf(lost, 'point')} that ${name} does not take, and why`
    const lines = lostLines.map(
      ({ line, reason }) => `${cut(line, maxLine)}\n# ${cut(reason.replace(/\s+/g, ' '), maxReason)}\n`,
    )
    log.printGroup(title, lines.join(''))
  }
}
