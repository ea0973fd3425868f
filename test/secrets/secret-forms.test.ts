import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createRedact } from '../../src/secrets/create-redact.ts'
import { escapeXml } from '../support/runner-masking.ts'

const secret = `Tok-4711/ab+cd==é"q"'s'<m>&x%`
const redact = createRedact([secret])

describe('a secret as others write it is taken out', () => {
  const forms: Record<string, string> = {
    'as it is': secret,
    'in JSON': JSON.stringify({ a: [secret] }),
    'in JSON twice over a line': `${JSON.stringify(secret)}\n${JSON.stringify(secret)}`,
    'in JSON within JSON': JSON.stringify({ a: JSON.stringify({ b: secret }) }),
    'in JSON with escaped slashes': JSON.stringify(secret).replaceAll('/', '\\/'),
    'in JSON of ASCII': JSON.stringify(secret).replaceAll('é', '\\u00e9'),
    'in a path of a URL': `https://a/${encodeURIComponent(secret)}/b`,
    'in lower case': encodeURIComponent(secret).toLowerCase().replace('tok', 'Tok'),
    'in a path of Python': encodeURIComponent(secret).replaceAll('%2F', '/').replaceAll("'", '%27'),
    'in a query': `${new URLSearchParams({ token: secret })}`,
    'in XML': escapeXml(secret),
    'in HTML of Python': escapeXml(secret).replaceAll('&apos;', '&#x27;'),
    'in HTML of Go': escapeXml(secret).replaceAll('&apos;', '&#39;').replaceAll('&quot;', '&#34;'),
    'in HTML without quotes': secret.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    'in base64': Buffer.from(secret).toString('base64'),
    'in a header': `Basic ${Buffer.from(`stats:${secret}`).toString('base64')}`,
    'in base64 of URLs': Buffer.from(secret).toString('base64url'),
  }
  test.each(Object.entries(forms))('%s', (_name, text) => {
    const left = redact(`before ${text} behind`)
    expect(left).toContain('***')
    expect(left).not.toMatch(/4711|VG9rLTQ3MTE|NDcxM|Q3MT/)
  })
})

test('in base64 among any bytes, next to nothing of it stays', () => {
  const token = 'influx-token-4711-abcdef'
  const redactToken = createRedact([token])
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 20 }), (before, behind) => {
      const text = Buffer.concat([before, Buffer.from(token), behind]).toString('base64')
      const left = redactToken(text)
      expect(left).toContain('***')
      // Two characters at each side hold bits of the secret and of other bytes.
      expect(left.length).toBeLessThanOrEqual(Math.ceil(((before.length + behind.length) * 8) / 6) + 11)
    }),
  )
})

test('forms of a short secret are no part of everything', () => {
  expect(createRedact(['ci'])('Y2k= Y2 %63 CI/test')).toBe('Y2k= Y2 %63 CI/test')
})
