import type { Target } from '../storage/target.ts'

/** Where points go, whole but for what lets one in: two places that differ in anything are two. */
export type Destination =
  | {
      readonly kind: 'influxdb'
      readonly url: string
      readonly api: 'v1'
      readonly database: string
      readonly policy?: string
    }
  | {
      readonly kind: 'influxdb'
      readonly url: string
      readonly api: 'v2'
      readonly bucket: string
      readonly org?: string
    }
  | { readonly kind: 'influxdb'; readonly url: string; readonly api: 'v3'; readonly database: string }
  | { readonly kind: 'file'; readonly path: string }

/** @param redact what is done to texts before they are stored */
export function toDestination(target: Target, redact: (text: string) => string): Destination {
  if (target.kind === 'file') return { kind: 'file', path: redact(target.path) }
  const { kind } = target
  const url = redact(target.url)
  switch (target.api) {
    case 'v1': {
      const { retentionPolicy: policy } = target
      const place = { kind, url, api: target.api, database: redact(target.database) }
      return policy === undefined ? place : { ...place, policy: redact(policy) }
    }
    case 'v2': {
      const place = { kind, url, api: target.api, bucket: redact(target.bucket) }
      return target.org === undefined ? place : { ...place, org: redact(target.org) }
    }
    case 'v3':
      return { kind, url, api: target.api, database: redact(target.database) }
  }
}

const texts = ['kind', 'url', 'api', 'database', 'policy', 'bucket', 'org', 'path'] as const

/** The same for two destinations exactly where nothing in them differs. */
export function toKey(destination: Destination): string {
  return JSON.stringify(texts.map((name) => (destination as Partial<Record<string, string>>)[name] ?? null))
}

/** The key of everything but the server's address, which may move. */
export function toKeyWithoutUrl(destination: Destination): string {
  return toKey(destination.kind === 'file' ? destination : { ...destination, url: '' })
}

/** `http://influx:8086 (v2, org acme, bucket ci)` */
export function nameDestination(destination: Destination): string {
  if (destination.kind === 'file') return `file ${destination.path}`
  const { url, api } = destination
  switch (destination.api) {
    case 'v1': {
      const { database, policy } = destination
      return `${url} (${api}, database ${database}${policy === undefined ? '' : `, retention policy ${policy}`})`
    }
    case 'v2': {
      const { bucket, org } = destination
      return `${url} (${api}, ${org === undefined ? '' : `org ${org}, `}bucket ${bucket})`
    }
    case 'v3':
      return `${url} (${api}, database ${destination.database})`
  }
}

/** A destination as JSON has it; undefined where it is none. */
export function parseDestination(value: unknown): Destination | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const given = value as Partial<Record<string, unknown>>
  const isText = (name: string) => typeof given[name] === 'string'
  const isTextOrNone = (name: string) => given[name] === undefined || isText(name)
  const isDestination =
    given.kind === 'file'
      ? isText('path')
      : given.kind === 'influxdb' &&
        isText('url') &&
        ((given.api === 'v1' && isText('database') && isTextOrNone('policy')) ||
          (given.api === 'v2' && isText('bucket') && isTextOrNone('org')) ||
          (given.api === 'v3' && isText('database')))
  return isDestination ? (value as Destination) : undefined
}
