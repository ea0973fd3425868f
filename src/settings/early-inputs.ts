import type { ReadInput } from '../runner/input-names.ts'

const secretInputs = ['token', 'password', 'github-token'] as const

/** The secrets among the inputs. */
export function readSecrets(read: ReadInput): string[] {
  const login =
    read('username') === '' ? [] : [Buffer.from(`${read('username')}:${read('password')}`).toString('base64')]
  return [...secretInputs.map(read), ...login].filter((secret) => secret !== '')
}

/** Whether problems fail the job, if the settings as a whole are invalid. */
export function readFailOnError(read: ReadInput): boolean {
  return isTrue(read('fail-on-error'))
}

/** Whether invalid settings are warnings that never fail the job. */
export function readMistakesWarn(read: ReadInput): boolean {
  return read('on-mistake') === 'warn'
}

/** Whether a text is true as YAML 1.2 and `core.getBooleanInput` write it. */
export function isTrue(text: string): boolean {
  return /^(true|True|TRUE)$/.test(text)
}

/** Inputs that describe an InfluxDB server, besides `url`. */
// biome-ignore format: one line
export const influxInputs = ['api', 'token', 'org', 'bucket', 'database', 'username', 'password', 'retention-policy'] as const

/** Inputs that describe where points go. The file of `config` has keys of these names instead. */
export const storageInputs = ['url', ...influxInputs, 'file'] as const

/** The credentials among them. */
export const credentialInputs = ['token', 'username', 'password'] as const
