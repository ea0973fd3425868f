import { RE2JS } from 're2js'
import type { Regex } from '../capture/rules.ts'
import { checkEmptyRounds, hasReference } from './check-empty-rounds.ts'
import { checkReferences } from './check-references.ts'
import { parsePattern } from './parse-pattern.ts'
import { toJavaScript } from './to-javascript.ts'
import { toRe2 } from './to-re2.ts'

/**
 * Compiles a regular expression in Python's syntax. Matching takes linear time, except for features that RE2 lacks: `test` leaves these names to
 * the process that callbacks run in.
 * @throws PatternError
 */
export function compileRegex(source: string): Regex {
  const node = parsePattern(source)
  checkReferences(node, new Set())
  checkEmptyRounds(node, hasReference(node))
  const javascript = toJavaScript(node)
  // Throws if JavaScript rejects the expression. Nothing is matched yet.
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

/** Undefined if the expression is too large for RE2, as with nested counts. */
function compileRe2(source: string): RE2JS | undefined {
  try {
    return RE2JS.compile(source)
  } catch {
    return undefined
  }
}
