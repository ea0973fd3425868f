import { gunzipSync } from 'node:zlib'
import type { HttpRequest } from '../../src/http/client.ts'

/** The text of a request, unpacked where its headers say so. */
export function bodyOf({ body = '', headers }: HttpRequest): string {
  const bytes = Buffer.from(body)
  return (headers['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8')
}
