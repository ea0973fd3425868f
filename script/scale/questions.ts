import { join } from 'node:path'
import { dashboardPath } from '../../dashboards/build-stats.ts'
import { overview } from '../../dashboards/overview.ts'
import { captureBuild } from '../../src/capture/capture.ts'
import { toHistoryQuery } from '../../src/compare/history-query.ts'
import { parseComparisons } from '../../src/compare/parse-comparison.ts'
import { toBuildPoint } from '../../src/point/native.ts'
import { toStatements } from '../../src/storage/influxdb/influxql.ts'
import { type Choice, fillVariables, interpolate } from '../../test/dashboards/grafana-variables.ts'
import { listPanels, readDashboard, readQueries } from '../../test/dashboards/panels.ts'
import { chooseInterval, type TimeRange } from '../../test/dashboards/time-range.ts'
import type { Series } from '../../test/support/influxd.ts'
import { drawNextBuild, options, rules } from './builds.ts'

/** Points of a panel that names no number: Grafana takes its width. */
const widthPx = 1000

/** A dashboard as it is opened: what it asks, and of what it is asked. */
export interface View {
  readonly name: string
  readonly path: string
  readonly choice: Choice
}

const before = join(import.meta.dirname, 'dashboard-before.json')
const rollupSource = '"rollups"."build_daily"'

/** The dashboard as it was before panels were made cheap, and as it is, of rows and of rollups. */
export function listViews(choice: Choice): readonly View[] {
  return [
    { name: 'before', path: before, choice },
    { name: 'rows', path: dashboardPath, choice },
    { name: 'rollups', path: dashboardPath, choice: { ...choice, source: [rollupSource] } },
  ]
}

/** The titles of what is asked when the dashboard is opened. */
export const openAtFirst: ReadonlySet<string> = new Set([
  'Variables',
  ...overview.map((panel) => panel.build().title ?? ''),
])

/** What a view asks for its variables and its panels, by the title of each, in the order of the dashboard. */
export async function toQuestions(
  { path, choice }: View,
  range: TimeRange,
  ask: (query: string) => Promise<Series[]>,
): Promise<Map<string, string[]>> {
  const dashboard = readDashboard(path)
  const variables: string[] = []
  const filled = await fillVariables(dashboard.templating?.list ?? [], choice, range, (query) => {
    variables.push(query)
    return ask(query)
  })
  const questions = listPanels(dashboard).map((panel): [string, string[]] => {
    const interval = chooseInterval(range, panel.maxDataPoints ?? widthPx, panel.interval)
    return [panel.title ?? '', readQueries(panel).map(({ query }) => interpolate(query, filled, { range, interval }))]
  })
  return new Map([['Variables', variables], ...questions])
}

/** What post asks for `compare: true` with step rows. */
export function toCompareQuestion(endMs: number): string {
  const build = drawNextBuild(endMs)
  const { point } = toBuildPoint(build, captureBuild(build, rules), options)
  const [comparison] = parseComparisons(true).comparisons ?? []
  if (comparison === undefined) throw new Error('nothing is compared')
  const query = toHistoryQuery(build, point, ['duration', 'queue_time'], true, comparison, options)
  return toStatements(query)
    .map(({ text }) => text)
    .join('; ')
}
