/** A part of a glob between slashes: text as it stands, `**`, or a pattern such as `TEST-*.xml`. */
export type GlobPart = { readonly name: string } | { readonly pattern: string } | '**'

export interface Glob {
  /** As it is written. */
  readonly text: string
  readonly parts: readonly GlobPart[]
  /** Whether it begins with `!`: what it matches is left out. */
  readonly isExclusion: boolean
}

/** `{a,b}` makes several globs of one: more of them than this are a mistake. */
const maxAlternatives = 100

/** Reads a glob: `*`, `?`, `[a-z]`, `{a,b}` and, as a whole part, `**`. Absolute ones keep their root in the first part. */
export function parseGlob(text: string, isWindows = process.platform === 'win32'): Glob[] {
  const isExclusion = text.startsWith('!')
  const given = isExclusion ? text.slice(1) : text
  return expandBraces(isWindows ? given.replaceAll('\\', '/') : given).map((path) => {
    const { root, names } = splitPath(path)
    const parts = names.filter((name, index) => name !== '**' || names[index - 1] !== '**').map(toPart)
    return { text, parts: root === '' ? parts : [{ name: root }, ...parts], isExclusion }
  })
}

/** A path with slashes: what makes it absolute, and its names. */
export function splitPath(path: string): { root: string; names: string[] } {
  const root = /^(?:[a-z]:)?\/+/i.exec(path)?.[0] ?? ''
  const names = path.slice(root.length).split('/')
  return { root, names: names.filter((name) => name !== '' && name !== '.') }
}

function toPart(name: string): GlobPart {
  if (name === '**') return name
  return /[*?[]/.test(name) ? { pattern: name } : { name }
}

/** As a shell does: braces without a comma are text, and braces may stand within others. */
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

/** Whether a glob matches a whole path, as its parts. */
export function matchesGlob({ parts }: Glob, path: readonly string[]): boolean {
  let states = new Set([0])
  for (const name of path) states = new Set([...states].flatMap((at) => step(parts, at, name)))
  return [...states].some((at) => parts.slice(at).every((part) => part === '**'))
}

/** Where in a glob one gets from there with a name. */
export function step(parts: readonly GlobPart[], at: number, name: string): number[] {
  const part = parts[at]
  if (part === undefined) return []
  if (part === '**') return [at, ...step(parts, at + 1, name)]
  return matchesPart(part, name) ? [at + 1] : []
}

function matchesPart(part: Exclude<GlobPart, '**'>, name: string): boolean {
  return 'name' in part ? part.name === name : matchesPattern(part.pattern, name)
}

/** Linear in both, times each other: the last star takes one more character where the rest does not fit. */
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

/** Where the pattern goes on behind what stands for this character; undefined where it does not. */
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
