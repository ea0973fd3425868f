import type { Log } from '../runner/log.ts'
import type { Written } from '../storage/storage.ts'
import { countOf } from './outcome.ts'

/** Shows the points that a storage refused for good, as nothing else will: each with the reason, the first of them at least. */
export function printLostLines(
  storages: readonly (Pick<Written, 'lost' | 'lostLines'> & { readonly name: string })[],
  log: Pick<Log, 'printGroup'>,
): void {
  for (const { name, lost, lostLines = [] } of storages) {
    if (lostLines.length === 0) continue
    const first = lostLines.length < lost ? `the first ${lostLines.length} of ` : ''
    const title = `Build Stats: ${first}${countOf(lost, 'point')} that ${name} does not take, and why`
    log.printGroup(title, lostLines.map(({ line, reason }) => `${line}\n# ${reason.replace(/\s+/g, ' ')}\n`).join(''))
  }
}
