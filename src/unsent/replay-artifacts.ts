import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unzipFiles } from '../artifact/unzip.ts'
import type { Artifact, Artifacts } from '../github/artifacts.ts'
import type { Runner } from '../runner/runner.ts'
import { parseHeader, type UnsentHeader } from './kept-file.ts'
import type { Replayed } from './replay-report.ts'
import type { FileReplayer } from './sender.ts'

/** What jobs name the artifacts of points that they could not write. */
export const unsentPrefix = 'build-stats-unsent-'

const names = /^unsent-\d{1,4}\.lp$/
const maxZipBytes = 64 * 1024 * 1024
/** Enough for a header. */
const headBytes = 16_384

interface UnsentText {
  readonly name: string
  readonly header: UnsentHeader
  readonly bytes: Uint8Array
}

/** Sends what the artifacts hold, oldest first, and deletes each of which everything was accepted. */
export async function replayArtifacts(
  list: readonly Artifact[],
  artifacts: Artifacts,
  files: FileReplayer,
  dryRun: boolean,
  { env, log }: Runner,
): Promise<Replayed[]> {
  const folder = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'build-stats-replay-'))
  // The name is ours: what a zip calls its files is no path here.
  const path = join(folder, 'unsent.lp')

  async function replayOne(artifact: Artifact, label: string): Promise<Omit<Replayed, 'kind' | 'place'>> {
    let texts: readonly UnsentText[] = []
    let points = 0
    const end = files.findEnd()
    if (end !== undefined) return { of: '', points, left: end }
    try {
      if (artifact.bytes > maxZipBytes) throw new Error(`it is longer than ${maxZipBytes} bytes`)
      texts = readTexts(await artifacts.download(artifact, maxZipBytes))
      const reasons: string[] = []
      for (const { name, header, bytes } of texts) {
        const refused = files.refuse(header)
        if (refused === undefined) writeFileSync(path, bytes, { mode: 0o600 })
        // Whether or not all of it can be sent: what is sent twice is there once.
        const replayed = refused === undefined ? await files.send(path, header, `${label}, ${name}`) : undefined
        points += replayed?.points ?? 0
        reasons.push(...[refused ?? replayed?.left].filter((why) => why !== undefined))
      }
      if (reasons.length > 0) return { of: toOrigin(texts), points, left: [...new Set(reasons)].join('; ') }
      if (!dryRun) await artifacts.delete(artifact)
      return { of: toOrigin(texts), points, left: undefined }
    } catch (error) {
      return { of: toOrigin(texts), points, left: (error as Error).message }
    }
  }

  try {
    const replayed: Replayed[] = []
    for (const [index, artifact] of list.entries()) {
      const place = `the artifact ${artifact.name}`
      const one = await replayOne(artifact, place)
      replayed.push({ kind: 'artifact', place, ...one })
      const fate = one.left === undefined ? (dryRun ? 'not deleted, since this is a dry run' : 'deleted') : 'left'
      log.info(`${index + 1} of ${list.length}: ${one.points} points of ${place} sent; it is ${fate}.`)
    }
    return replayed
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @throws Error where the zip is none that a job of this action made */
function readTexts(zip: Buffer): UnsentText[] {
  const others: string[] = []
  const found = unzipFiles(zip, (name) => {
    const isOurs = names.test(name)
    if (!isOurs) others.push(name)
    return isOurs
  })
  if (others.length > 0)
    throw new Error(`it holds the file ${JSON.stringify(others[0])}, which no job of this action made`)
  if (found.size === 0) throw new Error('it is empty')
  return [...found].map(([name, bytes]) => {
    const [line = ''] = Buffer.from(bytes.subarray(0, headBytes)).toString('utf8').split('\n', 1)
    const header = parseHeader(line)
    if (header === undefined) throw new Error(`${name} in it does not begin with a header that is known`)
    return { name, header, bytes }
  })
}

function toOrigin([first]: readonly UnsentText[]): string {
  return first === undefined ? '' : `${first.header.builder}, run ${first.header.run_id}`
}
