/** A problem in the settings: the input, the line, what is wrong and what to change. */
export interface SettingProblem {
  readonly input: string
  readonly line?: number | undefined
  readonly text: string
}

/** `captures, line 3: unknown key "colour" of property; ...` */
export function formatProblem({ input, line, text }: SettingProblem): string {
  return `${input}${line === undefined ? '' : `, line ${line}`}: ${text}`
}

/** Invalid settings. It has all problems at once, because each round trip through CI takes minutes. */
export class SettingsError extends Error {
  readonly problems: readonly SettingProblem[]
  constructor(problems: readonly SettingProblem[]) {
    const count = problems.length === 1 ? 'One problem' : `${problems.length} problems`
    // Sorted by input, then by line.
    const sorted = [...Map.groupBy(problems, ({ input }) => input).values()].flatMap((group) =>
      group.toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    )
    super([`${count} in the inputs:`, ...sorted.map((problem) => `  ${formatProblem(problem)}`)].join('\n'))
    this.problems = problems
  }
}
