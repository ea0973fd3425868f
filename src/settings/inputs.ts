/** Reads one input by its name in action.yml; empty when it is not given. */
export type ReadInput = (name: string) => string

const secretInputs = ['token', 'password', 'github-token'] as const

/** What must never be seen in a log, as the inputs hold it. */
export function readSecrets(read: ReadInput): string[] {
  const login =
    read('username') === '' ? [] : [Buffer.from(`${read('username')}:${read('password')}`).toString('base64')]
  return [...secretInputs.map(read), ...login].filter((secret) => secret !== '')
}
