import { closeSync, openSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { unzipFiles } from '../artifact/unzip.ts'
import { formatBytes } from '../build/quantity.ts'
import type { Artifact, Artifacts } from '../github/artifacts.ts'
import { maxUnpackedBytes, maxZipBytes } from '../limits.ts'
import type { Runner } from '../runner/runner.ts'
import { makeTempFolder } from '../runner/temp-folder.ts'
import { openKeptReader } from './kept-reader.ts'
import type { Sender } from './sender.ts'
import type { Left, Waiting } from './waiting.ts'

/** The prefix of the names of artifacts with kept points. */
export const unsentPrefix = 'build-stats-unsent-'

const names = /^unsent-\d{1,4}\.lp$/

/** An artifact that is left unchanged, and a clause that says why. */
export interface LeftArtifact {
  readonly place: string
  readonly why: string
}

/**
 * Offers the files of artifacts to the sender. An artifact is deleted when all its points were accepted.
 * @param signal ends unpacking
 * @returns the artifacts that were not read, or not deleted
 */
export async function offerArtifacts(
  list: readonly Artifact[],
  artifacts: Artifacts,
  sender: Sender,
  { env, log }: Runner,
  signal: AbortSignal,
): Promise<LeftArtifact[]> {
  const left: LeftArtifact[] = []
  let openBytes = 0
  for (const artifact of rotate(list, Number(env.GITHUB_RUN_NUMBER) || 0)) {
    const place = `the artifact ${artifact.name}`
    const leave = (why: string) => void left.push({ place, why })
    const end = sender.findEnd()
    if (end !== undefined) {
      leave(end)
      continue
    }
    // Each artifact has its own folder, so that a failure does not affect the next artifact.
    let folder: string | undefined
    try {
      folder = makeTempFolder(env, 'build-stats-replay-')
      await offerOne(artifact, place, folder)
    } catch (error) {
      leave((error as Error).message)
      if (folder !== undefined) rmSync(folder, { recursive: true, force: true })
    }
  }
  return left

  async function offerOne(artifact: Artifact, place: string, folder: string): Promise<void> {
    if (openBytes > maxUnpackedBytes)
      throw new Error('the artifacts that are being sent already take up the space that a replay may use')
    if (artifact.bytes > maxZipBytes) throw new Error(`it is larger than ${formatBytes(maxZipBytes)}`)
    const zip = await artifacts.download(artifact, maxZipBytes)
    const files = await unzipFiles(
      zip,
      (name, index) => {
        if (!names.test(name))
          throw new Error(`it contains the file ${JSON.stringify(name)}, which this action did not write`)
        return join(folder, `${index}.lp`)
      },
      signal,
    )
    if (files.length === 0) throw new Error('it is empty')
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
    let open = files.length + 1
    let isLeft = false
    /** Call it once for each file; the last call ends the artifact. */
    async function close(isDone: boolean): Promise<string | undefined> {
      isLeft ||= !isDone
      open--
      if (open > 0) return undefined
      openBytes -= bytes
      rmSync(folder, { recursive: true, force: true })
      if (isLeft) return undefined
      try {
        await artifacts.delete(artifact)
        log.info(`All points of ${place} are sent; it is deleted.`)
        return undefined
      } catch (error) {
        return (error as Error).message
      }
    }
    // All files are checked first: an invalid file means that something else made the artifact.
    const waiting = files.map(({ name, path }): { one: Waiting; isClaimed: () => boolean } => {
      const file = openSync(path, 'r')
      try {
        const { header } = openKeptReader(file)
        let isClaimed = false
        const claim = () => {
          isClaimed = true
          const opened = openSync(path, 'r')
          const end = async ({ hasRest, refused }: Left) => {
            closeSync(opened)
            return await close(!hasRest && refused.length === 0)
          }
          return { reader: openKeptReader(opened), touch() {}, end }
        }
        return { one: { kind: 'artifact', place, header, claim }, isClaimed: () => isClaimed }
      } catch (error) {
        throw new Error(`file ${name}: ${(error as Error).message}`)
      } finally {
        closeSync(file)
      }
    })
    openBytes += bytes
    for (const { one, isClaimed } of waiting) {
      await sender.offer(one)
      if (!isClaimed()) await close(false)
    }
    const problem = await close(true)
    if (problem !== undefined) throw new Error(problem)
  }
}

/** Rotates the list, oldest first, by the run number, so that an artifact that always fails is not always first. */
function rotate<T>(list: readonly T[], runNumber: number): T[] {
  const from = list.length === 0 ? 0 : runNumber % list.length
  return [...list.slice(from), ...list.slice(0, from)]
}
