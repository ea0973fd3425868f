import type { Comparison } from '../compare/comparison.ts'
import { parseComparisons } from '../compare/parse-comparison.ts'
import type { SettingProblem } from './problem.ts'
import { type Path, parseYaml } from './yaml.ts'

/** Parses the key `compare` of a config file. */
export function parseCompare(
  value: unknown,
  source: string,
  lineOf: (path: Path) => number | undefined,
  problems: SettingProblem[],
): readonly Comparison[] | undefined {
  const { comparisons, problems: found } = parseComparisons(value)
  problems.push(...found.map(({ path, text }) => ({ input: source, line: lineOf(path), text })))
  return comparisons
}

/** Parses the input `compare`. */
export async function parseCompareInput(
  text: string,
  problems: SettingProblem[],
): Promise<readonly Comparison[] | undefined> {
  if (/^(true|false)$/i.test(text.trim())) return parseComparisons(/true/i.test(text)).comparisons
  const yaml = await parseYaml('compare', text, problems)
  return yaml && parseCompare(yaml.value, 'compare', yaml.lineOf, problems)
}
