import type { Build } from '../build/build.ts'
import { askMatches } from '../capture/ask-matches.ts'
import { applyCallbacks, type RunCalls, redactAnswers } from '../capture/callback.ts'
import { type Captures, captureBuild, listNames } from '../capture/capture.ts'
import { type CapturedOutputs, captureOutputs } from '../capture/data.ts'
import { appliesTo } from '../capture/matching.ts'
import type { Rule } from '../capture/rules.ts'
import { layOutBuild } from '../point/layout.ts'
import type { StorageSettings } from './storage-settings.ts'

/** What a storage's rules found in the build, and its points. */
export interface CapturedFor {
  readonly storage: StorageSettings
  readonly captures: Captures
  readonly outputs: CapturedOutputs
  readonly laidOut: ReturnType<typeof layOutBuild>
}

/** Captures for each storage; rules that several share are applied once, and their callbacks run once. */
export async function captureFor(
  storages: readonly StorageSettings[],
  build: Build,
  runCallbacks: RunCalls,
): Promise<CapturedFor[]> {
  const byRules = new Map<readonly Rule[], { captures: Captures; outputs: CapturedOutputs }>()
  for (const { rules, layout } of storages) {
    if (byRules.has(rules)) continue
    const run = layout.redact === undefined ? runCallbacks : redactAnswers(runCallbacks, layout.redact)
    const applying = rules.filter((rule) => appliesTo(rule, build.builder))
    const { known, misses } = await askMatches(applying, (rule) => listNames(build, rule), run)
    const found = captureBuild(build, rules, known)
    const captures = await applyCallbacks({ ...found, misses: [...misses, ...found.misses] }, run)
    byRules.set(rules, { captures, outputs: captureOutputs(build.builder, rules, build.properties) })
  }
  return storages.flatMap((storage) => {
    const found = byRules.get(storage.rules)
    return found === undefined
      ? []
      : [{ storage, ...found, laidOut: layOutBuild(build, found.captures, storage.layout) }]
  })
}
