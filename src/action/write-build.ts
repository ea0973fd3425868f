import { join } from 'node:path'
import type { Identity } from '../build/build.ts'
import type { RunCalls } from '../capture/callback.ts'
import { endPatienceMs } from '../limits.ts'
import { readDataFile } from '../runner/read-data.ts'
import { makeTempFolder } from '../runner/temp-folder.ts'
import type { Settings } from '../settings/settings.ts'
import type { StorageSettings } from '../settings/storage-settings.ts'
import { openStorage, type WrittenTo, writeTo } from '../storage/open-storage.ts'
import { toDestination } from '../unsent/destination.ts'
import { openUnsentFile, type UnsentFile } from '../unsent/unsent-file.ts'
import type { CapturedFor } from './capture-for.ts'
import type { Deadlines } from './deadlines.ts'
import { stepsVariable } from './earlier-steps.ts'
import type { Edges } from './edges.ts'
import { toStorageKey } from './known-storages.ts'
import { createPointStream, type DataReport } from './point-stream.ts'
import { toStartPointOf } from './start-point.ts'
import type { State } from './state.ts'

/** What became of the points that one storage was given. */
export interface WrittenBuild {
  readonly settings: StorageSettings
  readonly outcome: WrittenTo
  /** Whether main wrote the start point there. */
  readonly hasStart: boolean
  readonly data: DataReport
  readonly unsent: UnsentFile
}

export interface WriteBuildSources {
  /** The build as main knew it. */
  readonly early: Identity
  readonly state: State | undefined
  readonly settings: Settings
  readonly runCallbacks: RunCalls
}

/** Writes a build's points to all storages, side by side; what a storage does not take is in a file. */
export async function writeBuild(
  captured: readonly CapturedFor[],
  { early, state, settings, runCallbacks }: WriteBuildSources,
  edges: Edges,
  deadlines: Deadlines,
): Promise<WrittenBuild[]> {
  const { env, log } = edges.runner
  const hasPlace = settings.spool !== undefined || edges.upload !== undefined
  let folder: string | undefined
  const toPath = (index: number) => {
    folder ??= makeTempFolder(env, 'build-stats-unsent-')
    return join(folder, `unsent-${index + 1}.lp`)
  }

  async function writeOne(
    { storage: one, build, outputs, laidOut }: CapturedFor,
    index: number,
  ): Promise<WrittenBuild> {
    const storage = openStorage(one, settings, edges)
    const unsent = openUnsentFile(() => toPath(index), {
      ...(one.name === undefined ? {} : { name: log.redact(one.name) }),
      destination: toDestination(one.target, log.redact),
      builder: build.builder,
      run_id: `${build.runId ?? ''}`,
      attempt: `${build.attempt ?? ''}`,
    })
    const hasStart = state?.startWritten.includes(toStorageKey(one, index, log.redact)) ?? false
    // What main could not write, or would have lost to a checkout; laid out as main did, since it may be there all the same.
    // Without a state main may have written it, and the second one would be another.
    const isLate = settings.startPoint && !hasStart && (state !== undefined || env[stepsVariable] === undefined)
    const startMs = state?.startMs ?? build.startMs
    const late = isLate && startMs !== undefined ? toStartPointOf(one, early, startMs) : undefined
    const points = [...(late === undefined ? [] : [late]), ...laidOut.points]
    const { batches, report } = createPointStream({
      build,
      rules: one.rules,
      layout: one.layout,
      points,
      nextIndex: laidOut.points.length,
      outputs: outputs.captured,
      readData: () =>
        readDataFile(state?.dataFile ?? env.BUILD_STATS, deadlines.readSignal, (line) => log.redact(line) !== line),
      runCallbacks,
    })
    const writing = { ...deadlines, patienceMs: hasPlace ? endPatienceMs : undefined, unsent: unsent.add }
    const outcome = await writeTo(storage, batches, points.length, writing)
    return { settings: one, outcome, hasStart, data: report, unsent }
  }
  return await Promise.all(captured.map(writeOne))
}
