import { describe, expect, test } from 'vitest'
import { createHttpClient } from '../../src/http/client.ts'
import { bypassesProxy } from '../../src/http/no-proxy.ts'
import { startLoopback } from '../support/loopback.ts'

const [influx, corp, plain] = ['https://influx.corp.example:8086/x', 'https://corp.example', 'http://corp.example']

test.each<[noProxy: string, url: string, isDirect: boolean]>([
  // A domain, with or without a dot or a star in front, stands for all below it.
  ...[
    'corp.example',
    '.corp.example',
    '*.corp.example',
    'CORP.Example',
    'other, corp.example',
    'a corp.example.',
  ].flatMap((list): [string, string, boolean][] => [
    [list, influx, true],
    [list, corp, true],
    [list, 'https://notcorp.example', false],
    [list, 'https://corp.example.org', false],
  ]),
  ['*', influx, true],
  ['', influx, false],
  [' , ', influx, false],
  ['.', influx, false],
  ['influx.corp.example', corp, false],
  ['corp.example:8086', influx, true],
  ['corp.example:443', corp, true],
  ['corp.example:80', plain, true],
  ['corp.example:80', corp, false],
  ['bücher.example', 'http://a.xn--bcher-kva.example', true],
  ['10.0.0.5', 'http://10.0.0.5:8086', true],
  ['10.0.0.5:8086', 'http://10.0.0.5:8086', true],
  ['10.0.0.5:80', 'http://10.0.0.5:8086', false],
  ['0.0.5', 'http://10.0.0.5', false],
  ['10.0.0.0/8', 'http://10.20.0.5:8086', true],
  ['10.0.0.0/8', 'http://11.0.0.5:8086', false],
  ['10.0.0.0/33', 'http://10.0.0.5:8086', false],
  ['10.0.0.0/8', 'http://ten.example', false],
  ['::1', 'http://[::1]:8086', true],
  ['[::1]:8086', 'http://[::1]:8086', true],
  ['[::1]', 'http://[0:0::1]:8086', true],
  ['fd00::/8', 'http://[fd12::1]:8086', true],
  ['fd00::/8', 'http://10.0.0.5', false],
])('with NO_PROXY=%j, %s is direct: %s', (NO_PROXY, url, isDirect) => {
  expect(bypassesProxy(new URL(url), { NO_PROXY })).toBe(isDirect)
})

test('in lower case goes first, where it says anything', () => {
  const url = new URL(influx)
  expect(bypassesProxy(url, { no_proxy: 'corp.example', NO_PROXY: 'other' })).toBe(true)
  expect(bypassesProxy(url, { no_proxy: '', NO_PROXY: 'corp.example' })).toBe(true)
})

describe('a request', () => {
  test('whose host is below a domain of NO_PROXY goes to no proxy, and others do', async () => {
    const proxy = await startLoopback({ answer: () => ({ body: 'from the proxy' }) })
    const client = createHttpClient({ HTTP_PROXY: proxy.url, NO_PROXY: 'localhost' })
    const ask = (url: string) =>
      client.request({ method: 'GET', url: new URL(url), headers: {}, signal: AbortSignal.timeout(5000) })
    const { port } = new URL(proxy.url)
    try {
      expect(`${(await ask('http://influx.corp.example/write')).body}`).toBe('from the proxy')
      expect(proxy.requests).toHaveLength(1)
      // `a.localhost` may have no address here: what counts is that the proxy does not see it.
      await ask(`http://a.localhost:${port}/direct`).catch(() => undefined)
      expect(proxy.requests.filter(({ path }) => path.includes('localhost'))).toEqual([])
    } finally {
      await proxy.close()
    }
  })
})
