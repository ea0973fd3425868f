import type { Build } from '../../build/build.ts'
import { formatDuration } from '../../build/quantity.ts'
import { presentResources, type ResourceParts } from '../../presentation/resources.ts'
import { addUse } from '../../resources/resources.ts'
import type { Runner } from '../../runner/runner.ts'
import { endSampler } from '../../runner/sampler/end-sampler.ts'
import type { State } from '../state.ts'

/** What a job used of its runner. */
export interface UsedResources {
  addTo(build: Build): Build
  /** For log and summary. */
  present(build: Build): ResourceParts | undefined
  readonly warnings: readonly string[]
}

/**
 * Ends the sampling process, and reads its samples. Never rejects: the build is complete without them.
 * @param clockMs when the job ended, by clock.ts
 */
export async function readResources(
  sampler: NonNullable<State['sampler']>,
  clockMs: number,
  { env, log }: Runner,
): Promise<UsedResources> {
  const ended = await endSampler(sampler, env.GITHUB_WORKSPACE).catch((error: Error) => {
    log.warning(`What this job used of its runner is not known, because of a defect in Build Stats: ${error.message}`)
    return undefined
  })
  if (ended === undefined) return { addTo: (build) => build, present: () => undefined, warnings: [] }
  const { samples, isEarly } = ended
  const [first, last] = [samples[0], samples.at(-1)]
  const warnings = isEarly ? [explainEarly(first && last && (last.atMs - first.atMs) / 1000)] : []
  return {
    addTo: (build) => addUse(build, samples, { clockMs, timeMs: build.endMs }, sampler.series),
    present: (build) => presentResources(build, log.redact),
    warnings,
  }
}

function explainEarly(seconds: number | undefined): string {
  const why = 'the sampling process was ended, its file was removed, or the disk was full'
  return seconds === undefined
    ? `What this job used of its runner is not known: ${why}.`
    : `What this job used of its runner is known only for its first ${formatDuration(seconds)}: ${why}.`
}
