/** A part of a glob between slashes: a literal name, `**`, or a pattern such as `TEST-*.xml`. */
export type GlobPart = { readonly name: string } | { readonly pattern: string } | '**'

export interface Glob {
  /** The glob as the user wrote it. */
  readonly text: string
  readonly parts: readonly GlobPart[]
  /** Whether it begins with `!`: matching files are excluded. */
  readonly isExclusion: boolean
}

/** `{a,b}` expands one glob to several: more of them than this are a mistake. */
const maxAlternatives = 100

/** Parses a glob with `*`, `?`, `[a-z]`, `{a,b}` and, as a whole part, `**`. The first part of an absolute glob is its root. */
export function parseGlob(text: string, isWindows = process.platform === 'win32'): Glob[] {
  const isExclusion = text.startsWith('!')
  const given = isExclusion ? text.slice(1) : text
  return expandBraces(isWindows ? given.replaceAll('\\', '/') : given).map((path) => {
    const { root, names } = splitPath(path)
    const parts = names.filter((name, index) => name !== '**' || names[index - 1] !== '**').map(toPart)
    return { text, parts: root === '' ? parts : [{ name: root }, ...parts], isExclusion }
  })
}

/** Splits a path with slashes into its root, which is empty for a relative path, and its names. */
export function splitPath(path: string): { root: string; names: string[] } {
  const root = /^(?:[a-z]:)?\/+/i.exec(path)?.[0] ?? ''
  const names = path.slice(root.length).split('/')
  return { root, names: names.filter((name) => name !== '' && name !== '.') }
}

function toPart(name: string): GlobPart {
  if (name === '**') return name
  return /[*?[]/.test(name) ? { pattern: name } : { name }
}

/** Expands braces as a shell does: braces without a comma are literal, and braces may be nested. */
function expandBraces(text: string): string[] {
  let texts = [text]
  for (;;) {
    const next = texts.flatMap(expandInnermost).slice(0, maxAlternatives)
    if (next.length === texts.length) return next
    texts = next
  }
}

function expandInnermost(text: string): string[] {
  const pieces = text.split(/\{([^{}]*,[^{}]*)\}/)
  return pieces.reduce<string[]>(
    (starts, piece, index) => {
      const ends = index % 2 === 0 ? [piece] : piece.split(',')
      return starts.flatMap((start) => ends.map((end) => start + end)).slice(0, maxAlternatives)
    },
    [''],
  )
}

/** Whether a glob matches a whole path, given as its names. */
export function matchesGlob({ parts }: Glob, path: readonly string[]): boolean {
  let states = new Set([0])
  for (const name of path) states = new Set([...states].flatMap((at) => step(parts, at, name)))
  return [...states].some((at) => parts.slice(at).every((part) => part === '**'))
}

/** The positions in a glob that are reached from a position with a name. */
export function step(parts: readonly GlobPart[], at: number, name: string): number[] {
  const part = parts[at]
  if (part === undefined) return []
  if (part === '**') return [at, ...step(parts, at + 1, name)]
  return matchesPart(part, name) ? [at + 1] : []
}

function matchesPart(part: Exclude<GlobPart, '**'>, name: string): boolean {
  return 'name' in part ? part.name === name : matchesPattern(part.pattern, name)
}

/** Takes at most the product of both lengths: on a mismatch, the last star matches one more character. */
function matchesPattern(pattern: string, name: string): boolean {
  let [at, from] = [0, 0]
  let star: { readonly at: number; from: number } | undefined
  while (from < name.length) {
    const end = pattern[at] === '*' ? undefined : matchesOne(pattern, at, name[from] ?? '')
    if (pattern[at] === '*') {
      star = { at: at + 1, from }
      at++
    } else if (end !== undefined) {
      at = end
      from++
    } else if (star === undefined) {
      return false
    } else {
      star.from++
      at = star.at
      from = star.from
    }
  }
  return /^\**$/.test(pattern.slice(at))
}

/** The position after the part of the pattern that matches this character; undefined if none does. */
function matchesOne(pattern: string, at: number, character: string): number | undefined {
  const end = pattern[at] === '[' ? pattern.indexOf(']', at + 2) : -1
  if (end < 0) return pattern[at] === '?' || pattern[at] === character ? at + 1 : undefined
  const set = pattern.slice(at + 1, end)
  const isNegated = /^[!^]/.test(set)
  const ranges = (isNegated ? set.slice(1) : set).matchAll(/(.)-(.)|(.)/gsu)
  const isIn = [...ranges].some(([, first, last, single]) =>
    first === undefined || last === undefined ? single === character : first <= character && character <= last,
  )
  return isIn === isNegated ? undefined : end + 1
}
