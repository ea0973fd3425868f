import type { HttpClient } from '../http/client.ts'

/** Uploads files of a folder as an artifact of this run, with paths relative to that folder. */
export type Upload = (name: string, folder: string, files: readonly string[], signal: AbortSignal) => Promise<void>

/**
 * Opens the upload of artifacts; undefined where this job cannot upload any. `run:` steps have no token for it, old servers have
 * no such service, and GitHub Enterprise Server has another one, which @actions/artifact refuses by the same test.
 */
export function openUpload(env: Readonly<Record<string, string | undefined>>, http: HttpClient): Upload | undefined {
  const { ACTIONS_RUNTIME_TOKEN: token, ACTIONS_RESULTS_URL: url, GITHUB_SERVER_URL: server } = env
  if (!token || !url) return undefined
  const host = URL.parse(server || 'https://github.com')?.hostname ?? ''
  if (!/^github\.com$|\.ghe\.com$|\.localhost$/.test(host)) return undefined
  return async (name, folder, files, signal) => {
    const { uploadFiles } = await import('./artifact-client.ts')
    await uploadFiles(name, folder, files, { url, token }, http, signal)
  }
}
