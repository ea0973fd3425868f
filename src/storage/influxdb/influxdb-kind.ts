import type { Destination, StorageKind } from '../kind.ts'
import type { InfluxTarget } from '../target.ts'
import { nameTarget, openInfluxDB } from './influxdb.ts'

export const influxdbKind: StorageKind<InfluxTarget> = {
  kind: 'influxdb',
  noun: 'InfluxDB',
  description: 'An InfluxDB server.',
  keys: {
    url: 'Base URL, such as https://influx.example.com:8086. $NAME is an environment variable.',
    api: 'v1, v2 or v3. Default: v2 with a bucket, v3 with a database and a token, v1 with a database alone.',
    token: 'API token (v2, v3): $NAME, an environment variable that holds the secret.',
    org: 'Organisation (v2).',
    bucket: 'Bucket (v2).',
    database: 'Database (v1, v3).',
    username: 'User (v1).',
    password: 'Password (v1): $NAME, an environment variable that holds the secret.',
    'retention-policy': 'Retention policy (v1). Default: the default policy of the database.',
  },
  isServer: true,
  name: nameTarget,
  open: openInfluxDB,
  toUnsigned: ({ api }) => (api === 'v1' ? 'i' : 'u'),
  isOpen: (target) => target.api === 'v1' && target.login === undefined,
  outlivesCheckout: () => true,
  toDestination,
  isDestination,
  nameDestination,
  toTarget,
}

function toDestination(target: InfluxTarget, redact: (text: string) => string): Destination {
  const { kind, api } = target
  const url = redact(target.url)
  switch (api) {
    case 'v1': {
      const { retentionPolicy: policy } = target
      const place = { kind, url, api, database: redact(target.database) }
      return policy === undefined ? place : { ...place, policy: redact(policy) }
    }
    case 'v2': {
      const place = { kind, url, api, bucket: redact(target.bucket) }
      return target.org === undefined ? place : { ...place, org: redact(target.org) }
    }
    case 'v3':
      return { kind, url, api, database: redact(target.database) }
  }
}

function isDestination({ url, api, database, bucket, org, policy }: Readonly<Record<string, unknown>>): boolean {
  const isText = (value: unknown) => typeof value === 'string'
  const isTextOrNone = (value: unknown) => value === undefined || isText(value)
  if (!isText(url)) return false
  return (
    (api === 'v1' && isText(database) && isTextOrNone(policy)) ||
    (api === 'v2' && isText(bucket) && isTextOrNone(org)) ||
    (api === 'v3' && isText(database))
  )
}

/** `http://influx:8086 (v2, org acme, bucket ci)` */
function nameDestination({ url, api, database, policy, bucket, org }: Destination): string {
  switch (api) {
    case 'v1':
      return `${url} (${api}, database ${database}${policy === undefined ? '' : `, retention policy ${policy}`})`
    case 'v2':
      return `${url} (${api}, ${org === undefined ? '' : `org ${org}, `}bucket ${bucket})`
    default:
      return `${url} (${api}, database ${database})`
  }
}

function toTarget({ url = '', api, database = '', policy, bucket = '', org }: Destination): InfluxTarget {
  const kind = 'influxdb'
  switch (api) {
    case 'v1':
      return { kind, url, api, database, retentionPolicy: policy, login: undefined }
    case 'v2':
      return { kind, url, api, bucket, org, token: '' }
    default:
      return { kind, url, api: 'v3', database, token: '' }
  }
}
