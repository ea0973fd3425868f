import { expect, test } from 'vitest'
import { createHttpClient } from '../../src/http/client.ts'
import { readProxySecrets } from '../../src/secrets/proxy-secrets.ts'

const base64 = (text: string) => Buffer.from(text).toString('base64')

test.each<[Record<string, string | undefined>, secrets: string[]]>([
  [{ HTTPS_PROXY: 'http://u:p4ss@proxy:3128' }, ['http://u:p4ss@proxy:3128', 'p4ss', base64('u:p4ss')]],
  [{ http_proxy: 'http://u:p4ss@proxy:3128/' }, ['http://u:p4ss@proxy:3128', 'p4ss', base64('u:p4ss')]],
  [{ ALL_PROXY: 'https://u:p4ss@proxy' }, ['p4ss', base64('u:p4ss')]],
  [{ https_proxy: 'http://u:p%40ss@proxy' }, ['p%40ss', 'p@ss', base64('u:p@ss')]],
  [{ https_proxy: 'http://u:p%zz@proxy' }, ['p%zz', base64('u:p%zz')]],
  [{ https_proxy: 'http://u:p ss@proxy' }, ['http://u:p ss@proxy', 'p%20ss', 'p ss']],
  [{ https_proxy: 'http://:p4ss@proxy' }, ['p4ss', base64(':p4ss')]],
  [{ https_proxy: 'http://t0ken@proxy' }, ['http://t0ken@proxy', 't0ken', base64('t0ken:')]],
  [{ https_proxy: 'u:p4ss@proxy:3128' }, ['u:p4ss@proxy:3128', 'p4ss']],
  [{ https_proxy: 'http://u:p4ss@pro xy:1' }, ['http://u:p4ss@pro xy:1']],
])('of %j, among others', (env, secrets) => {
  expect(readProxySecrets(env)).toEqual(expect.arrayContaining(secrets))
})

test.each<[Record<string, string | undefined>]>([
  [{}],
  [{ HTTPS_PROXY: undefined }],
  [{ HTTPS_PROXY: '' }],
  [{ HTTPS_PROXY: 'http://proxy:3128' }],
  [{ HTTPS_PROXY: 'proxy:3128' }],
  [{ NO_PROXY: 'http://u:p4ss@proxy' }],
  [{ MY_HTTP_PROXY: 'http://u:p4ss@proxy' }],
])('of %j, none', (env) => {
  expect(readProxySecrets(env)).toEqual([])
})

test('what node says of a proxy that is not a URL holds nothing that is not masked', async () => {
  const env = { HTTP_PROXY: 'http://u:p4ss@pro xy:1' }
  const signal = AbortSignal.timeout(30_000)
  const asked = createHttpClient(env).request({
    method: 'GET',
    url: new URL('http://127.0.0.1:9'),
    headers: {},
    signal,
  })
  const message: string = await asked.then(
    () => '',
    (error: Error) => error.message,
  )
  const shown = readProxySecrets(env).reduce((text, secret) => text.replaceAll(secret, '***'), message)
  expect(shown).not.toContain('p4ss')
})
