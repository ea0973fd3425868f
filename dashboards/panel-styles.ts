import {
  BigValueColorMode,
  BigValueGraphMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  ScaleDistribution,
  ScaleDistributionConfigBuilder,
  StackingConfigBuilder,
  StackingMode,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizTooltipOptionsBuilder,
} from '@grafana/grafana-foundation-sdk/common'
import {
  type DataTransformerConfig,
  type DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  ThresholdsConfigBuilder,
  ThresholdsMode,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat'
import { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table'
import { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries'
import { datasource } from './influxql-query.ts'

export const resultColors = { success: 'green', failure: 'red', cancelled: '#8e8e8e' }

/** A number of the whole time range. */
export function stat(title: string, description: string, unit: string): Stat {
  return new Stat()
    .title(title)
    .description(description)
    .datasource(datasource)
    .unit(unit)
    .height(4)
    .span(4)
    .reduceOptions(new ReduceDataOptionsBuilder().calcs(['lastNotNull']))
    .colorMode(BigValueColorMode.Value)
    .graphMode(BigValueGraphMode.None)
    .thresholds(thresholds([null, 'text']))
}

/**
 * A chart over time. 80 buckets make a day of a range of 90 days, and never less than a day of a longer one: smaller ones
 * would show that people sleep.
 */
export function chart(title: string, description: string, unit: string): TimeSeries {
  return new TimeSeries()
    .title(title)
    .description(description)
    .datasource(datasource)
    .unit(unit)
    .height(9)
    .span(12)
    .maxDataPoints(80)
    .interval('1h')
    .lineWidth(2)
    .fillOpacity(0)
    .spanNulls(true)
    .showPoints(VisibilityMode.Auto)
    .legend(legend())
    .tooltip(new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi))
}

/** Lines that are compared with nothing at all: durations, shares. */
export function chartFromZero(title: string, description: string, unit: string): TimeSeries {
  return chart(title, description, unit).min(0)
}

/** Lines that are far apart, such as the durations of jobs of seconds and of an hour: what doubles goes up the same. */
export function chartOfRatios(title: string, description: string, unit: string): TimeSeries {
  return chart(title, description, unit).scaleDistribution(
    new ScaleDistributionConfigBuilder().type(ScaleDistribution.Log).log(2),
  )
}

/** Bars over time, one upon the other. */
export function stackedBars(title: string, description: string, unit: string): TimeSeries {
  return chartFromZero(title, description, unit)
    .drawStyle(GraphDrawStyle.Bars)
    .lineWidth(0)
    .fillOpacity(80)
    .stacking(new StackingConfigBuilder().mode(StackingMode.Normal))
}

export function rowTable(title: string, description: string): Table {
  return new Table().title(title).description(description).datasource(datasource).height(10).span(24)
}

/** Columns in this order under these names; others follow as they are. */
export function showColumns(names: Readonly<Record<string, string>>, hidden: readonly string[]): DataTransformerConfig {
  return {
    id: 'organize',
    options: {
      excludeByName: Object.fromEntries(hidden.map((name) => [name, true])),
      indexByName: Object.fromEntries(Object.keys(names).map((name, index) => [name, index])),
      renameByName: names,
    },
  }
}

export function fixedColor(color: string): DynamicConfigValue {
  return { id: 'color', value: new FieldColorBuilder().mode(FieldColorModeId.Fixed).fixedColor(color).build() }
}

/** A column of addresses as links. */
export const openPage: DynamicConfigValue[] = [
  { id: 'links', value: [{ title: 'Open the job', url: '${__value.raw}', targetBlank: true }] },
  { id: 'mappings', value: [{ type: 'regex', options: { pattern: '.+', result: { text: 'open' } } }] },
]

/** A column of runs' ids as links to their pages. */
export const openRun: DynamicConfigValue[] = [
  {
    id: 'links',
    value: [
      {
        title: 'Open the run',
        url: '${server:raw}/${__data.fields.Repository}/actions/runs/${__value.raw}',
        targetBlank: true,
      },
    ],
  },
  { id: 'mappings', value: [{ type: 'regex', options: { pattern: '.+', result: { text: 'open' } } }] },
]

/** A column of jobs as links to this dashboard, with the job of the row chosen. */
export const chooseJob: DynamicConfigValue[] = [
  {
    id: 'links',
    value: [
      {
        title: 'Choose this job',
        url: `/d/build-stats?\${__url_time_range}&\${datasource:queryparam}&\${source:queryparam}&${[
          ['repository', 'Repository'],
          ['in_depth', 'Repository'],
          ['workflow', 'Workflow'],
          ['job', 'Job'],
        ]
          .map(([variable, column]) => `var-${variable}=\${__data.fields.${column}:percentencode}`)
          .join('&')}`,
      },
    ],
  },
]

export function thresholds(...steps: [value: number | null, color: string][]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(([value, color]) => ({ value, color })))
}

function legend(): VizLegendOptionsBuilder {
  return new VizLegendOptionsBuilder()
    .displayMode(LegendDisplayMode.List)
    .placement(LegendPlacement.Bottom)
    .showLegend(true)
    .calcs([])
}
