import { countOf } from '../build/quantity.ts'
import type { Log } from '../runner/log.ts'
import type { Written } from '../storage/storage.ts'

/** How much of a line and of the server's reason the log shows. */
const maxLine = 10_000
const maxReason = 500

/** Shows the first points that a storage refused for good, each with the reason: they are stored nowhere else. */
export function printLostLines(
  storages: readonly (Pick<Written, 'lost' | 'lostLines'> & { readonly name: string })[],
  log: Pick<Log, 'printGroup' | 'redact'>,
): void {
  // Secrets are removed before the text is cut: a part of one would remain.
  const cut = (text: string, length: number) => log.redact(text).slice(0, length).toWellFormed()
  for (const { name, lost, lostLines = [] } of storages) {
    if (lostLines.length === 0) continue
    const first = lostLines.length < lost ? `the first ${lostLines.length} of ` : ''
    const title = `Build Stats: ${first}${countOf(lost, 'point')} that ${name} does not accept, and why`
    const lines = lostLines.map(
      ({ line, reason }) => `${cut(line, maxLine)}\n# ${cut(reason.replace(/\s+/g, ' '), maxReason)}\n`,
    )
    log.printGroup(title, lines.join(''))
  }
}
