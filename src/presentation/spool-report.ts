import { countOf } from '../build/quantity.ts'
import type { SentFile } from '../unsent/file-job.ts'
import type { SentSpool } from '../unsent/send-spool.ts'
import type { Answer } from '../unsent/server.ts'
import { explainConflicts, explainConversions } from './explain-conflict.ts'

/** The result of sending points that earlier jobs left in the spool. */
export interface Spooled {
  /** How many points of other jobs were sent. */
  readonly sent: number
  /** Why files were left: sentences. */
  readonly problems: readonly string[]
  /** Points of other jobs that are lost, and fields that were left out: sentences. */
  readonly losses: readonly string[]
}

export function toSpooled(spool: SentSpool, folder: string): Spooled {
  const { files, results } = spool
  return {
    sent: files.reduce((sum, { sent }) => sum + sent, 0),
    problems: [...explainLeft(files), ...explainPassedOver(spool, folder), ...explainChanges(results)],
    losses: [...explainLost(files), ...explainConflicts(results)],
  }
}

const maxShown = 5

/** One sentence for files that share a reason. */
function explainLeft(files: readonly SentFile[]): string[] {
  const reasons = [...Map.groupBy(files, ({ why }) => why)].filter(([why]) => why !== undefined)
  const more = reasons.length - maxShown
  return [
    ...reasons.slice(0, maxShown).map(([why, group]) => {
      const others = group.length > 1 ? ` and ${group.length - 1} more` : ''
      return `Left in the spool: ${nameOrigin(group[0])}${others}${countLines(group)}: ${why}.`
    }),
    ...(more > 0 ? [`Other files are left in the spool for ${more} more reasons.`] : []),
  ]
}

function explainLost(files: readonly SentFile[]): string[] {
  const lost = files.filter(({ whyLost }) => whyLost !== undefined)
  const count = (group: readonly SentFile[]) => group.reduce((sum, file) => sum + file.lost, 0)
  const more = lost.slice(maxShown)
  return [
    ...lost.slice(0, maxShown).map((file) => {
      return `${countOf(file.lost, 'point')} of ${nameOrigin(file)}, in the spool ${file.lost === 1 ? 'is' : 'are'} lost: ${file.whyLost}.`
    }),
    ...(more.length > 0
      ? [`${countOf(count(more), 'point')} of ${more.length} more files in the spool are lost.`]
      : []),
  ]
}

function nameOrigin(file: SentFile | undefined): string {
  return `${file?.header.builder}, run ${file?.header.run_id}`
}

function countLines(files: readonly SentFile[]): string {
  const lines = files.reduce((sum, { left = 0 }) => sum + left, 0)
  return lines === 0 ? '' : ` (${countOf(lines, 'point')})`
}

/** Changes that were needed for a storage to accept points, which are not errors: sentences. */
export function explainChanges(results: readonly Answer[]): string[] {
  return [
    ...explainConversions(results),
    ...results.flatMap(({ name, changes }) => [...changes].map((change) => `${name}: ${change}.`)),
  ]
}

/** Files that were skipped: a sentence. */
export function explainPassedOver({ passedOver }: Pick<SentSpool, 'passedOver'>, folder: string): string[] {
  const reasons = [...passedOver].map(([reason, count]) => `${count} ${reason}`)
  return reasons.length === 0 ? [] : [`Skipped in ${folder}: ${reasons.join(', ')}.`]
}
