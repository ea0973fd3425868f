import type * as v from 'valibot'
import { storageKinds } from '../storage/kinds.ts'
import type { storageSchema } from './config-schema.ts'
import { readSecrets } from './early-inputs.ts'
import type { Place } from './layout.ts'
import type { SettingProblem } from './problem.ts'
import type { RunFacts } from './run-facts.ts'
import { isAlone, type ParsedTargets, parseTargets, toFallbackPath } from './targets.ts'

type Storage = Pick<v.InferOutput<typeof storageSchema>, keyof typeof storageKinds>

/** Parses the target of one storage by the rules of the inputs. A value `$NAME` is an environment variable. */
export function parseConfigTarget(
  storage: Storage,
  placeOf: (...keys: string[]) => Place,
  run: RunFacts,
  problems: SettingProblem[],
): ParsedTargets {
  const kinds = Object.values(storageKinds)
  const [kind, ...others] = kinds.filter((one) => storage[one.kind] !== undefined)
  if (kind === undefined || others.length > 0) {
    problems.push({ ...placeOf(), text: `a storage must have either ${kinds.map((one) => one.kind).join(' or ')}` })
    return { targets: [], notices: [], missingSecrets: [] }
  }
  const given = storage[kind.kind] ?? ''
  const entries = typeof given === 'string' ? { [kind.kind]: given } : given
  const values = new Map<string, string>()
  const unset = new Set<string>()
  const empty: string[] = []
  for (const [key, value] of Object.entries(entries)) {
    if (value === undefined) continue
    const variable = findVariable(value)
    const resolved = variable === undefined ? value : run.env[variable]
    // The runner trims inputs in the same way. A value from a file or a command often ends with a newline.
    if (resolved !== undefined) values.set(key, resolved.trim())
    if (variable !== undefined && resolved === undefined) {
      const where = 'set it under env: of the Build Stats step or of the job'
      const text = `${key}: the environment variable ${variable} is not set; ${where}`
      problems.push({ ...placeOf(kind.kind, key), text })
      unset.add(key)
    }
    if (variable !== undefined && resolved?.trim() === '') empty.push(variable)
  }
  const read = (name: string) => values.get(name) ?? ''
  run.addSecrets(readSecrets(read))
  if (empty.length > 0 && isAlone(run)) {
    const text = `${empty.map((name) => `$${name}`).join(' and ')} of this storage ${empty.length > 1 ? 'are' : 'is'} empty`
    problems.push({ ...placeOf(), text: `${text}. ${run.secretHint}` })
    return { targets: [], notices: [], missingSecrets: [] }
  }
  if (empty.length > 0) return toFallback(empty, kind.noun, placeOf(), run)
  if (kind.parse !== undefined) {
    const parsed = unset.size > 0 ? undefined : kind.parse(read)
    if (parsed !== undefined && 'text' in parsed)
      problems.push({ ...placeOf(kind.kind, parsed.key), text: parsed.text })
    return { targets: parsed === undefined || 'text' in parsed ? [] : [parsed], notices: [], missingSecrets: [] }
  }
  const missing = kind.kind === 'influxdb' ? findMissing(entries).filter((key) => !unset.has(key)) : []
  for (const key of missing) problems.push({ ...placeOf(), text: `influxdb lacks "${key}"; ${remedies[key]}` })
  // Missing keys are reported already: stand-ins keep them from being reported again.
  const known = new Set<string>([...missing, ...unset])
  const wrong: SettingProblem[] = []
  const readAll = (name: string) => (known.has(name) ? standIns[name] || '-' : read(name))
  const { targets } = parseTargets(readAll, { ...run, hasNoSecrets: false }, wrong)
  for (const { input, text } of wrong) {
    if (!known.has(input)) problems.push({ ...placeOf(kind.kind, input), text: `"${input}" ${text}` })
  }
  return { targets, notices: [], missingSecrets: [] }
}

/** Finds keys that a server needs and lacks. Unlike an input, a key with an empty variable differs from a missing one. */
function findMissing(server: Readonly<Record<string, string>>): (keyof typeof remedies)[] {
  const { url, bucket, org, token, username, password, api } = server
  return [
    ...(url === undefined ? (['url'] as const) : []),
    ...(org === undefined && (bucket !== undefined || api === 'v2') ? (['org'] as const) : []),
    ...(token === undefined && (bucket !== undefined || api === 'v2' || api === 'v3') ? (['token'] as const) : []),
    ...(username !== undefined && password === undefined ? (['password'] as const) : []),
    ...(password !== undefined && username === undefined ? (['username'] as const) : []),
  ]
}

const remedies = {
  url: 'write url: https://influx.example.com:8086',
  org: 'write org: acme, the name or ID of the organisation',
  token: 'write token: $INFLUX_TOKEN, an environment variable that holds the secret',
  password: 'write password: $INFLUX_PASSWORD, an environment variable that holds the secret',
  username: 'password needs a username',
} as const

const standIns: Readonly<Record<string, string>> = { url: 'http://localhost', api: 'v2' }

/** Sends points to a file if a variable is empty, as secrets are in a pull request from a fork. */
function toFallback(variables: readonly string[], meant: string, { input, line }: Place, run: RunFacts): ParsedTargets {
  const path = toFallbackPath(run)
  const are = variables.length > 1 ? 'are' : 'is'
  const why = `${variables.map((name) => `$${name}`).join(' and ')} of the storage in ${input}, line ${line}, ${are} empty`
  const where = `its points go to the file ${path}, which a hosted runner throws away, and not to ${meant}`
  const text = `${why}: ${where}. ${run.secretHint}`
  return {
    targets: [{ kind: 'file', path, name: path }],
    notices: [text],
    missingSecrets: run.hasNoSecrets ? [] : [text],
  }
}

/** The name of the environment variable that a value `$NAME` stands for. */
function findVariable(value: string): string | undefined {
  return /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(value)?.[1]
}
