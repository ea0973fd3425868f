import type { JsonObject } from '../build/json.ts'
import { toLegSuffix } from '../build/matrix.ts'

/** What is known of a job that another workflow may have called. */
export interface CallerFacts {
  /** GitHub's name of the job; undefined where GitHub did not tell. */
  readonly name: string | undefined
  /** The key under `jobs:` of the workflow file that defines the job. */
  readonly job: string
  readonly matrix: JsonObject
  /** `job.workflow_ref`: the file that defines the job; older servers do not know it. */
  readonly definedIn: string | undefined
  /** `github.workflow_ref`: the file that was triggered. */
  readonly triggered: string | undefined
}

const separator = ' / '

/**
 * The job that called the workflow of this one, as GitHub's name shows it before the last ` / `; empty where none did,
 * undefined where that is not known.
 */
export function findCaller({ name, job, matrix, definedIn, triggered }: CallerFacts): string | undefined {
  const isCalled = definedIn && triggered ? definedIn.toLowerCase() !== triggered.toLowerCase() : undefined
  if (isCalled === false) return ''
  if (name === undefined) return undefined
  const suffix = toLegSuffix(matrix)
  const bare = suffix !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
  // Without `name:` GitHub shows the job's id, and cuts what is too long behind it.
  const parts = bare.split(separator)
  const own = parts.findLastIndex((part, index) => index > 0 && (part === job || part.startsWith(`${job} (`)))
  if (own > 0) return parts.slice(0, own).join(separator)
  if (isCalled) return parts.length > 1 ? parts.slice(0, -1).join(separator) : undefined
  return parts.length > 1 ? undefined : ''
}

/** Values that are another in every run: they would make a series for each. */
export interface RunValues {
  /** Numbers and commits: never the name of a job. */
  readonly ids: readonly string[]
  /** Refs and inputs: where one is a job's whole name, and could be its id, it is taken for that. */
  readonly words: readonly string[]
}

/** The caller with `*` for what is this run's own. */
export function cutRunValues(caller: string, { ids, words }: RunValues): string {
  return caller
    .split(separator)
    .map((part) => replaceAll(isJobId(part) ? part : replaceAll(part, words), ids))
    .join(separator)
}

function isJobId(text: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(text)
}

/** Longest first: a commit begins with its short form. Within a longer word a value stands for nothing. */
function replaceAll(text: string, values: readonly string[]): string {
  return values
    .filter((value) => value !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, value) => {
      const isWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character)
      let [done, at] = ['', 0]
      for (;;) {
        const from = rest.indexOf(value, at)
        if (from < 0) return done + rest.slice(at)
        const end = from + value.length
        const isWhole = !isWord(rest[from - 1]) && !isWord(rest[end])
        done += rest.slice(at, from) + (isWhole ? '*' : value)
        at = end
      }
    }, text)
}
