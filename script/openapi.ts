import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Writes what GitHub's OpenAPI description says of the answers that src/github reads about runs, with all it refers to:
 * `npm pack @octokit/openapi@23.0.2`, unpack it, and give this the path of `generated/api.github.com.json`. The package itself is
 * 385 MB.
 */
const answers: Readonly<Record<string, string>> = {
  runs: '/repos/{owner}/{repo}/actions/runs',
  attempt: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}',
  jobs: '/repos/{owner}/{repo}/actions/runs/{run_id}/attempts/{attempt_number}/jobs',
  repositories: '/orgs/{org}/repos',
  repository: '/repos/{owner}/{repo}',
}

type Node = { readonly [key: string]: unknown }

/** What says nothing of what is right. */
const idle = new Set(['description', 'example', 'examples', 'title', 'deprecated'])

function trim(value: unknown, isMap = false): unknown {
  if (Array.isArray(value)) return value.map((one) => trim(one))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).filter(([key]) => isMap || !idle.has(key))
  return Object.fromEntries(entries.map(([key, one]) => [key, trim(one, !isMap && key === 'properties')]))
}

function collectReferences(value: unknown, schemas: Node, found: Map<string, unknown>): void {
  if (typeof value !== 'object' || value === null) return
  const [, name] = /^#\/components\/schemas\/(.+)$/.exec(String((value as Node).$ref)) ?? []
  if (name !== undefined && !found.has(name)) {
    found.set(name, trim(schemas[name]))
    collectReferences(found.get(name), schemas, found)
  }
  for (const one of Object.values(value)) collectReferences(one, schemas, found)
}

const [path = ''] = process.argv.slice(2)
const api = JSON.parse(readFileSync(path, 'utf8'))
const schemas = new Map<string, unknown>()
const trimmed = Object.fromEntries(
  Object.entries(answers).map(([name, url]) => {
    const schema = trim(api.paths[url].get.responses[200].content['application/json'].schema)
    collectReferences(schema, api.components.schemas, schemas)
    return [name, schema]
  }),
)
const sorted = Object.fromEntries([...schemas].sort(([a], [b]) => (a < b ? -1 : 1)))
const text = `${JSON.stringify({ answers: trimmed, components: { schemas: sorted } }, undefined, 1)}\n`
writeFileSync(join(import.meta.dirname, '../test/support/github-openapi.json'), text)
