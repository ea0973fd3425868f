import type { InfluxDatabase } from './influxdb-rules.ts'
import { type Answer, json } from './loopback.ts'

/** An error with the body that this API gives it; only v3 tells of rejected lines. */
export function influxError(
  api: InfluxDatabase['api'],
  status: number,
  message: string,
  rejectedLines: readonly object[] | null = null,
): Answer {
  switch (api) {
    case 'v1':
      return json({ error: message }, { status, headers: { 'x-influxdb-error': message.replace(/[^ -~]/g, '?') } })
    case 'v2':
      return json({ code: CODES[status] ?? 'internal error', message }, { status })
    case 'v3':
      return json({ error: message, data: rejectedLines }, { status })
  }
}

const CODES: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not found',
  413: 'request too large',
  422: 'unprocessable entity',
  429: 'too many requests',
  503: 'unavailable',
}
