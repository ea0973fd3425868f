/** Inputs that describe an InfluxDB server, besides `url`. */
// biome-ignore format: one line
export const influxInputs = ['api', 'token', 'org', 'bucket', 'database', 'username', 'password', 'retention-policy'] as const

/** Inputs that describe where points go. The file of `config` has keys of these names instead. */
export const storageInputs = ['url', ...influxInputs, 'file'] as const

/** The credentials among them. */
export const credentialInputs = ['token', 'username', 'password'] as const
