import { expect, test } from 'vitest'
import { openUpload } from '../../src/artifact/upload.ts'
import { createHttpClient } from '../../src/http/client.ts'

const env = { ACTIONS_RUNTIME_TOKEN: 'x', ACTIONS_RESULTS_URL: 'https://results.example.com/' }

test.each([
  ['on github.com', { ...env, GITHUB_SERVER_URL: 'https://github.com' }, true],
  ['on a runner that does not say where it is', env, true],
  ['on GitHub Enterprise Cloud with a domain of its own', { ...env, GITHUB_SERVER_URL: 'https://acme.ghe.com' }, true],
  ['of a test of GitHub itself', { ...env, GITHUB_SERVER_URL: 'http://github.localhost' }, true],
  ['on GitHub Enterprise Server', { ...env, GITHUB_SERVER_URL: 'https://github.example.com' }, false],
  ['at a name that ends alike', { ...env, GITHUB_SERVER_URL: 'https://notgithub.com' }, false],
  ['where the URL is none', { ...env, GITHUB_SERVER_URL: 'github' }, false],
  ['without a token', { ACTIONS_RESULTS_URL: env.ACTIONS_RESULTS_URL }, false],
  ['without the service', { ACTIONS_RUNTIME_TOKEN: 'x', ACTIONS_RESULTS_URL: '' }, false],
])('a job %s: %s', (_name, env, can) => {
  expect(openUpload(env, createHttpClient({})) !== undefined).toBe(can)
})
