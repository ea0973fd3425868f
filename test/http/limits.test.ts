import { once } from 'node:events'
import { type AddressInfo, createServer, type Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { createHttpClient, type HttpRequest } from '../../src/http/client.ts'

const opened: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of opened.splice(0)) await close()
})

/** A server of bytes, and how many of them it could send. */
async function open(speak: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.on('error', () => {}))
    socket.once('data', () => speak(socket))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const client = createHttpClient({})
  opened.push(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })
  const { port } = server.address() as AddressInfo
  const ask = (changes: Partial<HttpRequest> = {}) =>
    client.request({
      ...{ method: 'GET', url: new URL(`http://127.0.0.1:${port}`), headers: {}, signal: AbortSignal.timeout(30_000) },
      ...changes,
    })
  const sent = () => [...sockets].reduce((sum, socket) => sum + socket.bytesWritten, 0)
  return { ask, sent, sockets }
}

/** An answer without an end, as fast as it is read. */
const flood = (status: number) => (socket: Socket) => {
  const piece = Buffer.alloc(16 * 1024, 'x')
  const more = () => {
    while (!socket.destroyed && socket.write(piece));
  }
  socket.on('drain', more)
  socket.write(`HTTP/1.1 ${status} Oh\r\n\r\n`)
  more()
}

describe('an answer without an end', () => {
  test.each([301, 400, 404, 500, 503])('of %d is read up to 64 KiB', async (status) => {
    const { ask, sockets } = await open(flood(status))
    const response = await ask()
    expect([response.status, response.body.length]).toEqual([status, 64 * 1024])
    // Nobody reads the rest of it.
    for (let waited = 0; waited < 5000 && [...sockets].some((socket) => !socket.destroyed); waited += 10)
      await delay(10)
    expect([...sockets].map((socket) => socket.destroyed)).toEqual([true])
  })

  test('that is a success is an error, or cut where that is asked for', async () => {
    const { ask, sent } = await open(flood(200))
    await expect(ask({ maxBodyBytes: 100_000 })).rejects.toThrow('the answer is longer than 100000 bytes')
    expect((await ask({ maxBodyBytes: 100_000, isCut: true })).body.length).toBe(100_000)
    expect(sent()).toBeLessThan(64 * 1024 * 1024)
  })

  test('of a list has room for a list', async () => {
    const { ask } = await open((socket) => socket.end(`HTTP/1.1 200 OK\r\n\r\n${'x'.repeat(2_000_000)}`))
    expect((await ask()).body.length).toBe(2_000_000)
  })
})

test.each([
  ['headers', 'HTTP/1.1 204 No Content\r\nx: '],
  ['interim answers', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n1;'],
])('%s that come byte by byte end with the deadline', async (_name, head) => {
  const { ask } = await open((socket) => {
    socket.write(head)
    const timer = setInterval(() => socket.write('x'), 20)
    socket.once('close', () => clearInterval(timer))
  })
  await expect(ask({ signal: AbortSignal.timeout(300) })).rejects.toThrow(/abort|timeout/i)
})

test('the first byte of an answer is told, once, and of a connection that is used again', async () => {
  let count = 0
  const { ask } = await open((socket) => {
    const answer = () => socket.write('HTTP/1.1 204 No Content\r\n\r\n')
    socket.on('data', answer)
    answer()
  })
  const onByte = () => count++
  await ask({ onByte })
  expect(count).toBe(1)
  await ask({ onByte })
  expect(count).toBe(2)
})

test('a server that says nothing has no first byte', async () => {
  let count = 0
  const { ask } = await open(() => {})
  await expect(ask({ signal: AbortSignal.timeout(100), onByte: () => count++ })).rejects.toThrow()
  expect(count).toBe(0)
})
