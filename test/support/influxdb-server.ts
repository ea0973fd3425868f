import { gunzipSync } from 'node:zlib'
import { influxError } from './influxdb-errors.ts'
import { createJudge } from './influxdb-judge.ts'
import { findViolations, type InfluxDatabase, type Violation } from './influxdb-rules.ts'
import { type ParsedLine, parseLine, splitLines } from './line-protocol.ts'
import { type Answer, json, type Loopback, type LoopbackRequest, startLoopback } from './loopback.ts'

export { influxError } from './influxdb-errors.ts'

export type InfluxServerOptions = InfluxDatabase & {
  /** Answers instead of the server's own judgement, unless it returns undefined. */
  readonly respond?: (request: WriteRequest) => Answer | undefined | Promise<Answer | undefined>
  readonly tls?: { readonly key: string; readonly cert: string }
  /** Answers queries: the rows of a statement, as InfluxQL has them. Without it `/query` is no path. */
  readonly query?: (statement: string) => object
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
  /** What a database would hold: the points of requests that were answered with 2xx, and of others what it stores of them. */
  readonly points: readonly ParsedLine[]
  /** Requests to query. */
  readonly questions: readonly LoopbackRequest[]
  /** Everything that is not as the API's description, or our own contract, has it; each names its request. */
  readonly violations: readonly string[]
}

/** A loopback InfluxDB that takes nothing but well-formed writes, answers as InfluxDB does and tells of all that is odd. */
export async function startInfluxServer(options: InfluxServerOptions): Promise<InfluxServer> {
  const requests: WriteRequest[] = []
  const points: ParsedLine[] = []
  const violations: string[] = []
  const questions: LoopbackRequest[] = []
  const judge = createJudge(options.api)

  async function answer(incoming: LoopbackRequest): Promise<Answer> {
    if (options.query !== undefined && incoming.path === `${options.prefix ?? ''}/query`) {
      questions.push(incoming)
      return answerQuery(incoming, options.api, options.query)
    }
    const whole = toWriteRequest(incoming, requests.length)
    const found = [...findViolations(incoming, options), ...findBrokenLines(whole.lines)]
    const request = options.keepLines === false ? { ...whole, lines: [], body: Buffer.alloc(0) } : whole
    requests.push(request)
    violations.push(...found.map(({ message }) => `request ${request.index}: ${message}`))
    const [worst] = found
    const given = await options.respond?.(request)
    const { stored: judged, ...own } = worst === undefined ? judge(request.lines) : { ...toAnswer(worst), stored: [] }
    const reply = given ?? own
    const isTaken = given !== undefined && (reply.status ?? 200) < 300 && !reply.hang && !reply.reset
    const stored = given === undefined ? judged : isTaken ? request.lines.flatMap((line) => tryParse(line) ?? []) : []
    for (const point of stored) points.push(point)
    return { ...reply, headers: { 'x-influxdb-version': VERSIONS[options.api], ...reply.headers } }
  }

  function toAnswer({ status, message, words = message }: Violation): Answer {
    return influxError(options.api, status, words)
  }

  const server = await startLoopback({ answer, ...(options.tls && { tls: options.tls }) })
  return {
    url: server.url + (options.prefix ?? ''),
    port: server.port,
    requests,
    violations,
    points,
    questions,
    get lines() {
      return requests.flatMap(({ lines }) => lines)
    },
    get connections() {
      return server.connections
    },
    close: () => server.close(),
  }
}

const VERSIONS = { v1: '1.12.4', v2: 'v2.7.12', v3: '3.4.0' } as const

/** v1 and v2 take several statements in a request, v3 takes one. */
function answerQuery(
  { body }: LoopbackRequest,
  api: InfluxDatabase['api'],
  query: NonNullable<InfluxServerOptions['query']>,
): Answer {
  const statements = (new URLSearchParams(body.toString('utf8')).get('q') ?? '').split('; ')
  if (api === 'v3' && statements.length > 1) {
    return influxError(api, 400, 'must provide only one InfluxQl statement per query')
  }
  return json({ results: statements.map((statement, index) => ({ statement_id: index, ...query(statement) })) })
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
      broken.push({
        status: 400,
        message: `line ${index + 1}: ${reason}: ${line.slice(0, 200)}`,
        words: `unable to parse '${line}': invalid field format`,
      })
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
