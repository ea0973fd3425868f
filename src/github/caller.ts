import type { JsonObject } from '../build/json.ts'
import { toLegSuffix } from '../build/matrix.ts'

/** The facts about a job that another workflow may have called. */
export interface CallerFacts {
  /** GitHub's name of the job; undefined if GitHub did not report it. */
  readonly name: string | undefined
  /** The key under `jobs:` of the workflow file that defines the job. */
  readonly job: string
  readonly matrix: JsonObject
  /** `job.workflow_ref`: the file that defines the job; absent on older servers. */
  readonly definedIn: string | undefined
  /** `github.workflow_ref`: the file that was triggered. */
  readonly triggered: string | undefined
}

const separator = ' / '

/**
 * The job that called the workflow of this job: the part of GitHub's name before the last ` / `; empty if none did,
 * undefined if that is not known.
 */
export function findCaller({ name, job, matrix, definedIn, triggered }: CallerFacts): string | undefined {
  const isCalled = definedIn && triggered ? definedIn.toLowerCase() !== triggered.toLowerCase() : undefined
  if (isCalled === false) return ''
  if (name === undefined) return undefined
  const suffix = toLegSuffix(matrix)
  const bare = suffix !== '' && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name
  // Without `name:`, GitHub shows the job's id with the values of its matrix, and cuts a long name at its end.
  const parts = bare.split(separator)
  const own = parts.findLastIndex((part, index) => index > 0 && (part === job || part.startsWith(`${job} (`)))
  if (own > 0) return parts.slice(0, own).join(separator)
  if (isCalled) return parts.length > 1 ? parts.slice(0, -1).join(separator) : undefined
  return parts.length > 1 ? undefined : ''
}

/** Values that differ in every run: each would make a new series. */
export interface RunValues {
  /** Numbers and commits, which are never the name of a job. */
  readonly ids: readonly string[]
  /** Refs and inputs: if one is a job's whole name and a valid id, it is treated as the job's id. */
  readonly words: readonly string[]
}

/** The caller with `*` in place of values that are specific to this run. */
export function cutRunValues(caller: string, { ids, words }: RunValues): string {
  return caller
    .split(separator)
    .map((part) => replaceAll(isJobId(part) ? part : replaceAll(part, words), ids))
    .join(separator)
}

function isJobId(text: string): boolean {
  return /^[A-Za-z_][\w-]*$/.test(text)
}

/** As text: V8 compiles the classes of a literal when it loads the file, which takes a hundredth of a run. */
const wordClass = '[\\p{L}\\p{N}]'

/** Longest first, because a commit begins with its short form. A value inside a longer word is not replaced. */
function replaceAll(text: string, values: readonly string[]): string {
  return values
    .filter((value) => value !== '')
    .toSorted((a, b) => b.length - a.length)
    .reduce((rest, value) => {
      if (!rest.includes(value)) return rest
      const word = new RegExp(wordClass, 'u')
      const isWord = (character: string | undefined) => character !== undefined && word.test(character)
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
