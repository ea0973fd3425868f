import { describe, expect, test } from 'vitest'
import { overviewBuilds } from '../../dashboards/rows.ts'
import { renameLines, toLines, toRows, transformRows } from './grafana-frames.ts'
import { all, fillVariables, interpolate } from './grafana-variables.ts'
import { variableModels } from './panels.ts'
import { chooseInterval, lastDays } from './time-range.ts'

test.each([
  [90, 1000, undefined, '2h'],
  [90, 80, '1h', '1d'],
  [365, 1000, undefined, '6h'],
  [365, 80, '1h', '1d'],
  [365, 12, '1h', '30d'],
  [7, 80, '1h', '2h'],
  [1, 80, '1h', '1h'],
  [1, 1000, '1m', '2m'],
])('%i days of %i points, not less than %s: %s', (days, points, smallest, interval) => {
  expect(chooseInterval(lastDays(days), points, smallest)).toBe(interval)
})

describe('variables', () => {
  const asked: string[] = []
  const fill = (choice: Record<string, string[]>) =>
    fillVariables(variableModels, choice, { fromMs: 1, toMs: 2 }, async (query, name) => {
      asked.push(query)
      const values = name === 'repository' ? ['o/one.two', 'o/three'] : ['number', 'x', 'y', 'build', 'job']
      const isFirst = query.startsWith('SHOW FIELD KEYS')
      return [{ name: '', tags: {}, columns: [], rows: values.map((value) => (isFirst ? [value, ''] : [0n, value])) }]
    })

  test('go into regular expressions with what is special in them escaped', async () => {
    const text = 'x =~ /^${repository:regex}$/'
    expect(interpolate(text, await fill({}), {})).toBe('x =~ /^.*$/')
    expect(interpolate(text, await fill({ repository: ['o/one.two'] }), {})).toBe('x =~ /^o\\/one\\.two$/')
    const two = await fill({ repository: ['o/one.two', 'o/three'] })
    expect(interpolate(text, two, {})).toBe('x =~ /^(o\\/one\\.two|o\\/three)$/')
  })

  test('know what is chosen for those before them', async () => {
    asked.length = 0
    await fill({ repository: ['o/three'] })
    expect(asked[1]).toBe(`SHOW TAG VALUES FROM "build" WITH KEY = "workflow" WHERE "repository" =~ /^o\\/three$/`)
    expect(asked.find((query) => query.includes('DISTINCT'))).toMatch(/AND time >= 1ms and time <= 2ms$/)
  })

  test('offer no names of builds where data is asked for, and the other way round', async () => {
    const variables = await fill({})
    expect(variables.get('data')?.offered).toEqual(['job', 'number', 'x', 'y'])
    expect(variables.get('field')?.offered).toEqual(['build', 'job', 'x', 'y'])
    expect(variables.get('field')?.values).toEqual([all])
    expect(interpolate('${field:regex}', variables, {})).toBe('(build|job|x|y)')
    expect(interpolate('FROM ${data:doublequote}', variables, {})).toBe('FROM "job"')
  })

  test('make a comment of the condition on the branch where all are chosen', async () => {
    const query = `SELECT "x" ${overviewBuilds} AND "result" = 'success'`
    const withoutComments = (text: string) => text.replace(/\/\*.*?\*\/|--.*$/gm, '')
    const filled = async (choice: Record<string, string[]>) =>
      withoutComments(interpolate(query, await fill(choice), {}))
    expect(await filled({})).not.toContain('branch" =~ /^*')
    expect(await filled({})).toMatch(/"default_branch" =~ \/\^\.\*\$\/ AND \$timeFilter\s+AND "result" = 'success'$/)
    expect(await filled({ branch: ['x', 'y'] })).toContain('AND "branch" =~ /^(x|y)$/')
  })

  test('must be offered', async () => {
    await expect(fill({ repository: ['o/four'] })).rejects.toThrow('o/four')
  })
})

describe('frames', () => {
  const answer = (job: string, column: string, value: number) => ({
    name: 'build',
    tags: { job },
    columns: ['time', column],
    rows: [[5_000_000n, value]],
  })

  test('lines are named by tags and columns', () => {
    const lines = toLines([answer('test', 'mean_x', 3)], '$tag_job $col')
    expect(lines).toEqual([{ name: 'test mean_x', points: [[5, 3]] }])
    const transformations = [{ id: 'renameByRegex', options: { regex: '(.*) mean_(.*)', renamePattern: '$1 $2' } }]
    expect(renameLines({ type: 'timeseries', transformations }, lines)[0]?.name).toBe('test x')
  })

  test('lines are named by a tag with a dot in its name', () => {
    const tagged = { ...answer('test', 'x', 3), tags: { 'os.name': 'linux' } }
    expect(toLines([tagged], '[[tag_os.name]] $col')).toMatchObject([{ name: 'linux x' }])
  })

  test('rows that agree in time and text become one', () => {
    const rows = [answer('a', 'x', 1), answer('b', 'x', 2), answer('a', 'y', 3)].map((one) => toRows([one]))
    const transformations = [
      { id: 'merge', options: {} },
      { id: 'organize', options: { excludeByName: { Time: true }, renameByName: { y: 'Y' } } },
    ]
    const table = transformRows({ type: 'table', transformations }, rows)
    expect(table.map((row) => Object.fromEntries(row))).toEqual([
      { job: 'a', x: 1, Y: 3 },
      { job: 'b', x: 2 },
    ])
  })
})
