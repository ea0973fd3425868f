import { isAbsolute } from 'node:path'
import { nameStorage } from '../action/edges.ts'
import type { StorageSettings } from '../action/storage-settings.ts'
import type { UnsentHeader } from './kept-file.ts'

/**
 * The storage that an unsent file is for: the one of its name, or else the one that the log names so. Where there is but one
 * InfluxDB, and the file's storage had no name, it is that one, so that a server may move.
 * @param redact what was done to names before they were stored
 */
export function matchStorage(
  { name, target }: UnsentHeader,
  storages: readonly StorageSettings[],
  redact: (text: string) => string,
): StorageSettings | undefined {
  const usable = storages.filter(isLasting)
  const named =
    name === undefined ? undefined : usable.find((one) => one.name !== undefined && redact(one.name) === name)
  const same = named ?? usable.find((one) => redact(nameStorage(one.target)) === target)
  if (same !== undefined || name !== undefined || target.startsWith('file ')) return same
  const servers = usable.filter(({ target }) => target.kind === 'influxdb')
  return servers.length === 1 ? servers[0] : undefined
}

/** A file in the workspace is gone with the job: what is put there is lost. */
function isLasting({ target }: StorageSettings): boolean {
  return target.kind === 'influxdb' || isAbsolute(target.name)
}

/** Why none is it, and what to give: a clause. */
export function explainUnmatched({ name, target }: UnsentHeader): string {
  const which = name === undefined ? target : `"${name}", ${target}`
  const how = name === undefined ? '' : ', or a config with a storage of this name'
  return `it is for ${which}: give the url, and the database or bucket, of that storage${how}`
}
