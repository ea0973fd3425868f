/** An InfluxDB server. */
export type InfluxTarget = {
  readonly kind: 'influxdb'
  /** May have a path, but no slash at its end and no credentials. */
  readonly url: string
  /** The URL as the user wrote it, if different. Messages contain this form, because the runner masks a secret only as it was written. */
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
  /** The path as the user wrote it, for messages. */
  readonly name: string
}
