import { getOctokit } from '@actions/github'
import type { toFetch } from '../http/fetch.ts'

/** GitHub's API by the names of its endpoints. Half of what the end of a job would load: hence loaded only for what job-request.ts does not ask. */
export function openOctokit(token: string, apiUrl: string, fetch: ReturnType<typeof toFetch>) {
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  // Without a log of its own a request tells the console what the server says of deprecation.
  return getOctokit(token, { baseUrl: apiUrl, request: { fetch, log }, log }).rest
}
