import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dashboardPath, printDashboard, rows } from '../../dashboards/build-stats.ts'
import { printRollups, rollupFields, rollupTags } from '../../dashboards/rollups.ts'
import { pictureFolder, toPictureName } from '../../script/pictures.ts'
import { dashboard, panels, readQueries, variableModels } from './panels.ts'

const root = join(import.meta.dirname, '..', '..')
const page = readFileSync(join(root, 'docs', 'dashboard.md'), 'utf8')

test('build-stats.json is what npm run dashboard writes', () => {
  expect(readFileSync(dashboardPath, 'utf8')).toBe(printDashboard())
})

test.each([...printRollups()])('%s is what npm run dashboard writes', (path, text) => {
  expect(readFileSync(path, 'utf8')).toBe(text)
})

test('docs/scale.md has the fields and tags of rollups', () => {
  const scale = readFileSync(join(root, 'docs', 'scale.md'), 'utf8')
  for (const name of [...rollupFields, ...rollupTags]) expect(scale).toContain(`\`${name}\``)
})

test('every panel has a number of its own', () => {
  const ids = (dashboard.panels ?? []).flatMap((item) => [
    item.id,
    ...('panels' in item ? item.panels : []).map((one) => one.id),
  ])
  expect(ids).toEqual(ids.map((_, index) => index + 1))
})

test('no panel covers another', () => {
  const places = (dashboard.panels ?? []).flatMap((item) => ('panels' in item ? [item, ...item.panels] : [item]))
  const cells = places.flatMap(({ gridPos: { x, y, w, h } = { x: 0, y: 0, w: 0, h: 0 } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)} ${y + Math.floor(index / w)}`),
  )
  expect(new Set(cells).size).toBe(cells.length)
})

test('nothing names a data source but the variable', () => {
  const sources: unknown[] = []
  JSON.stringify(dashboard, (key, value) => {
    if (key === 'datasource') sources.push(value)
    return value
  })
  expect(sources.length).toBeGreaterThan(panels.length)
  expect(sources).toEqual(sources.map(() => ({ type: 'influxdb', uid: '${datasource}' })))
})

test('every variable is used, and only after it is filled', () => {
  const used = new Set<string>()
  const known = new Set<string>()
  for (const { name, query, regex, type } of variableModels) {
    const mentioned = type === 'query' ? listVariables(`${query} ${regex ?? ''}`) : []
    expect(mentioned.filter((one) => !known.has(one))).toEqual([])
    for (const one of mentioned) used.add(one)
    known.add(name)
  }
  for (const one of listVariables(JSON.stringify(panels))) used.add(one)
  expect([...used].sort()).toEqual([...known].sort())
})

describe.each(panels)('the panel "$title"', (panel) => {
  const picture = toPictureName(panel)

  test('says what it answers', () => {
    expect(panel.description).toMatch(/\.$/)
  })

  test('is in docs/dashboard.md, with a picture', () => {
    expect(page).toContain(`**${panel.title}**`)
    expect(page).toContain(`](images/${picture})`)
    expect(existsSync(join(pictureFolder, picture))).toBe(true)
    expect(readFileSync(join(pictureFolder, picture)).length).toBeLessThan(100_000)
  })

  // Two repositories may have workflows and jobs of one name. Builds are counted by result and branch over all of them.
  test('tells what it groups apart by repository', () => {
    const grouped = readQueries(panel).flatMap(({ query }) => query.split('GROUP BY').slice(1))
    const tags = grouped.map((clause) =>
      [...clause.replace(/ WHERE .*/, '').matchAll(/"(\w+)"/g)].map(([, tag]) => tag),
    )
    for (const names of tags) {
      if (names.every((name) => name === 'result' || name === 'default_branch')) continue
      expect(names).toContain('repository')
    }
  })

  test('has queries that differ by name', () => {
    const names = readQueries(panel).map(({ refId }) => refId)
    expect(names).toEqual([...'ABCDEFGH'].slice(0, names.length))
  })
})

test('docs/dashboard.md has the rows and the variables', () => {
  for (const { title } of rows) expect(page).toContain(`## ${title.split(':')[0]}\n`)
  for (const { label = '', type } of variableModels) if (type !== 'constant') expect(page).toContain(`| ${label} |`)
})

// The SDK checks as the compiler does: its schema are types. Here it checks the file.
describe('build-stats.json in the types of the foundation SDK', () => {
  let folder: string

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'build-stats-dashboard-'))
    await symlink(join(root, 'node_modules'), join(folder, 'node_modules'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('is a dashboard', async () => {
    expect(await compile(readFileSync(dashboardPath, 'utf8'))).toBe('')
  })

  test('would not be one with a setting that nobody knows', async () => {
    const wrong = structuredClone(dashboard)
    const stat = wrong.panels?.find(({ type }) => type === 'stat')
    if (stat?.type === 'stat' && 'options' in stat) stat.options.colorMode = 'backround'
    expect(await compile(JSON.stringify(wrong))).toContain('backround')
  })

  test('would not be one with a key that nobody knows', async () => {
    expect(await compile(JSON.stringify({ ...dashboard, titel: 'Build Stats' }))).toContain('titel')
  })

  /** What the compiler says of the dashboard as the SDK's type, and of each panel's options as those of its kind. */
  async function compile(json: string): Promise<string> {
    const sdk = '@grafana/grafana-foundation-sdk'
    const kinds = [...new Set(panels.map(({ type }) => type))]
    const parsed = JSON.parse(json) as typeof dashboard
    const all = (parsed.panels ?? []).flatMap((item) => ('panels' in item ? item.panels : [item]))
    const options = all.map(({ type, options = {}, fieldConfig }, index) => {
      const custom = JSON.stringify(fieldConfig?.defaults.custom ?? {})
      return `export const options${index}: Json<${type}.Options> = ${JSON.stringify(options)}
export const custom${index}: Json<${type === 'stat' ? '{}' : `${type}.FieldConfig`}> = ${custom}`
    })
    const source = `import type { Dashboard } from '${sdk}/dashboard'
${kinds.map((kind) => `import type * as ${kind} from '${sdk}/${kind}'`).join('\n')}
/** JSON has the values of enumerations, no methods, and may leave things to their defaults. */
type Json<T> = T extends string ? \`\${T}\` : T extends (infer U)[] ? Json<U>[]
  : T extends object ? { [K in keyof T as T[K] extends () => void ? never : K]?: Json<T[K]> } : T
export const dashboard: Json<Dashboard> = ${json}
${options.join('\n')}
`
    await writeFile(join(folder, 'dashboard.ts'), source)
    const settings = ['--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022', '--module', 'nodenext']
    const tsc = join(root, 'node_modules', '.bin', 'tsc')
    try {
      return (await promisify(execFile)(tsc, [...settings, join(folder, 'dashboard.ts')], { cwd: folder })).stdout
    } catch (error) {
      return String((error as { stdout?: string }).stdout)
    }
  }
})

function listVariables(text: string): string[] {
  return [...text.matchAll(/\$\{(\w+)(?::\w+)?\}/g)]
    .map(([, name = '']) => name)
    .filter((name) => !name.startsWith('__'))
}
