import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { gitHubJob } from './job-answer.ts'
import { answerQuery } from './query-answer.ts'
import type { Counts, Order } from './servers.ts'

/**
 * GitHub's API and a server that takes writes, on two ports as they are two hosts. A process of its own, so that their
 * work is not on the event loop that takes the times.
 */
let latencyMs = 0
let counts = { gitHubRequests: 0, writes: 0, queries: 0 }
let bodies: { body: Buffer; isGzip: boolean }[] = []

const gitHub: RequestListener = (request, response) => {
  counts.gitHubRequests++
  request.resume().on('end', () =>
    setTimeout(() => {
      response.setHeader('content-type', 'application/json; charset=utf-8').end(JSON.stringify(gitHubJob))
    }, latencyMs),
  )
}

const database: RequestListener = async (request, response) => {
  const body = await readBody(request)
  if (request.url?.startsWith('/query')) {
    counts.queries++
    const text = answerQuery(new URLSearchParams(body.toString()).get('q') ?? '')
    setTimeout(() => response.setHeader('content-type', 'application/json').end(text), latencyMs)
    return
  }
  counts.writes++
  bodies.push({ body, isGzip: request.headers['content-encoding'] === 'gzip' })
  setTimeout(() => response.writeHead(204).end(), latencyMs)
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks)
}

/** Only when asked: counting while the measured process runs would take its core from it. */
async function countLines(): Promise<number> {
  let lines = 0
  for (const { body, isGzip } of bodies) {
    const text = (isGzip ? await promisify(gunzip)(body) : body).toString('utf8')
    lines += text.split('\n').filter((line) => line !== '').length
  }
  return lines
}

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

process.on('message', async (order: Order) => {
  if (order.verb === 'reset') {
    latencyMs = order.latencyMs
    counts = { gitHubRequests: 0, writes: 0, queries: 0 }
    bodies = []
    process.send?.('done')
  } else {
    const answer: Counts = { ...counts, lines: await countLines() }
    process.send?.(answer)
  }
})
process.on('disconnect', () => process.exit())
process.send?.({ gitHubUrl: await listen(gitHub), databaseUrl: await listen(database) })
