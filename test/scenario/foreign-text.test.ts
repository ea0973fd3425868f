// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are written so
import { describe, expect, test } from 'vitest'
import { runScenario, type ScenarioOptions } from './scenario.ts'

/** What people call their pull requests, branches and versions; none of it is YAML where it stands behind a colon. */
const texts = [
  'fix: x',
  'feat(UI): add',
  '[WIP] fix',
  '"quoted" title',
  '@me and `you`',
  '*bold* & {more}',
  '%d: 5',
  '- a: b',
  'it\'s: "x',
  '{{',
  '[',
]
const outputs = '${{ steps.v.outputs.note }}'
const otherwise = (value: string) => `\${{ steps.v.outputs.note || '${value}' }}`

describe.concurrent('text of others costs itself', () => {
  const run = (options: ScenarioOptions, note: string) =>
    runScenario({ ...options, event: { pull_request: { title: note } } }, (job) =>
      job.setStep('v', { outputs: { note } }),
    )

  test.each(texts)('as an entry of tags, %j', async (note) => {
    const tags = `team: web\nnote: ${outputs}\nos: linux`
    const { point, warnings, post } = await run({ with: { tags } }, note)
    expect([post.exitCode, point().tags]).toMatchObject([0, { team: 'web', os: 'linux' }])
    expect(warnings).toEqual([expect.stringMatching(/^tags, line 2: .*toJSON.* Its values are ignored\.$/)])
  })

  test.each(texts)('as an entry of properties, when the job starts as well, %j', async (note) => {
    const properties = 'team: web\ntitle: ${{ github.event.pull_request.title }}\nversion: 2'
    const captures = '- property: {name: team, tag: team}\n- property: version'
    const { point, main, post } = await run({ with: { properties, captures } }, note)
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect([point().tags.team, point().fields.version]).toEqual(['web', 2])
    for (const { annotations } of [main, post]) {
      expect(annotations.map(({ level, message }) => [level, message])).toEqual([
        ['warning', expect.stringMatching(/^properties, line 2: .*toJSON/)],
      ])
    }
  })

  test.each<[NonNullable<ScenarioOptions['with']>, string]>([
    [{ tags: `{team: web, note: ${outputs}}` }, 'fix: x'],
    [{ tags: `note: ${outputs}` }, '{a: 1}'],
    [{ captures: `- duration\n- property: {name: x, field: f${outputs}}` }, 'a: b}'],
    [{ captures: `- duration\n- property: {name: x, type: ${otherwise('float')}}` }, 'number'],
    [{ compare: `warn-above: ${otherwise('2')}` }, 'much'],
    [{ compare: outputs }, 'a: b: c'],
    [{ timeout: outputs }, 'soon'],
    [{ summary: outputs }, 'loud'],
    [{ 'start-point': outputs }, 'si'],
    [{ 'matrix-tags': outputs }, 'si'],
    [{ spool: outputs }, 'relative'],
  ])('in %j, %j', async (inputs, note) => {
    // When the job starts, the step has no outputs yet.
    const { point, main, post, warnings } = await run({ with: inputs }, note)
    expect([main.exitCode, post.exitCode]).toEqual([0, 0])
    expect(point().fields.duration).toBeGreaterThan(1)
    expect(warnings).toEqual([expect.stringMatching(new RegExp(`^${Object.keys(inputs)[0]}[,:] `))])
  })
})

test('a mistake of the author fails the step when the job starts', async () => {
  for (const inputs of [{ tags: 'team: [web' }, { properties: 'a: 1\na: 2' }, { tags: 'team: {name: web}' }]) {
    const { main } = await runScenario({ with: inputs })
    expect(main.exitCode).toBe(1)
  }
})
