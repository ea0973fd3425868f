import { parseRules as parse, type RuleContext } from '../../src/capture/parse-rules.ts'
import { compileRegex } from '../../src/regex/compile-regex.ts'

/** Parses rules as the settings do, regular expressions included. */
export function parseRules(
  value: unknown,
  lineOf: (path: readonly (string | number)[]) => number | undefined,
  context: RuleContext = { source: 'captures', layout: 'native' },
) {
  return parse(value, lineOf, { ...context, compileRegex })
}
