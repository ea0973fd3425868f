import { type ClientOptions, HttpError } from '@influxdata/influxdb-client'
import type { HttpClient } from '../../http/client.ts'
import { maxShortAnswerBytes } from '../../limits.ts'
import type { InfluxTarget } from '../target.ts'

type Transport = NonNullable<ClientOptions['transport']>

/** Traits of a server that its answers reveal. */
export interface ServerTraits {
  /** VictoriaMetrics 1.79 answers 204 but drops lines with line breaks in text. It is recognised by the header with its host name. */
  losesLineBreaks: boolean
}

/** The smallest body that is compressed, in bytes. */
const gzipFrom = 1000

/**
 * The transport of the official client. The client's own only knows the path of v2, leaves its socket open after a timeout,
 * ignores proxies, and calls `url.parse`, for which Node prints a deprecation warning into the user's log.
 */
export function createTransport(
  target: InfluxTarget,
  http: HttpClient,
  signal: AbortSignal,
  server: ServerTraits = { losesLineBreaks: false },
): Transport {
  const url = new URL(target.url + toWritePath(target))
  const authorization = toAuthorization(target)

  async function send(body: string, headers: Record<string, string>) {
    const isLong = Buffer.byteLength(body) >= gzipFrom
    const response = await http.request({
      method: 'POST',
      url,
      headers: {
        ...headers,
        ...(authorization === undefined ? {} : { authorization }),
        ...(isLong ? { 'content-encoding': 'gzip' } : {}),
        'user-agent': 'build-stats',
      },
      body: isLong ? await compress(body) : body,
      isLenient: true,
      maxBodyBytes: maxShortAnswerBytes,
      isCut: true,
      signal,
    })
    const { status, statusText, headers: answered } = response
    if (answered['x-server-hostname'] !== undefined) server.losesLineBreaks = true
    const text = response.body.toString('utf8')
    // 204 means that all points are stored. v3 answers 201 if only a part is, and names the rest; a login page answers 200.
    if (status === 204 || (status === 201 && text === '')) return response
    throw new HttpError(status, statusText, text, undefined, answered['content-type'], undefined, answered)
  }

  const unused = () => {
    throw new Error('Only writing is supported')
  }
  return {
    send(_path, body, options, callbacks) {
      send(body, options.headers ?? {}).then(
        (response) => {
          callbacks?.responseStarted?.(response.headers, response.status)
          callbacks?.complete?.()
        },
        (error: Error) => callbacks?.error?.(error),
      )
    },
    request: unused,
    iterate: unused,
    chunkCombiner: { concat: unused, copy: unused, toUtf8String: unused },
  }
}

/** Compresses outside the main thread. zlib is only loaded for long bodies, so not when a build starts. */
async function compress(body: string): Promise<Buffer> {
  const { gzip } = process.getBuiltinModule('node:zlib')
  return await new Promise((resolve, reject) => {
    gzip(body, (error, compressed) => (error ? reject(error) : resolve(compressed)))
  })
}

function toWritePath(target: InfluxTarget): string {
  const query = Object.entries({ ...toPlace(target), precision: 'ns' })
  // Not URLSearchParams, which takes longer to load than this code takes to run.
  const text = query
    .map(([name, value]) => `${name}=${encodeURIComponent(value.toWellFormed()).replaceAll('%20', '+')}`)
    .join('&')
  return `${target.api === 'v1' ? '/write' : '/api/v2/write'}?${text}`
}

function toPlace(target: InfluxTarget): Record<string, string> {
  const { api } = target
  switch (api) {
    case 'v1':
      return { db: target.database, ...(target.retentionPolicy === undefined ? {} : { rp: target.retentionPolicy }) }
    case 'v2':
      return { ...(target.org === undefined ? {} : { org: target.org }), bucket: target.bucket }
    case 'v3':
      return { bucket: target.database }
  }
}

export function toAuthorization(target: InfluxTarget): string | undefined {
  switch (target.api) {
    case 'v1': {
      if (target.login === undefined) return undefined
      const { username, password } = target.login
      return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`
    }
    case 'v2':
      return `Token ${target.token}`
    case 'v3':
      return `Bearer ${target.token}`
  }
}
