import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Builder } from '@grafana/grafana-foundation-sdk/cog'
import {
  type Dashboard,
  DashboardBuilder,
  DashboardCursorSync,
  type Panel,
  RowBuilder,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { builder } from './builder.ts'
import { data } from './data.ts'
import { overview } from './overview.ts'
import { reports } from './reports.ts'
import { resources } from './resources.ts'
import { printRollups } from './rollups.ts'
import { wholeRuns } from './runs.ts'
import { variables } from './variables.ts'

export const dashboardPath = join(import.meta.dirname, 'build-stats.json')

/** The rows, in their order. Grafana asks nothing for the panels of a row that is closed. */
export const rows: readonly { title: string; isClosed: boolean; panels: readonly Builder<Panel>[] }[] = [
  { title: 'Overview', isClosed: false, panels: overview },
  {
    title: 'One builder in depth: choose its workflow and job above, and its repository as In depth',
    isClosed: true,
    panels: builder,
  },
  { title: 'Tests, coverage and benchmarks', isClosed: true, panels: reports },
  { title: 'Data: choose what, and by which tag, above', isClosed: true, panels: data },
  { title: 'Resources: what builds used of their runners', isClosed: true, panels: resources },
  { title: 'Whole runs: what the action collect writes', isClosed: true, panels: wholeRuns },
]

/**
 * The dashboard in the schema that every Grafana imports by hand, by provisioning and by its HTTP API; `dashboardv2` of
 * the SDK is for the newest alone.
 */
export function createDashboard(): Dashboard {
  const dashboard = new DashboardBuilder('Build Stats')
    .uid('build-stats')
    .description('Builds of GitHub Actions: how many, how long, how well, and what they measured')
    .tags(['build-stats', 'ci'])
    .time({ from: 'now-90d', to: 'now' })
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .editable()
  for (const variable of variables) dashboard.withVariable(variable)
  for (const { title, isClosed, panels } of rows) {
    const row = new RowBuilder(title).collapsed(isClosed)
    if (isClosed) for (const panel of panels) row.withPanel(panel)
    dashboard.withRow(row)
    if (!isClosed) for (const panel of panels) dashboard.withPanel(panel)
  }
  const built = dashboard.build()
  let id = 0
  for (const item of built.panels ?? []) {
    item.id = ++id
    if ('panels' in item) for (const panel of item.panels) panel.id = ++id
  }
  return built
}

/** The file that people import. */
export function printDashboard(): string {
  return `${JSON.stringify(createDashboard(), undefined, 2)}\n`
}

if (import.meta.main) {
  writeFileSync(dashboardPath, printDashboard())
  for (const [path, text] of printRollups()) writeFileSync(path, text)
}
