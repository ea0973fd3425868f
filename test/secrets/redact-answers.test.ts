import { expect, test } from 'vitest'
import type { CallbackAnswer } from '../../src/capture/callback.ts'
import { redactAnswers } from '../../src/secrets/redact-answers.ts'

test('what callbacks give is redacted, and no deeper than any data', async () => {
  const deep = JSON.parse('['.repeat(2000) + ']'.repeat(2000))
  const answers: CallbackAnswer[] = [
    { value: { hidden: ['a hidden b', 1] } },
    {},
    { failure: 'of hidden' },
    { value: deep },
  ]
  const run = redactAnswers(
    async () => answers,
    (text) => text.replaceAll('hidden', '***'),
  )
  expect(await run([])).toEqual([
    { value: { '***': ['a *** b', 1] } },
    {},
    { failure: 'of ***' },
    { failure: 'what it gave is nested deeper than 100 levels' },
  ])
})
