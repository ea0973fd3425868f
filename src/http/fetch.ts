import type { HttpClient } from './client.ts'

/** `fetch` as octokit uses it, over our client: text bodies in, text or JSON out. */
export function toFetch(client: HttpClient, signal: AbortSignal) {
  return async (url: string, options: { method?: string; headers?: Record<string, string>; body?: string } = {}) => {
    const { method = 'GET', headers = {}, body } = options
    const response = await client.request({ method, url: new URL(url), headers, body, signal })
    const text = response.body.toString('utf8')
    return {
      status: response.status,
      ok: response.status >= 200 && response.status < 300,
      url,
      // Enough of `Headers`, which would load node's own undici.
      headers: new Map(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(', ')])),
      text: async () => text,
      json: async () => JSON.parse(text) as unknown,
      // Octokit uses it for bodies whose type it does not know.
      arrayBuffer: async () => new Uint8Array(response.body).buffer,
    }
  }
}
