import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/build/json.ts'
import { toEnvProperties, toGithubProperties, toRunnerProperties } from '../../src/github/circumstances.ts'
import { readEvent, toSecretHint } from '../../src/github/context.ts'
import { toFolders, toRunnerEnvironment } from '../support/runner-environment.ts'

const folder = mkdtempSync(join(tmpdir(), 'build-stats-test-'))
afterAll(() => rmSync(folder, { recursive: true }))

const env = toRunnerEnvironment(toFolders('/home'), {})

describe('properties', () => {
  test('of github are what the environment says, never a token', () => {
    const properties = toGithubProperties({ ...env, GITHUB_TOKEN: 'hidden', GITHUB_STATE: '/s', GITHUB_BASE_REF: '' })
    expect(properties).toMatchObject({ ref: 'refs/heads/main', run_id: '16512345678', repository_owner: 'octo-org' })
    expect(JSON.stringify(properties)).not.toContain('hidden')
    expect(Object.keys(properties)).not.toContain('base_ref')
    expect(Object.keys(properties)).not.toContain('state')
  })

  test('of runner', () => {
    expect(toRunnerProperties(env)).toEqual({
      arch: 'X64',
      environment: 'github-hosted',
      name: 'GitHub Actions 7',
      os: 'Linux',
      temp: '/home/work/_temp',
      tool_cache: '/opt/hostedtoolcache',
    })
  })

  test('of env are without inputs, state and credentials of the runner', () => {
    const given = {
      CI: 'true',
      EMPTY: '',
      GONE: undefined,
      INPUT_TOKEN: 'h',
      'input_fail-on-error': 'h',
      STATE_x: 'h',
      ACTIONS_RUNTIME_TOKEN: 'h',
    }
    expect(toEnvProperties(given)).toEqual({ CI: 'true', EMPTY: '' })
  })
})

describe('the event', () => {
  test('is the payload', () => {
    const path = join(folder, 'event.json')
    writeFileSync(path, '{"action":"opened"}')
    expect(readEvent({ GITHUB_EVENT_PATH: path })).toEqual({ action: 'opened' })
  })

  test.each(['', '{', '[1]', 'null', '"x"'])('is empty where the file holds %j', (text) => {
    const path = join(folder, 'odd.json')
    writeFileSync(path, text)
    expect(readEvent({ GITHUB_EVENT_PATH: path })).toEqual({})
  })

  test.each([undefined, '', folder, join(folder, 'absent')])('is empty where the path is %j', (path) => {
    expect(readEvent({ GITHUB_EVENT_PATH: path })).toEqual({})
  })
})

describe('why a secret may be empty, and whether there are any', () => {
  const pullRequest = (head: JsonObject): JsonObject => ({ pull_request: { head } })
  const fork = pullRequest({ repo: { full_name: 'fork/octo-repo' } })
  const here = pullRequest({ repo: { full_name: 'octo-org/octo-repo' } })
  const ofEvent = (name: string) => ({ GITHUB_EVENT_NAME: name })

  test.each<[string, Record<string, string>, JsonObject, hasNoSecrets: boolean, hint: RegExp]>([
    ['a fork', ofEvent('pull_request'), fork, true, /^Secrets are not passed .* a fork/],
    ['a review of a fork', ofEvent('pull_request_review'), fork, true, /^Secrets are not passed .* a fork/],
    ['a fork, in the context of the base', ofEvent('pull_request_target'), fork, false, /a fork/],
    ['a branch here', ofEvent('pull_request'), here, false, /^If it is set from a secret/],
    ['Dependabot', { GITHUB_ACTOR: 'dependabot[bot]' }, {}, true, /^Runs that Dependabot triggers/],
    [
      'a pull request of Dependabot',
      { ...ofEvent('pull_request'), GITHUB_ACTOR: 'dependabot[bot]' },
      here,
      true,
      /^Runs that Dependabot triggers/,
    ],
    [
      'a pull request from a fork that was deleted',
      ofEvent('pull_request'),
      { pull_request: { head: { ref: 'a', repo: null } } },
      true,
      /^Secrets are not passed/,
    ],
    ['a push', {}, {}, false, /^If it is set from a secret or variable/],
  ])('%s', (_, changes, event, hasNoSecrets, hint) => {
    expect(toSecretHint({ ...env, ...changes }, event)).toEqual({
      hasNoSecrets,
      secretHint: expect.stringMatching(hint),
    })
  })
})
