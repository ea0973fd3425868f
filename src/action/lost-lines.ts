import type { Log } from '../runner/log.ts'
import type { Written } from '../storage/storage.ts'

/** Shows the points that a storage refused for good, as nothing else will: each with the reason, the first of them at least. */
export function printLostLines(
  storages: readonly (Pick<Written, 'lost' | 'lostLines'> & { readonly name: string })[],
  log: Pick<Log, 'printGroup'>,
): void {
  for (const { name, lost, lostLines = [] } of storages) {
    if (lostLines.length === 0) continue
    const title = `Build Stats: ${lostLines.length} of ${lost} points that ${name} does not take, and why; they are not kept`
    log.printGroup(title, lostLines.map(({ line, reason }) => `${line}\n# ${reason.replace(/\s+/g, ' ')}\n`).join(''))
  }
}
