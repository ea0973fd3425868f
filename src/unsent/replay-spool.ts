import { basename } from 'node:path'
import type { Runner } from '../runner/runner.ts'
import type { UnsentHeader } from './kept-file.ts'
import type { Replayed } from './replay-report.ts'
import type { FileReplayer } from './sender.ts'
import { claimSpooled } from './spool-folder.ts'

/** Sends what lies in a spool folder, and removes each file of which everything was accepted. */
export async function replaySpool(
  folder: string,
  files: FileReplayer,
  dryRun: boolean,
  { log, now }: Runner,
): Promise<Replayed[]> {
  const replayed: Replayed[] = []
  const toOrigin = ({ builder, run_id }: UnsentHeader) => `${builder}, run ${run_id}`
  const isWanted = (header: UnsentHeader) => {
    const left = files.refuse(header)
    if (left === undefined) return true
    replayed.push({ kind: 'file', place: `a file in ${folder}`, of: toOrigin(header), points: 0, left })
    return false
  }
  for (const { path, header, release, remove } of claimSpooled(folder, isWanted, now())) {
    const place = `the file ${basename(path).replace(/\.lp\..*$/, '.lp')} in ${folder}`
    const { points, left } = await files.send(path, header, place)
    if (left === undefined && !dryRun) remove()
    else release()
    replayed.push({ kind: 'file', place, of: toOrigin(header), points, left })
    const fate = left === undefined && !dryRun ? 'removed' : 'left'
    log.info(`${points} points of ${place} sent; it is ${fate}.`)
  }
  return replayed
}
