import { expect, test } from 'vitest'
import { eventPayload } from './webhooks.ts'

test('a payload is one that GitHub sent', () => {
  expect(eventPayload('pull_request', 'opened')).toMatchObject({
    action: 'opened',
    pull_request: { head: { ref: expect.any(String) }, base: { repo: { default_branch: expect.any(String) } } },
  })
  expect(eventPayload('push')).toMatchObject({ ref: expect.any(String), repository: { full_name: expect.any(String) } })
})

test('a payload is the own of whoever asked', () => {
  const payload = eventPayload('push')
  payload.ref = 'refs/heads/changed'
  expect(eventPayload('push').ref).not.toBe('refs/heads/changed')
})

test('an action that is unknown is an error that tells the known ones', () => {
  expect(() => eventPayload('watch', 'ended')).toThrow('No example of watch ended: there are started')
})
