import { join } from 'node:path'
import type { Identity } from '../build/build.ts'
import type { RunCalls } from '../capture/callback.ts'
import type { DataReport } from '../capture/data-report.ts'
import { endPatienceMs } from '../limits.ts'
import { layOutStart } from '../point/start-point.ts'
import { readDataFile } from '../runner/read-data.ts'
import { makeTempFolder } from '../runner/temp-folder.ts'
import type { Settings } from '../settings/settings.ts'
import type { StorageSettings } from '../settings/storages.ts'
import { toDestination } from '../storage/kinds.ts'
import { openStorage, type WrittenTo, writeTo } from '../storage/open-storage.ts'
import { openUnsentFile, type UnsentFile } from '../unsent/unsent-file.ts'
import type { CapturedForStorage } from './capture-for.ts'
import type { LateFields } from './compare/late-fields.ts'
import type { Deadlines } from './deadlines.ts'
import { stepsVariable } from './earlier-steps.ts'
import { toStorageKey } from './known-storages.ts'
import type { Outside } from './phase.ts'
import { createPointStream } from './point-stream.ts'
import { listReportData, type Reports } from './reports/start-reading.ts'
import type { State } from './state.ts'

/** The result of writing the points to one storage. */
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
  readonly startIdentity: Identity
  readonly state: State | undefined
  readonly settings: Settings
  readonly runCallbacks: RunCalls
  readonly reports: Promise<Reports>
  readonly late: LateFields | undefined
}

/** Writes a build's points to all storages in parallel; points that a storage does not accept are put into a file. */
export async function writeBuild(
  captured: readonly CapturedForStorage[],
  { startIdentity, state, settings, runCallbacks, reports, late }: WriteBuildSources,
  outside: Outside,
  deadlines: Deadlines,
): Promise<WrittenBuild[]> {
  const { env, log } = outside.runner
  const hasPlace = settings.spool !== undefined || outside.upload !== undefined
  let folder: string | undefined
  const toPath = (index: number) => {
    folder ??= makeTempFolder(env, 'build-stats-unsent-')
    return join(folder, `unsent-${index + 1}.lp`)
  }

  async function writeOne(
    { storage: one, build, outputs, laidOut }: CapturedForStorage,
    index: number,
  ): Promise<WrittenBuild> {
    const storage = openStorage(one, settings, outside)
    const unsent = openUnsentFile(() => toPath(index), {
      ...(one.name === undefined ? {} : { name: log.redact(one.name) }),
      destination: toDestination(one.target, log.redact),
      builder: build.builder,
      run_id: `${build.runId ?? ''}`,
      attempt: `${build.attempt ?? ''}`,
    })
    const hasStart = state?.startWritten.includes(toStorageKey(one, index, log.redact)) ?? false
    // A start point that main could not write, or did not know where to write before a checkout. The layout is main's, since the point may exist nevertheless.
    // Without a state, main may have written it, and this one would be a second point.
    const isLate = settings.startPoint && !hasStart && (state !== undefined || env[stepsVariable] === undefined)
    const startMs = state?.startMs ?? build.startMs
    const start = isLate && startMs !== undefined ? layOutStart(startIdentity, startMs, one.layout) : undefined
    const points = [...(start === undefined ? [] : [start]), ...laidOut.points]
    const { batches, report } = createPointStream({
      build,
      rules: one.rules,
      layout: one.layout,
      points,
      row: one.layout.kind === 'native' ? laidOut.points[0] : undefined,
      late,
      watch: late?.watches[index],
      nextIndex: laidOut.points.length,
      outputs: outputs.captured,
      readReports: () => listReportData(reports, one.rules, build.builder),
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
