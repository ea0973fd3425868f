import fc from 'fast-check'
import type { Answer } from '../support/loopback.ts'
import { expandDeep } from './any-json.ts'
import { anyText } from './any-text.ts'

/** What a header's value may hold on the wire. */
const headerText = anyText.map((text) => text.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, ''))
const inAYear = new Date(Date.now() + 3e10).toUTCString()

const values: Readonly<Record<string, readonly string[]>> = {
  'content-type': ['application/json', 'text/html', 'application/octet-stream', '', 'text/plain; charset=x', ';;'],
  'content-encoding': ['gzip', 'identity', 'x'],
  'retry-after': ['0', '1', '-1', '1e9', '99999999999999999999', inAYear, 'Thu, 01 Jan 1970 00:00:00 GMT'],
  location: [
    '/',
    '',
    '/repositories/1',
    '//127.0.0.1:9/',
    'http://127.0.0.1:9/',
    'http://',
    'file:///etc/passwd',
    '?page=2',
  ],
  date: [inAYear, 'Thu, 01 Jan 9999 00:00:00 GMT', 'Thu, 01 Jan 1970 00:00:00 GMT', 'now'],
  link: ['<x>; rel="deprecation"', '<http://127.0.0.1:9/>; rel="next"'],
  deprecation: ['true'],
  sunset: ['::error::obeyed'],
  'x-ratelimit-remaining': ['0', '1'],
  'x-ratelimit-reset': ['0', '1', '9999999999'],
  'x-influxdb-error': ['::error::obeyed', 'partial write: field type conflict'],
  'transfer-encoding': ['chunked'],
  connection: ['close', 'upgrade'],
  'x-any': ['a'],
}

const headers = fc
  .dictionary(fc.constantFrom(...Object.keys(values)), fc.tuple(fc.nat(), fc.option(headerText)), { maxKeys: 4 })
  .map((chosen) =>
    Object.fromEntries(
      Object.entries(chosen).map(([name, [index, text]]) => {
        const known = values[name] ?? ['']
        return [name, text ?? known[index % known.length] ?? '']
      }),
    ),
  )

/** Any answer with these statuses and bodies. None of them lasts: hangs are for the scenarios. */
export function anyAnswer(status: fc.Arbitrary<number>, body: fc.Arbitrary<string>): fc.Arbitrary<Answer> {
  const bytes = fc.uint8Array({ maxLength: 200 }).map((array) => Buffer.from(array))
  return fc.record(
    {
      status,
      headers,
      body: fc.oneof(
        { weight: 5, arbitrary: body },
        { weight: 1, arbitrary: bytes },
        { weight: 1, arbitrary: anyText },
      ),
      truncateAt: fc.option(fc.nat(100), { nil: undefined, freq: 10 }),
      reset: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    },
    { requiredKeys: ['status', 'body', 'headers'] },
  ) as fc.Arbitrary<Answer>
}

/** The answer as it goes out. */
export function expandAnswer({ body, ...others }: Answer = {}): Answer {
  return { ...others, body: typeof body === 'string' ? expandDeep(body) : (body ?? '') }
}
