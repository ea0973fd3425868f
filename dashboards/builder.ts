import { GraphDrawStyle, VisibilityMode } from '@grafana/grafana-foundation-sdk/common'
import { Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { series, table } from './influxql-query.ts'
import {
  chart,
  chartFromZero,
  fixedColor,
  openPage,
  resultColors,
  rowTable,
  showColumns,
  stackedBars,
} from './panel-styles.ts'
import { builds, goodBuilds, goodSteps } from './rows.ts'

const perStep = ' GROUP BY "repository", "workflow", "job", "step"'

const points = (color: string) => [
  { id: 'custom.drawStyle', value: GraphDrawStyle.Points },
  { id: 'custom.showPoints', value: VisibilityMode.Always },
  { id: 'custom.pointSize', value: 5 },
  fixedColor(color),
]

/** One builder, or the few that are chosen: every build, its steps, its properties. */
export const builder = [
  // A point a build as long as each has a pixel of its own: so the answer never has more points than the screen.
  chartFromZero(
    'Duration of each build',
    'A point is a build, the slowest where several fall together. Line: median of a day.',
    Seconds,
  )
    .span(24)
    .height(10)
    .maxDataPoints(1000)
    .interval('1m')
    .withTarget(
      series(
        'A',
        '$tag_repository $tag_result',
        `SELECT max("duration") ${builds} GROUP BY time($__interval), "repository", "result" fill(none)`,
      ),
    )
    .withTarget(
      series(
        'B',
        '$tag_repository median',
        `SELECT median("duration") ${goodBuilds} GROUP BY time(1d), "repository" fill(none)`,
      ),
    )
    .overrideByRegexp('/ success$/', points(resultColors.success))
    .overrideByRegexp('/ failure$/', points(resultColors.failure))
    .overrideByRegexp('/ cancelled$/', points(resultColors.cancelled))
    .overrideByRegexp('/ median$/', [fixedColor('blue')]),
  stackedBars('Time by step', 'What each step takes on average when it succeeds.', Seconds).withTarget(
    series(
      'A',
      '$tag_repository $tag_step',
      `SELECT mean("duration") ${goodSteps} GROUP BY time($__interval), "repository", "step" fill(none)`,
    ),
  ),
  // Percentiles look at every step by itself, of which there are many more than builds; means and maxima do not.
  rowTable('Steps', 'What each step takes when it succeeds: on average, and the slowest one of a day on average.')
    .withTarget(table('A', `SELECT mean("duration") AS "mean" ${goodSteps}${perStep}`))
    .withTarget(
      table(
        'B',
        `SELECT mean("slowest") AS "slowest" FROM (SELECT max("duration") AS "slowest" ${goodSteps}${perStep}, time(1d) fill(none)) WHERE $timeFilter${perStep}`,
      ),
    )
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: 'mean', desc: true }] } })
    .withTransformation(
      showColumns(
        {
          repository: 'Repository',
          workflow: 'Workflow',
          job: 'Job',
          step: 'Step',
          mean: 'Mean duration',
          slowest: 'Slowest of a day',
        },
        ['Time'],
      ),
    )
    .overrideByRegexp('/duration|Slowest/', [
      { id: 'unit', value: Seconds },
      { id: 'decimals', value: 1 },
    ]),
  // A regular expression instead of a name passes over fields that are no numbers.
  chart('Properties', 'Mean of the properties that are chosen above.', Short)
    .withTarget(
      series(
        'A',
        '$tag_repository $tag_workflow / $tag_job $col',
        `SELECT mean(/^\${property:regex}$/) ${builds} GROUP BY time($__interval), "repository", "workflow", "job" fill(none)`,
      ),
    )
    .withTransformation({ id: 'renameByRegex', options: { regex: '(.*) mean_(.*)', renamePattern: '$1 $2' } }),
  stackedBars('Builds by branch', 'How many builds the default branch and the others had.', Short)
    .withTarget(
      series(
        'A',
        '$tag_default_branch',
        `SELECT count("number") ${builds} GROUP BY time($__interval), "default_branch" fill(0)`,
      ),
    )
    .overrideByName('true', [{ id: 'displayName', value: 'default branch' }])
    .overrideByName('false', [{ id: 'displayName', value: 'other branches' }]),
  rowTable('Latest builds', 'The last 50, with a link to each.')
    .withTarget(
      table(
        'A',
        `SELECT "repository", "workflow", "job", "number", "attempt", "branch", "result", "duration", "queue_time", "url" ${builds} ORDER BY time DESC LIMIT 50`,
      ),
    )
    .withTransformation(
      showColumns(
        {
          Time: 'Ended',
          repository: 'Repository',
          workflow: 'Workflow',
          job: 'Job',
          number: 'Number',
          attempt: 'Attempt',
          branch: 'Branch',
          result: 'Result',
          duration: 'Duration',
          queue_time: 'Queue time',
          url: 'Page',
        },
        [],
      ),
    )
    .overrideByRegexp('/Duration|Queue time/', [{ id: 'unit', value: Seconds }])
    .overrideByName('Page', openPage)
    .overrideByName('Result', [
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
      {
        id: 'mappings',
        value: [
          {
            type: 'value',
            options: Object.fromEntries(Object.entries(resultColors).map(([result, color]) => [result, { color }])),
          },
        ],
      },
    ]),
]
