import { isAbsolute, join, resolve } from 'node:path'
import type { InputName, ReadInput } from '../runner/input-names.ts'
import type { Target } from '../storage/kinds.ts'
import type { FileTarget, InfluxTarget } from '../storage/target.ts'
import { influxInputs } from './early-inputs.ts'
import type { SettingProblem } from './problem.ts'
import type { RunFacts } from './run-facts.ts'

export interface ParsedTargets {
  readonly targets: readonly Target[]
  /** Why points go to a file: there is no server, or a secret is empty. Sentences. */
  readonly notices: readonly string[]
  /** Those that no fork explains; they fail the job with `fail-on-error`. */
  readonly missingSecrets: readonly string[]
}

const apis = ['v1', 'v2', 'v3'] as const
type Api = (typeof apis)[number]

/** Inputs that an API does not use. */
const foreign: Record<Api, readonly (typeof influxInputs)[number][]> = {
  v1: ['token', 'org', 'bucket'],
  v2: ['database', 'username', 'password', 'retention-policy'],
  v3: ['org', 'bucket', 'username', 'password', 'retention-policy'],
}

/** Decides from `url`, `api`, credentials and `file` where points go. */
export function parseTargets(read: ReadInput, run: RunFacts, problems: SettingProblem[]): ParsedTargets {
  const file = read('file')
  const files: FileTarget[] = file === '' ? [] : [toFileTarget(file, run.workspace)]
  const given = influxInputs.filter((name) => read(name) !== '')
  if (read('url') === '' && given.length === 0 && files.length > 0)
    return { targets: files, notices: [], missingSecrets: [] }

  const url = read('url') === '' ? undefined : parseUrl(read('url'), problems)
  const api = parseApi(read, given, problems)
  if (api === undefined) return { targets: files, notices: [], missingSecrets: [] }
  const missing = findMissing(read, api, run.hasNoSecrets)
  const unset = missing.find(({ secret }) => !secret)
  if (unset && read('url') !== '') problems.push({ input: unset.name, text: `is empty; ${unset.remedy}` })

  const empty = [
    ...(read('url') === '' ? ['url'] : []),
    ...missing.filter(({ secret }) => secret).map(({ name }) => name),
  ]
  if (empty.length > 0 && isAlone(run)) {
    for (const name of empty) problems.push({ input: name, text: `is empty. ${run.secretHint}` })
    return { targets: [], notices: [], missingSecrets: [] }
  }
  if (empty.length > 0) {
    const target = files[0] ?? toFileTarget(toFallbackPath(run), run.workspace)
    const isV1OrV3 = api === 'v1' && empty.join() === 'token'
    const why = isV1OrV3
      ? 'There is no token, and database alone can mean InfluxDB v1 or v3'
      : `The input${empty.length > 1 ? 's' : ''} ${empty.join(' and ')} ${empty.length > 1 ? 'are' : 'is'} empty`
    const fate = files[0] === undefined ? ', which a hosted runner throws away,' : ''
    const where = `points go to the file ${target.name}${fate} and not to InfluxDB`
    const remedy = isV1OrV3 ? ' If the server is v1 and needs no login, write api: v1.' : ''
    const text = `${why}: ${where}. ${run.secretHint}${remedy}`
    const isMistake = !run.hasNoSecrets && given.length > 0
    return { targets: [target], notices: [text], missingSecrets: isMistake ? [text] : [] }
  }
  if (/[^\t\x20-\x7e\x80-\xff]/.test(read('token'))) {
    const wrong = 'contains a line break or another character that is not allowed in an HTTP header'
    problems.push({ input: 'token', text: `${wrong}; check that the secret is the token and nothing else` })
    return { targets: files, notices: [], missingSecrets: [] }
  }
  if (url === undefined || unset) return { targets: files, notices: [], missingSecrets: [] }
  return { targets: [toInfluxTarget(read, api, url), ...files], notices: [], missingSecrets: [] }
}

/** Whether the action is the job's only purpose, so that a missing secret is a problem. */
export function isAlone({ phase }: Pick<RunFacts, 'phase'>): boolean {
  return phase === 'replay' || phase === 'collect'
}

/** The file that replaces a server without credentials. */
export function toFallbackPath({ runnerTemp }: Pick<RunFacts, 'runnerTemp'>): string {
  return join(runnerTemp, 'build-stats.lp')
}

function toFileTarget(file: string, workspace: string): FileTarget {
  return { kind: 'file', path: isAbsolute(file) ? file : resolve(workspace, file), name: file }
}

/** `bucket` means v2, `database` with `token` v3, `database` otherwise v1. The server is never asked. */
function parseApi(read: ReadInput, given: readonly string[], problems: SettingProblem[]): Api | undefined {
  const value = read('api')
  const api = value === '' ? guessApi(given) : apis.find((known) => known === value)
  if (api === undefined) {
    problems.push({ input: 'api', text: `${JSON.stringify(value)} is unknown; it must be one of ${apis.join(', ')}` })
    return undefined
  }
  const wrong = given.filter((name) => (foreign[api] as readonly string[]).includes(name))
  for (const name of wrong) {
    const because =
      value === ''
        ? `which ${api === 'v2' ? '"bucket" selects' : '"database" with "token" selects'}`
        : 'which "api" selects'
    problems.push({
      input: name,
      text: `cannot be used with InfluxDB ${api}, ${because}. ${remedies[api]}`,
    })
  }
  return wrong.length > 0 ? undefined : api
}

const remedies: Record<Api, string> = {
  v1: 'v1 takes database, and username and password',
  v2: 'v2 takes token, org and bucket',
  v3: 'v3 takes token and database',
}

function guessApi(given: readonly string[]): Api {
  if (given.includes('bucket')) return 'v2'
  if (given.includes('database')) return given.includes('token') ? 'v3' : 'v1'
  return given.some((name) => foreign.v2.includes(name as (typeof influxInputs)[number])) ? 'v1' : 'v2'
}

interface Missing {
  readonly name: string
  /** Secrets are empty in a pull request from a fork; any other empty input is a mistake. */
  readonly secret: boolean
  readonly remedy: string
}

function findMissing(read: ReadInput, api: Api, hasNoSecrets: boolean): Missing[] {
  const missing: Missing[] = []
  // In a fork, any input may be empty, because a workflow may keep even a database's name in a secret.
  const need = (name: InputName, secret: boolean, remedy: string) => {
    if (read(name) === '') missing.push({ name, secret: secret || hasNoSecrets, remedy })
  }
  if (api === 'v2') need('bucket', false, 'say where points go: bucket (v2, with token and org) or database (v1, v3)')
  else need('database', false, `InfluxDB ${api} needs the name of a database`)
  // Other missing inputs are reported first.
  if (api === 'v2' && read('token') !== '' && read('bucket') !== '')
    need('org', false, 'InfluxDB v2 needs the name or ID of the organisation')
  if (api !== 'v1') need('token', true, '')
  // Without secrets, `database` alone can be v1, v1 with a login, or v3.
  const isSurelyV1 = (['api', 'username', 'password', 'retention-policy'] as const).some((name) => read(name) !== '')
  if (api === 'v1' && hasNoSecrets && !isSurelyV1) need('token', true, '')
  if (api === 'v1' && read('username') !== '') need('password', true, '')
  if (api === 'v1' && read('password') !== '') need('username', true, '')
  return missing
}

function toInfluxTarget(read: ReadInput, api: Api, base: string): InfluxTarget {
  const given = read('url')
  const url = { url: base, ...(given === base ? {} : { givenUrl: given }) }
  switch (api) {
    case 'v1': {
      const login = read('username') === '' ? undefined : { username: read('username'), password: read('password') }
      const retentionPolicy = read('retention-policy') || undefined
      return { kind: 'influxdb', api, ...url, database: read('database'), retentionPolicy, login }
    }
    case 'v2':
      return {
        kind: 'influxdb',
        api,
        ...url,
        bucket: read('bucket'),
        org: read('org') || undefined,
        token: read('token'),
      }
    case 'v3':
      return { kind: 'influxdb', api, ...url, database: read('database'), token: read('token') }
  }
}

/** Parses a base URL and removes trailing slashes. Messages do not quote it, because it may hold credentials. */
function parseUrl(text: string, problems: SettingProblem[]): string | undefined {
  const problem = (wrong: string) => {
    problems.push({ input: 'url', text: `${wrong}; write it as https://influx.example.com:8086` })
    return undefined
  }
  if (!/^[A-Za-z][A-Za-z0-9+.-]*:\/\//.test(text)) return problem('does not begin with https:// or http://')
  const url = URL.parse(text)
  if (url === null) return problem('is not a URL')
  if (url.protocol !== 'http:' && url.protocol !== 'https:')
    return problem(`has the scheme ${url.protocol} instead of http or https`)
  if (url.username !== '' || url.password !== '') {
    return problem('holds credentials; give them as the inputs username and password, or token')
  }
  const own = /\/(?:api\/v[123](?:\/.*)?|orgs\/.*|write|query|ping|health)\/*$/.exec(url.pathname)
  if (own !== null) {
    const base = `${url.origin}${url.pathname.slice(0, own.index)}`
    problems.push({
      input: 'url',
      text: `ends in "${own[0]}", which Build Stats adds where it is needed; write it as ${base}`,
    })
    return undefined
  }
  if (url.search !== '' || url.hash !== '') return problem('has a query or a fragment, which a base URL cannot have')
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
