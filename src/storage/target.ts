/** An InfluxDB server. */
export type InfluxTarget = {
  readonly kind: 'influxdb'
  /** Ends in no slash, and may have a path; it holds no credentials. */
  readonly url: string
  /** As the user wrote it, where that differs. Messages have this: it may be a secret, which the runner masks as it was written. */
  readonly givenUrl?: string
} & (
  | {
      readonly api: 'v1'
      readonly database: string
      readonly retentionPolicy: string | undefined
      readonly login: { readonly username: string; readonly password: string } | undefined
    }
  | { readonly api: 'v2'; readonly bucket: string; readonly org: string | undefined; readonly token: string }
  | { readonly api: 'v3'; readonly database: string; readonly token: string }
)

/** A file that line protocol is appended to. */
export interface FileTarget {
  readonly kind: 'file'
  /** Absolute. */
  readonly path: string
  /** As the user wrote it, for messages. */
  readonly name: string
}
