import { printLostLines } from '../presentation/lost-lines.ts'
import { type Spooled, toSpooled } from '../presentation/spool-report.ts'
import type { Settings } from '../settings/settings.ts'
import type { StorageSettings } from '../settings/storages.ts'
import type { WrittenTo } from '../storage/open-storage.ts'
import { sendSpool } from '../unsent/send-spool.ts'
import type { Deadlines } from './deadlines.ts'
import type { Outside } from './phase.ts'

/** Sends what earlier jobs left in the spool. Problems are reported and affect nothing else. */
export async function sendSpooled(
  storages: readonly { readonly settings: StorageSettings; readonly outcome: WrittenTo }[],
  settings: Settings,
  outside: Outside,
  deadlines: Deadlines,
): Promise<Spooled> {
  const { spool = '' } = settings
  try {
    const sent = await sendSpool(storages, settings, outside, deadlines)
    printLostLines(sent.results, outside.runner.log)
    return toSpooled(sent, spool)
  } catch (error) {
    return { sent: 0, problems: [`The spool ${spool} could not be sent: ${(error as Error).message}.`], losses: [] }
  }
}
