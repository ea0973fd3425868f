import { RE2JS } from 're2js'
import type { Regex } from '../capture/rules.ts'
import { checkEmptyRounds, hasReference } from './check-empty-rounds.ts'
import { checkReferences } from './check-references.ts'
import { parsePattern } from './parse-pattern.ts'
import { toJavaScript } from './to-javascript.ts'
import { toRe2 } from './to-re2.ts'

/**
 * A regular expression in Python's syntax. It takes linear time, but for what RE2 does not have: `test` leaves these names to
 * the process that callbacks run in.
 * @throws PatternError
 */
export function compileRegex(source: string): Regex {
  const node = parsePattern(source)
  checkReferences(node, new Set())
  checkEmptyRounds(node, hasReference(node))
  const javascript = toJavaScript(node)
  // It throws for what JavaScript does not take. Nothing is run yet.
  new RegExp(javascript, 'u')
  const re2 = toRe2(node)
  const compiled = re2 && compileRe2(re2.source)
  if (re2 === undefined || compiled === undefined) return { source, javascript, test: () => undefined }
  return {
    source,
    javascript,
    test: (name) => (re2.isUnsure(name) ? undefined : compiled.matcher(name).lookingAt()),
  }
}

/** Undefined where it is too large: counts within counts. */
function compileRe2(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source)
  } catch {
    return undefined
  }
}
