import type { Comparison } from '../compare/comparison.ts'
import { parseComparison } from '../compare/parse-comparison.ts'
import type { SettingProblem } from './problem.ts'
import { type Path, parseYaml } from './yaml.ts'

/** Parses what `compare` says in the file of `config`. */
export function parseCompare(
  value: unknown,
  source: string,
  lineOf: (path: Path) => number | undefined,
  problems: SettingProblem[],
): Comparison | undefined {
  const { comparison, problems: found } = parseComparison(value)
  problems.push(...found.map(({ path, text }) => ({ input: source, line: lineOf(path), text })))
  return comparison
}

/** Parses the input `compare`. */
export async function parseCompareInput(text: string, problems: SettingProblem[]): Promise<Comparison | undefined> {
  if (/^(true|false)$/i.test(text.trim())) return parseComparison(/true/i.test(text)).comparison
  const yaml = await parseYaml('compare', text, problems)
  return yaml && parseCompare(yaml.value, 'compare', yaml.lineOf, problems)
}
