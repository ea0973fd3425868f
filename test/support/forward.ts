import { request } from 'node:http'
import { type Answer, type Loopback, type LoopbackRequest, startLoopback } from './loopback.ts'

/** An address before a server's, at which requests are counted, and which can be out of order. */
export interface Forward extends Loopback {
  isDown: boolean
  /** How many answers to writes are lost on their way: what asked gets a 503 instead. */
  lost: number
  /** How many requests to write came, since it was asked last. */
  takeWrites(): number
}

export async function startForward(url: string): Promise<Forward> {
  let writes = 0
  const loopback = await startLoopback({
    answer: async (incoming) => {
      const isWrite = incoming.path.endsWith('/write')
      if (isWrite) writes++
      if (forward.isDown) return { status: 503 }
      const answer = await pass(incoming, url)
      return isWrite && forward.lost-- > 0 ? { status: 503 } : answer
    },
  })
  const forward = Object.assign(loopback, {
    isDown: false,
    lost: 0,
    takeWrites: () => {
      const taken = writes
      writes = 0
      return taken
    },
  })
  return forward
}

/** What concerns a connection, and not what is said over it. */
const ofConnection = ['host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive', 'date']

function pass({ method, path, query, headers, body }: LoopbackRequest, url: string): Promise<Answer> {
  const passed = Object.entries(headers).filter(([name]) => !ofConnection.includes(name))
  const target = `${url}${path}${query.size > 0 ? `?${query}` : ''}`
  return new Promise((resolve, reject) => {
    // InfluxDB 1 repeats in a header what it could not parse, with the control characters that were in it.
    const options = { method, agent: false, insecureHTTPParser: true, headers: Object.fromEntries(passed) }
    const sent = request(target, options, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk) => chunks.push(chunk))
      response.on('error', reject)
      response.on('end', () => {
        const said = Object.entries(response.headers).filter(
          (entry): entry is [string, string] =>
            !ofConnection.includes(entry[0]) && typeof entry[1] === 'string' && !/[^\t -~]/.test(entry[1]),
        )
        resolve({
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(said),
          body: Buffer.concat(chunks),
        })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
