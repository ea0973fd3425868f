import type { InfluxTarget } from '../../src/storage/target.ts'

const server = { kind: 'influxdb', url: 'http://influx:8086' } as const

export const v1: InfluxTarget = { ...server, api: 'v1', database: 'ci', retentionPolicy: undefined, login: undefined }
export const v2: InfluxTarget = { ...server, api: 'v2', bucket: 'ci', org: 'acme', token: 'hidden' }
export const v3: InfluxTarget = { ...server, api: 'v3', database: 'ci', token: 'hidden' }
