import { showValue } from '../build/show-value.ts'
import { everyName, type Matcher, type Regex } from './rules.ts'

/** Compiles a regular expression in Python's syntax, and throws where it cannot. */
export type CompileRegex = (source: string) => Regex

/** Whether any rule in parsed YAML has a regular expression that must be compiled. */
export function hasRegex(value: unknown): boolean {
  const isMap = (one: unknown) => typeof one === 'object' && one !== null
  const needsOne = (options: unknown) => isMap(options) && ![undefined, everyName.source].includes(toRegexText(options))
  return Array.isArray(value) && value.some((item) => isMap(item) && Object.values(item as object).some(needsOne))
}

function toRegexText(options: unknown): string | undefined {
  const { regex } = options as { regex?: unknown }
  return typeof regex === 'string' ? regex : undefined
}

/** Returns undefined unless exactly one is given, a name or a regular expression. */
export function toMatcher(
  { name, regex }: { name?: string | undefined; regex?: string | undefined },
  compileRegex: CompileRegex | undefined,
): Matcher | { problem: string } | undefined {
  if (name !== undefined) return regex === undefined ? { name } : undefined
  if (regex === undefined) return undefined
  if (regex === everyName.source) return { regex: everyName }
  if (compileRegex === undefined) throw new Error('rules with a regular expression were parsed without compileRegex')
  try {
    return { regex: compileRegex(regex) }
  } catch (error) {
    return {
      problem: `"regex" is not a valid regular expression in Python's syntax: ${(error as Error).message}; it is ${showValue(regex)}`,
    }
  }
}
