import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Panel } from '@grafana/grafana-foundation-sdk/dashboard'
import { renameLines, toLines, toRows, transformRows } from '../test/dashboards/grafana-frames.ts'
import { asker, type Choice, fillVariables, interpolate, type Variables } from '../test/dashboards/grafana-variables.ts'
import { database, startLoadedInfluxd } from '../test/dashboards/loaded-year.ts'
import { panels, readQueries, variableModels } from '../test/dashboards/panels.ts'
import { chooseInterval, lastDays } from '../test/dashboards/time-range.ts'
import type { Series } from '../test/support/influxd.ts'
import { drawTimeSeries } from './pictures/chart-picture.ts'
import { drawStats } from './pictures/stat-picture.ts'
import { drawTable } from './pictures/table-picture.ts'

export const pictureFolder = join(import.meta.dirname, '..', 'docs', 'images')
/** The numbers share a picture. */
const statsPicture = 'dashboard-numbers.svg'

/** The name of a panel's picture: `Time by step` is `dashboard-time-by-step.svg`. */
export function toPictureName({ title = '', type }: Panel): string {
  return type === 'stat' ? statsPicture : `dashboard-${title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.svg`
}

const range = lastDays(90)
const oneBuilder: Choice = { repository: ['octo-org/web'], workflow: ['CI'], job: ['test'], runner_os: ['Linux'] }
/** All, and these repositories in depth. */
const usual: Choice = { in_depth: ['octo-org/api', 'octo-org/web'] }
/** What is chosen for a panel's picture, where that is not the usual. */
const choices: Readonly<Record<string, Choice>> = {
  'Duration of each build': oneBuilder,
  'Time by step': oneBuilder,
  Steps: oneBuilder,
  Properties: { ...oneBuilder, property: ['coverage'] },
  'Builds by branch': oneBuilder,
  'Latest builds': { repository: ['octo-org/api'], workflow: ['CI'] },
  'Data over time': { in_depth: ['octo-org/web'], data: ['bundle'], field: ['size_kb'], split: ['chunk'] },
  'Latest data': { ...usual, data: ['tests'], split: ['job'] },
}

/** Pictures of all panels, by the names of their files, of what is answered to their queries. */
export async function drawPictures(ask: (query: string) => Promise<Series[]>): Promise<Map<string, string>> {
  const pictures = new Map<string, string>()
  const stats: { panel: Panel; value: number }[] = []
  for (const panel of panels) {
    const variables = await fillVariables(variableModels, choices[panel.title ?? ''] ?? usual, range, ask)
    const answers = await askFor(panel, variables, ask)
    if (panel.type === 'stat') stats.push({ panel, value: Number(answers[0]?.[0]?.rows[0]?.[1]) })
    else pictures.set(toPictureName(panel), drawPanel(panel, answers, variables))
  }
  return pictures.set(statsPicture, drawStats(stats))
}

function askFor(panel: Panel, variables: Variables, ask: (query: string) => Promise<Series[]>): Promise<Series[][]> {
  const interval = chooseInterval(range, panel.maxDataPoints ?? 1000, panel.interval)
  return Promise.all(readQueries(panel).map(({ query }) => ask(interpolate(query, variables, { range, interval }))))
}

function drawPanel(panel: Panel, answers: readonly Series[][], variables: Variables): string {
  const width = (panel.gridPos?.w ?? 24) > 12 ? 980 : 720
  switch (panel.type) {
    case 'timeseries': {
      const queries = readQueries(panel)
      const lines = answers.flatMap((answer, index) =>
        toLines(answer, interpolate(queries[index]?.alias ?? '', variables, {})),
      )
      return drawTimeSeries(panel, renameLines(panel, lines), range, width, 330)
    }
    case 'table':
      return drawTable(panel, transformRows(panel, answers.map(toRows)), 13)
    default:
      throw new Error(`nobody knows how to draw a ${panel.type}`)
  }
}

if (import.meta.main) {
  const influxd = await startLoadedInfluxd()
  try {
    mkdirSync(pictureFolder, { recursive: true })
    for (const [name, svg] of await drawPictures(asker(influxd, database))) {
      writeFileSync(join(pictureFolder, name), svg)
    }
  } finally {
    await influxd.stop()
  }
}
