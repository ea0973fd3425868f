import { readFileSync } from 'node:fs'
import type { Dashboard, Panel, RowPanel, VariableModel } from '@grafana/grafana-foundation-sdk/dashboard'
import { dashboardPath } from '../../dashboards/build-stats.ts'
import type { InfluxQLQuery } from '../../dashboards/influxql-query.ts'

/** The dashboard as people import it. */
export const dashboard = readDashboard(dashboardPath)

/** Its panels, those of closed rows too. */
export const panels = listPanels(dashboard)

export const variableModels: readonly VariableModel[] = dashboard.templating?.list ?? []

export function readDashboard(path: string): Dashboard {
  return JSON.parse(readFileSync(path, 'utf8')) as Dashboard
}

export function listPanels({ panels = [] }: Dashboard): readonly Panel[] {
  return panels.flatMap((item) => (isRow(item) ? item.panels : [item]))
}

export function readQueries(panel: Panel): InfluxQLQuery[] {
  return (panel.targets ?? []) as InfluxQLQuery[]
}

function isRow(item: Panel | RowPanel): item is RowPanel {
  return item.type === 'row'
}
