import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { type BadConfig, badConfigs } from './bad-configs.ts'
import { openScenario, textsOf } from './scenario.ts'
import { tellProblems } from './tell-config.ts'

const cases = Object.entries(badConfigs).map(
  ([what, given]) => [what, typeof given === 'string' ? { config: given } : given] as const,
)

/** A config as a person sees it beside the message: numbered lines, the middle of a long one left out. */
function show({ config, inputs, env }: BadConfig): string {
  const lines = config.replace(/\n$/, '').split('\n')
  const shown = lines.slice(0, 12).map((line, index) => {
    const text = JSON.stringify(line.length > 110 ? `${line.slice(0, 110)}…` : line).slice(1, -1)
    return `${`${index + 1}`.padStart(4)} | ${text.replaceAll('\\"', '"')}`.trimEnd()
  })
  const more = lines.length > shown.length ? [`     … ${lines.length - shown.length} more lines`] : []
  const beside = Object.entries({ inputs, env }).flatMap(([name, value]) =>
    value === undefined ? [] : [`     ${name}: ${JSON.stringify(value)}`],
  )
  return [...shown, ...more, ...beside].join('\n')
}

describe('configs that are not right', () => {
  test('are told by a message that names line, key, value and remedy', async () => {
    const told: string[] = []
    for (const [what, given] of cases) {
      const message = await tellProblems(given)
      const lines = (message ?? 'No problem.').split('\n')
      const more = lines.length > 14 ? [`  … ${lines.length - 14} more lines`] : []
      told.push([`# ${what}`, show(given), ...lines.slice(0, 14), ...more].join('\n'))
    }
    await expect(`${told.join('\n\n')}\n`).toMatchFileSnapshot('bad-configs.txt')
  })

  /** What is wrong with the whole file stands in no line. */
  const withoutLine = [
    'an empty file',
    'nothing but a comment',
    'text at the top',
    'a list at the top',
    'no storages',
    'a key of the top that is unknown',
    'a web page',
    'two documents',
    '10 MB',
    'url beside config',
    'file beside config',
    'a mistake in inputs and one in the file',
  ]
  test.each(cases.filter(([what]) => !withoutLine.includes(what)))('%s: stands in a line', async (_what, given) => {
    const count = given.config.replace(/\n$/, '').split('\n').length
    const problems = (await tellProblems(given))?.split('\n').slice(1) ?? []
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) {
      expect(problem).toMatch(/^ {2}\.github\/build-stats\.yml, line \d+: /)
      const line = Number(/, line (\d+): /.exec(problem)?.[1])
      expect([line >= 1, line <= count]).toEqual([true, true])
    }
  })

  // At once is whatever a busy machine makes of it; what is not would take all memory, or hours.
  test.each(cases)('%s: is told at once, and no secret with it', { timeout: 20_000 }, async (_what, given) => {
    const message = await tellProblems(given)
    expect(message).toMatch(/^(One problem|\d+ problems) in the inputs:\n {2}/)
    expect(message).not.toMatch(/hunter2|a-token-0123456789|4711471147114711|a-password-0123/)
    // Neither twice, nor in pieces of code.
    const lines = message?.split('\n').slice(1) ?? []
    expect(new Set(lines).size).toBe(lines.length)
    expect(message).not.toMatch(/undefined|\[object|Error:|NaN/)
  })
})

describe.concurrent('on a runner, main', () => {
  const chosen = [
    'a storage that is text',
    'two storages of one name',
    'a variable that is not set',
    'a regular expression that is none',
    'a callback that is no JSONata',
    'an alias bomb',
    'an alias within what it stands for',
    'a NUL',
    '10 MB',
    '150 kB in a single list',
    'a thousand wrong rules',
  ]
  test.each(cases.filter(([what]) => chosen.includes(what)))(
    'fails before the job begins: %s',
    async (_what, given) => {
      const { job } = await openScenario({
        with: { file: '', steps: '', config: 'build-stats.yml', ...given.inputs },
        env: { ...given.env },
      })
      writeFileSync(join(job.workspace, 'build-stats.yml'), given.config)
      const main = await job.main()
      expect([main.exitCode, main.stderr]).toEqual([1, ''])
      expect(main.durationMs).toBeLessThan(15_000)
      expect(main.annotations.map(({ level }) => level)).toEqual(['error'])
      const [message = ''] = textsOf(main.annotations, 'error')
      expect(message).toMatch(/ in the inputs:\n {2}build-stats\.yml/)
      expect(message.length).toBeLessThan(5000)
    },
  )
})
