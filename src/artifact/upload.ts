import { resolve } from 'node:path'

/**
 * Whether this job may upload artifacts. Steps that `run:` have no such token, old servers no such service, and
 * @actions/artifact refuses GitHub Enterprise Server, by the same test.
 */
export function canUpload(env: Readonly<Record<string, string | undefined>>): boolean {
  if (!env.ACTIONS_RUNTIME_TOKEN || !env.ACTIONS_RESULTS_URL) return false
  const host = URL.parse(env.GITHUB_SERVER_URL || 'https://github.com')?.hostname ?? ''
  return /^github\.com$|\.ghe\.com$|\.localhost$/i.test(host)
}

/**
 * Uploads files of a folder as an artifact of this run, with their paths from there on. The client retries by itself and
 * knows no deadline: whoever calls this does not wait for ever, and ends the process.
 * @throws Error with the reason in one line; a name that the run has already is one.
 */
export async function uploadArtifact(name: string, folder: string, files: readonly string[]): Promise<void> {
  // 20 times what a job without trouble loads.
  const { DefaultArtifactClient } = await import('@actions/artifact')
  const paths = files.map((file) => resolve(folder, file))
  try {
    // Line protocol shrinks to a tenth at any level.
    await new DefaultArtifactClient().uploadArtifact(name, paths, folder, { compressionLevel: 6 })
  } catch (error) {
    throw new Error(explainError(error), { cause: error })
  }
}

/** The first line: what follows are hints and headers. An answer without a body leaves its status alone. */
function explainError(error: unknown): string {
  const { message, statusCode } = error as { message?: string; statusCode?: number }
  const [reason] = (message ?? String(error)).split('\n')
  return reason || (statusCode === undefined ? 'for no known reason' : `the server answered ${statusCode}`)
}
