import { isObject, type Json, type JsonObject } from './json.ts'
import { findWritten } from './written-numbers.ts'

/** A named value of the build, known when it ends. */
export interface Property {
  /** As in workflow expressions: `steps.test.outputs.coverage`. */
  readonly path: string
  /** The name alone: `coverage`. Absent when a later property took it. */
  readonly shortName?: string
  readonly value: Json
  /** A number as it is written in its source, if a float prints it differently. */
  readonly written?: string
}

/** Where properties come from, as JSON values. */
export interface PropertySources {
  readonly steps: JsonObject
  readonly needs: JsonObject
  readonly matrix: JsonObject
  readonly job: JsonObject
  readonly strategy: JsonObject
  /** The inputs of the workflow. */
  readonly inputs: JsonObject
  readonly runner: JsonObject
  /** Taken from the environment; the event payload is `event`. */
  readonly github: JsonObject
  readonly event: JsonObject
  readonly env: JsonObject
  /** The user's own properties. */
  readonly own: JsonObject
}

export interface Properties {
  /** The properties that a regular expression can match: all but `env` and the event payload. */
  readonly listed: readonly Property[]
  /**
   * The paths of all steps and jobs that set this short name, the one that is used last; empty unless there are several, and if
   * an own property settles it.
   */
  clashesOf(shortName: string): readonly string[]
  /** Finds a property by its short name or path; paths may lead into JSON values. */
  find(name: string): Property | undefined
}

/** Collects the build's properties. Short names are set by needs, steps in order and own properties; the last wins. */
export function toProperties(sources: PropertySources): Properties {
  const all = [
    ...toOutputs('needs', sources.needs, ['result']),
    ...toOutputs('steps', sources.steps, ['outcome']),
    ...Object.entries(sources.own).map(([key, value]) => {
      const written = findWritten(sources.own, key)
      return { path: key, shortName: key, value, ...(written === undefined ? {} : { written }) }
    }),
    ...toKeys('matrix', sources.matrix),
    ...toKeys('job', sources.job).filter(({ path }) => path === 'job.status'),
    ...toKeys('strategy', sources.strategy),
    ...toKeys('inputs', sources.inputs),
    ...toKeys('runner', sources.runner),
    ...toKeys('github', sources.github),
  ]
  const setters = new Map<string, Property[]>()
  for (const property of all) {
    if (property.shortName === undefined) continue
    const earlier = setters.get(property.shortName)
    if (earlier) earlier.push(property)
    else setters.set(property.shortName, [property])
  }
  const listed = all.map(({ shortName, ...property }: Property): Property => {
    const wins = shortName !== undefined && setters.get(shortName)?.at(-1)?.path === property.path
    return wins ? { ...property, shortName } : property
  })
  const byName = new Map<string, Property>()
  for (const property of listed) byName.set(property.path, property)
  for (const property of listed) if (property.shortName !== undefined) byName.set(property.shortName, property)
  const tree: JsonObject = {
    steps: sources.steps,
    needs: sources.needs,
    matrix: sources.matrix,
    job: sources.job,
    strategy: sources.strategy,
    inputs: sources.inputs,
    runner: sources.runner,
    github: { ...sources.github, event: sources.event },
    env: sources.env,
  }
  return {
    listed,
    clashesOf(shortName) {
      const all = setters.get(shortName) ?? []
      const settled = all.some(({ path }) => path === shortName)
      return all.length > 1 && !settled ? all.map(({ path }) => path) : []
    },
    find(name) {
      const known = byName.get(name)
      if (known) return known
      const value = name.includes('.') ? findValue(tree, name) : undefined
      return value === undefined ? undefined : { path: name, value }
    },
  }
}

/** `steps` and `needs` have the same shape: outputs, each with a short name, and the result of the step or job. */
function toOutputs(root: string, context: JsonObject, keys: readonly string[]): Property[] {
  return Object.entries(context).flatMap(([id, entry]) => {
    if (!isObject(entry)) return []
    const outputs = isObject(entry.outputs) ? Object.entries(entry.outputs) : []
    return [
      ...outputs.map(([name, value]) => ({ path: `${root}.${id}.outputs.${name}`, shortName: name, value })),
      ...keys.flatMap((key) => {
        const value = entry[key]
        return value === undefined ? [] : [{ path: `${root}.${id}.${key}`, value }]
      }),
    ]
  })
}

function toKeys(root: string, context: JsonObject): Property[] {
  return Object.entries(context).map(([key, value]) => ({ path: `${root}.${key}`, value }))
}

/** Follows a path into JSON. A key may contain dots: the rest of the path is tried as one key first. */
function findValue(tree: JsonObject, path: string): Json | undefined {
  let value: Json = tree
  let rest = path
  for (;;) {
    if (typeof value !== 'object' || value === null) return undefined
    const whole = getOwn(value, rest)
    if (whole !== undefined) return whole
    const dot = rest.indexOf('.')
    const inner: Json | undefined = dot < 0 ? undefined : getOwn(value, rest.slice(0, dot))
    if (inner === undefined) return undefined
    value = inner
    rest = rest.slice(dot + 1)
  }
}

function getOwn(value: readonly Json[] | JsonObject, key: string): Json | undefined {
  if (Array.isArray(value) && !/^\d+$/.test(key)) return undefined
  return Object.hasOwn(value, key) ? (value as JsonObject)[key] : undefined
}
