import type { ReadInput } from '../runner/input-names.ts'
import type { Settings } from '../settings/settings.ts'
import type { StorageSettings } from '../settings/storages.ts'
import { toDestination } from '../storage/kinds.ts'
import { nameStorage } from '../storage/open-storage.ts'
import { toKey } from '../unsent/destination.ts'

/** The variable through which Build Stats steps tell later ones of the same job where they write. */
export const stepsVariable = 'BUILD_STATS_STEPS'

/** The mark of a step that writes the summary. */
const summaryMark = 'summary'

/** Reads the marks of the job's earlier Build Stats steps. */
export function readMarks(env: NodeJS.ProcessEnv): string[] {
  return (env[stepsVariable] ?? '').split(',').filter((mark) => mark !== '')
}

/** The marks of a step: one for each storage, or one for `config` if the file is not checked out yet. A dry run has none. */
export function toMarks({ storages, summary, dryRun }: Settings, builder: string, read: ReadInput): string[] {
  if (dryRun) return []
  const places = storages.map((storage) => toMark(storage, builder))
  return [...(places.length === 0 ? [toConfigMark(read)] : places), ...(summary === false ? [] : [summaryMark])]
}

/**
 * The settings without what earlier steps of the job already do: two steps that write the same to one place would double every
 * point, and a job has one summary.
 * @param earlier marks of these steps
 * @param builder the build's name
 */
export function leaveToEarlier<T extends Settings>(
  settings: T,
  earlier: readonly string[],
  builder: string,
  read: ReadInput,
): { settings: T; repeated: readonly StorageSettings[] } {
  if (earlier.length === 0 || settings.dryRun) return { settings, repeated: [] }
  const isOfConfig = read('config') !== '' && earlier.includes(toConfigMark(read))
  const [repeated, storages] = [[] as StorageSettings[], [] as StorageSettings[]]
  for (const storage of settings.storages) {
    const isThere = isOfConfig || earlier.includes(toMark(storage, builder))
    ;(isThere ? repeated : storages).push(storage)
  }
  const summary = earlier.includes(summaryMark) ? false : settings.summary
  return { settings: { ...settings, storages, summary }, repeated }
}

/** A sentence for the owner of the job. */
export function explainRepeated(repeated: readonly StorageSettings[]): string {
  const names = repeated.map(({ name, target }) => name ?? nameStorage(target)).join(', ')
  return `An earlier Build Stats step of this job writes to ${names} in the same layout and measurement: this step writes nothing there.`
}

function toMark({ target, layout, builder }: StorageSettings, ofBuild: string): string {
  // In the Buildbot layout, every measurement begins with the builder.
  const measurement = layout.kind === 'native' ? layout.options.measurement : (builder ?? ofBuild)
  return hash([toKey(toDestination(target, (text) => text)), layout.kind, measurement])
}

function toConfigMark(read: ReadInput): string {
  return hash(['config', ...(['config', 'layout', 'measurement', 'builder'] as const).map(read)])
}

/** FNV-1a of 64 bits (draft-eastlake-fnv): node:crypto takes longer to load than the rest of main. */
function hash(parts: readonly string[]): string {
  let h = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(JSON.stringify(parts))) {
    h = BigInt.asUintN(64, (h ^ BigInt(byte)) * 0x100000001b3n)
  }
  return h.toString(16).padStart(16, '0')
}
