import { isObject } from '../../build/json.ts'
import { countOf } from '../../build/quantity.ts'
import { findStart } from '../../collect/range.ts'
import { findOwnJobs, isSkipped, type Run } from '../../collect/run.ts'
import { type Collected, collectRuns } from '../../github/collect-runs.ts'
import type { RepositoryFacts } from '../../github/runs-api.ts'
import { formatMinute } from '../../presentation/collect-report.ts'
import { type CollectReport, type CollectWork, createSelect, explainStop, type Stop } from './work.ts'

type Told = { readonly [key in keyof CollectReport]: CollectReport[key][number][] }

/** Collects the runs of all repositories that ended since the last collection, starting with the repository that is furthest behind. */
export async function collectRepositories(work: CollectWork): Promise<CollectReport> {
  const { settings, nowMs, writer } = work
  const told: Told = { repositories: [], problems: [], limits: [], notes: [] }
  const vanished: Run[] = []
  const repositories = await findRepositories(work, told)
  if (repositories === undefined) return told
  const starts = repositories
    .map(({ name }) => {
      const known = work.known.map((storage) => storage.get(name))
      return [name, findStart(settings.sinceMs, known, nowMs)] as const
    })
    .sort(([, a], [, b]) => a - b)
  if (settings.untilMs === undefined) await writer.begin(new Map(starts))
  for (const [name, sinceMs] of starts) {
    const facts = repositories.find((one) => one.name === name)
    if (facts === undefined || writer.isBlocked) break
    const stop = await collectRepository(work, facts, sinceMs, told, vanished)
    if (stop === undefined) continue
    const { untilMs = sinceMs } = told.repositories.at(-1) ?? {}
    const hasMemory =
      settings.untilMs === undefined && settings.storages.some(({ target }) => target.kind === 'influxdb')
    const next = hasMemory ? 'The next collection continues from there' : toAdvice(untilMs)
    const text = `${name} was collected only up to ${formatMinute(untilMs)}: ${stop.why}${explainAccess(stop, name, work)}. ${next}.`
    if (stop.kind === 'limit') told.limits.push(text)
    else told.problems.push(text)
    if (stop.kind !== 'repository') break
  }
  if (vanished.length > 0) told.notes.push(explainVanished(vanished))
  return told
}

/** Why the rest of a repository is missing; undefined if it is complete. */
async function collectRepository(
  { settings, api, writer, env, nowMs, asking }: CollectWork,
  facts: RepositoryFacts,
  sinceMs: number,
  told: Told,
  vanished: Run[],
): Promise<Stop | undefined> {
  const untilMs = Math.floor((settings.untilMs ?? nowMs) / 1000) * 1000
  const range = { sinceMs, untilMs: Math.max(untilMs, sinceMs), lookbackMs: settings.lookbackMs }
  const collector = { api, selects: createSelect(settings, env), onVanished: (run: Run) => void vanished.push(run) }
  const row = { name: facts.name, runs: 0, jobs: 0, untilMs: undefined as number | undefined }
  told.repositories.push(row)
  // Runs are written while GitHub is asked for the next ones.
  let writing = Promise.resolve()
  try {
    for await (const collected of collectRuns(collector, facts, range)) {
      await writing
      if (writer.isBlocked) return undefined
      row.runs += new Set(collected.attempts.map(({ run }) => run.id)).size
      row.jobs += countJobs(collected)
      // The runner's clock may be ahead of GitHub's: the next collection would skip runs that end until then.
      row.untilMs = Math.max(sinceMs, Math.min(collected.untilMs, api.firstAnswerMs ?? collected.untilMs))
      writing = writer.write({ ...collected, untilMs: row.untilMs }, facts.name)
    }
  } catch (error) {
    return explainStop(error, asking)
  } finally {
    await writing
  }
  return undefined
}

function countJobs({ attempts }: Collected): number {
  return attempts.reduce(
    (sum, { run, jobs }) => sum + findOwnJobs(run, jobs).filter((job) => !isSkipped(job)).length,
    0,
  )
}

/** The repositories of the input; undefined if GitHub does not answer. */
async function findRepositories(work: CollectWork, told: Told): Promise<RepositoryFacts[] | undefined> {
  const { settings, api, env, event, asking } = work
  const { default_branch } = isObject(event.repository) ? event.repository : {}
  const ownBranch = typeof default_branch === 'string' ? default_branch : undefined
  const found = new Map<string, RepositoryFacts>()
  for (const pattern of settings.repositories) {
    const owner = pattern.endsWith('/*') ? pattern.slice(0, -2) : undefined
    const isOwn = pattern === env.GITHUB_REPOSITORY
    if (owner === undefined) {
      found.set(pattern, { name: pattern, defaultBranch: isOwn ? ownBranch : undefined, isOver: false })
      continue
    }
    try {
      const listed = (await api.listRepositories(owner)).filter(({ isOver }) => !isOver)
      for (const facts of listed) found.set(facts.name, facts)
      if (listed.length === 0) told.problems.push(`The token sees no repositories of ${owner} that are not archived.`)
    } catch (error) {
      const stop = explainStop(error, asking)
      const hidden = 'the owner does not exist, or the token may not see it'
      const remedy = 'check the name, or give the token of a GitHub App that is installed there'
      const why = /^the token may not read it/.test(stop.why) ? `${hidden}; ${remedy}` : stop.why
      const text = `The repositories of ${owner} were not listed: ${why}.`
      if (stop.kind === 'limit') told.limits.push(text)
      else told.problems.push(text)
      if (stop.kind !== 'repository') return undefined
    }
  }
  return [...found.values()]
}

function toAdvice(untilMs: number): string {
  return `To continue from there, set since: ${new Date(untilMs).toISOString().slice(0, 19)}Z`
}

/** A hint about what a job's own token cannot do. */
function explainAccess({ why }: Stop, name: string, { env }: CollectWork): string {
  const isForeign = name !== env.GITHUB_REPOSITORY && why.includes('may not read it')
  return isForeign
    ? ". A job's own token reads only its own repository: for others, set github-token to the token of a GitHub App"
    : ''
}

function explainVanished(vanished: readonly Run[]): string {
  const first = vanished.slice(0, 5).map(({ repository, id, attempt }) => `${repository} run ${id}, attempt ${attempt}`)
  const more = vanished.length > first.length ? ` and ${vanished.length - first.length} more` : ''
  const are = vanished.length === 1 ? 'is' : 'are'
  return `${countOf(vanished.length, 'attempt')} ${are} skipped because GitHub no longer has ${vanished.length === 1 ? 'it' : 'them'}: ${first.join('; ')}${more}.`
}
