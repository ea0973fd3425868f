import type { Build } from '../build/build.ts'
import { askMatches } from '../capture/ask-matches.ts'
import { applyCallbacks, type RunCalls } from '../capture/callback.ts'
import { type Captures, captureBuild, listNames } from '../capture/capture.ts'
import { type CapturedOutputs, captureOutputs } from '../capture/data.ts'
import { appliesTo } from '../capture/matching.ts'
import type { Rule } from '../capture/rules.ts'
import { layOutBuild } from '../point/layout.ts'
import { redactAnswers } from '../secrets/redact.ts'
import type { StorageSettings } from '../settings/storages.ts'

/** The statistics that a storage's rules captured from the build, and its points. */
export interface CapturedForStorage {
  readonly storage: StorageSettings
  /** The build under its builder name in that storage. */
  readonly build: Build
  readonly captures: Captures
  readonly outputs: CapturedOutputs
  readonly laidOut: ReturnType<typeof layOutBuild>
}

/** Captures for each storage; rules that several storages share, and their callbacks, run once. */
export async function captureForStorages(
  storages: readonly StorageSettings[],
  build: Build,
  runCallbacks: RunCalls,
): Promise<CapturedForStorage[]> {
  const buildFor = ({ builder = build.builder }: StorageSettings) => ({ ...build, builder })
  const byRules = new Map<readonly Rule[], Map<string, { captures: Captures; outputs: CapturedOutputs }>>()
  for (const storage of storages) {
    const { rules, layout } = storage
    const named = buildFor(storage)
    const byBuilder = byRules.get(rules) ?? new Map()
    byRules.set(rules, byBuilder)
    if (byBuilder.has(named.builder)) continue
    const run = layout.redact === undefined ? runCallbacks : redactAnswers(runCallbacks, layout.redact)
    const applying = rules.filter((rule) => appliesTo(rule, named.builder))
    const { known, misses } = await askMatches(applying, (rule) => listNames(named, rule), run)
    const found = captureBuild(named, rules, known)
    const captures = await applyCallbacks({ ...found, misses: [...misses, ...found.misses] }, run)
    byBuilder.set(named.builder, { captures, outputs: captureOutputs(named.builder, rules, build.properties) })
  }
  return storages.flatMap((storage) => {
    const named = buildFor(storage)
    const found = byRules.get(storage.rules)?.get(named.builder)
    return found === undefined
      ? []
      : [{ storage, build: named, ...found, laidOut: layOutBuild(named, found.captures, storage.layout) }]
  })
}
