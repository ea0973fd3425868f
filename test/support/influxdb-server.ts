import { gunzipSync } from 'node:zlib'
import { findViolations, type InfluxDatabase, type Violation } from './influxdb-rules.ts'
import { type ParsedLine, parseLine, splitLines } from './line-protocol.ts'
import { type Answer, json, type Loopback, type LoopbackRequest, startLoopback } from './loopback.ts'

export type InfluxServerOptions = InfluxDatabase & {
  /** Answers instead of the server's own judgement, unless it returns undefined. */
  readonly respond?: (request: WriteRequest) => Answer | undefined | Promise<Answer | undefined>
  readonly tls?: { readonly key: string; readonly cert: string }
  /** False for more lines than memory holds: they are checked and counted, and then forgotten. */
  readonly keepLines?: boolean
}

/** A request to write, with its body unpacked. */
export interface WriteRequest extends Omit<LoopbackRequest, 'query'> {
  readonly query: Readonly<Record<string, string>>
  readonly encoding: 'gzip' | 'identity'
  readonly lines: readonly string[]
  readonly lineCount: number
  /** Counts from 0. */
  readonly index: number
}

export interface InfluxServer extends Pick<Loopback, 'port' | 'close' | 'connections'> {
  /** The base URL, with the prefix if there is one. */
  readonly url: string
  readonly requests: readonly WriteRequest[]
  /** The lines of every request, refused ones too. */
  readonly lines: readonly string[]
  /** What a database would hold: the points of requests that were answered with 2xx. */
  readonly points: readonly ParsedLine[]
  /** Everything that is not as the API's description, or our own contract, has it; each names its request. */
  readonly violations: readonly string[]
}

/** A loopback InfluxDB that takes nothing but well-formed writes, answers as InfluxDB does and tells of all that is odd. */
export async function startInfluxServer(options: InfluxServerOptions): Promise<InfluxServer> {
  const requests: WriteRequest[] = []
  const accepted: WriteRequest[] = []
  const violations: string[] = []

  async function answer(incoming: LoopbackRequest): Promise<Answer> {
    const whole = toWriteRequest(incoming, requests.length)
    const found = [...findViolations(incoming, options), ...findBrokenLines(whole.lines)]
    const request = options.keepLines === false ? { ...whole, lines: [], body: Buffer.alloc(0) } : whole
    requests.push(request)
    violations.push(...found.map(({ message }) => `request ${request.index}: ${message}`))
    const status = found[0]?.status ?? 204
    const own = status === 204 ? { status } : influxError(options.api, status, found[0]?.message ?? '')
    const reply = (await options.respond?.(request)) ?? own
    const isAccepted = (reply.status ?? 200) < 300 && !reply.hang && !reply.reset
    if (isAccepted) accepted.push(request)
    return { ...reply, headers: { 'x-influxdb-version': VERSIONS[options.api], ...reply.headers } }
  }

  const server = await startLoopback({ answer, ...(options.tls && { tls: options.tls }) })
  return {
    url: server.url + (options.prefix ?? ''),
    port: server.port,
    requests,
    violations,
    get points() {
      return accepted.flatMap(({ lines }) => lines.flatMap((line) => tryParse(line) ?? []))
    },
    get lines() {
      return requests.flatMap(({ lines }) => lines)
    },
    get connections() {
      return server.connections
    },
    close: () => server.close(),
  }
}

const VERSIONS = { v1: '1.11.8', v2: 'v2.7.12', v3: '3.4.0' } as const

/** An error with the body that this API gives it; only v3 tells of rejected lines. */
export function influxError(
  api: InfluxDatabase['api'],
  status: number,
  message: string,
  rejectedLines: readonly object[] | null = null,
): Answer {
  switch (api) {
    case 'v1':
      return json({ error: message }, { status, headers: { 'x-influxdb-error': message.replace(/[^ -~]/g, '?') } })
    case 'v2':
      return json({ code: CODES[status] ?? 'internal error', message }, { status })
    case 'v3':
      return json({ error: message, data: rejectedLines }, { status })
  }
}

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  413: 'request too large',
  422: 'unprocessable entity',
  429: 'too many requests',
  503: 'unavailable',
}

function toWriteRequest(request: LoopbackRequest, index: number): WriteRequest {
  const encoding = request.headers['content-encoding'] === 'gzip' ? 'gzip' : 'identity'
  const lines = splitLines(unpack(request))
  return { ...request, query: Object.fromEntries(request.query), encoding, lines, lineCount: lines.length, index }
}

/** A body that says it is gzip and is not holds no lines; the rules tell why. */
function unpack({ headers, body }: LoopbackRequest): string {
  if (headers['content-encoding'] !== 'gzip') return body.toString('utf8')
  try {
    return gunzipSync(body).toString('utf8')
  } catch {
    return ''
  }
}

function findBrokenLines(lines: readonly string[]): Violation[] {
  const broken: Violation[] = []
  lines.forEach((line, index) => {
    try {
      parseLine(line)
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error)
      broken.push({ status: 400, message: `line ${index + 1}: ${reason}: ${line.slice(0, 200)}` })
    }
  })
  return broken
}

function tryParse(line: string): ParsedLine | undefined {
  try {
    return parseLine(line)
  } catch {
    return undefined
  }
}
