import { BigValueColorMode } from '@grafana/grafana-foundation-sdk/common'
import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { series, table } from './influxql-query.ts'
import {
  chartFromZero,
  chartOfRatios,
  fixedColor,
  openPage,
  resultColors,
  rowTable,
  showColumns,
  stackedBars,
  stat,
  thresholds,
} from './panel-styles.ts'
import { builds, goodBuilds, selectFailureRate } from './rows.ts'

const perInterval = ' GROUP BY time($__interval)'
/** Lines that name their repository: two of them may have a workflow and a job of one name. */
const workflow = '$tag_repository $tag_workflow'
const job = `${workflow} / $tag_job`
const perBuilder = ' GROUP BY "repository", "workflow", "job"'

/**
 * How all that is chosen is doing. The median is `median`, not the 50th percentile: a selector that is alone in a query
 * answers with a time of its own, by which rows of several queries would not be merged.
 */
export const overview = [
  stat('Builds', 'Attempts of jobs that ended, whatever became of them.', Short)
    .decimals(0)
    .withTarget(table('A', `SELECT count("number") AS "builds" ${builds}`)),
  stat('Failure rate', 'Failed builds among those that succeeded or failed. Cancelled ones do not count.', PercentUnit)
    .decimals(1)
    .colorMode(BigValueColorMode.Value)
    .thresholds(thresholds([null, 'green'], [0.05, 'orange'], [0.1, 'red']))
    .withTarget(table('A', selectFailureRate(''))),
  stat('Median duration', 'Half of the successful builds were quicker.', Seconds)
    .decimals(1)
    .withTarget(table('A', `SELECT median("duration") AS "p50" ${goodBuilds}`)),
  stat('95th percentile', 'One successful build in twenty took longer.', Seconds)
    .decimals(1)
    .withTarget(table('A', `SELECT percentile("duration", 95) AS "p95" ${goodBuilds}`)),
  stat('Median queue time', 'From the creation of a job to its start: half of the builds waited less.', Seconds)
    .decimals(0)
    .withTarget(table('A', `SELECT median("queue_time") AS "queue time" ${builds}`)),
  stat('Time on runners', 'What all builds took together, failed and cancelled ones too.', Seconds)
    .decimals(0)
    .withTarget(table('A', `SELECT sum("duration") AS "time on runners" ${builds}`)),

  stackedBars('Builds by result', 'How many builds ended, and how.', Short)
    .withTarget(series('A', '$tag_result', `SELECT count("number") ${builds}${perInterval}, "result" fill(0)`))
    .overrideByName('success', [fixedColor(resultColors.success)])
    .overrideByName('failure', [fixedColor(resultColors.failure)])
    .overrideByName('cancelled', [fixedColor(resultColors.cancelled)]),
  // A rate of few builds says little: a point is a week of 90 days.
  chartFromZero('Failure rate by workflow', 'Failed builds among those that succeeded or failed.', PercentUnit)
    .maxDataPoints(12)
    .withTarget(series('A', workflow, selectFailureRate(`${perInterval}, "repository", "workflow" fill(none)`))),
  chartOfRatios('Median duration by job', 'Successful builds: half of them were quicker.', Seconds).withTarget(
    series(
      'A',
      job,
      `SELECT median("duration") ${goodBuilds}${perInterval}, "repository", "workflow", "job" fill(none)`,
    ),
  ),
  chartOfRatios(
    '95th percentile of duration by job',
    'Successful builds: one in twenty took longer.',
    Seconds,
  ).withTarget(
    series(
      'A',
      job,
      `SELECT percentile("duration", 95) ${goodBuilds}${perInterval}, "repository", "workflow", "job" fill(none)`,
    ),
  ),
  chartFromZero('Queue time by runner', 'From the creation of a job to its start: median and 95th percentile.', Seconds)
    .withTarget(
      series(
        'A',
        '$tag_repository $tag_runner_os median',
        `SELECT median("queue_time") ${builds}${perInterval}, "repository", "runner_os" fill(none)`,
      ),
    )
    .withTarget(
      series(
        'B',
        '$tag_repository $tag_runner_os 95th',
        `SELECT percentile("queue_time", 95) ${builds}${perInterval}, "repository", "runner_os" fill(none)`,
      ),
    )
    .overrideByRegexp('/ Linux /', [fixedColor('blue')])
    .overrideByRegexp('/ Windows /', [fixedColor('orange')])
    .overrideByRegexp('/ macOS /', [fixedColor('green')])
    .overrideByRegexp('/ 95th$/', [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 4] } }]),
  stackedBars(
    'Time on runners by workflow',
    'What the builds took together: where the money goes.',
    Seconds,
  ).withTarget(
    series('A', workflow, `SELECT sum("duration") ${builds}${perInterval}, "repository", "workflow" fill(0)`),
  ),
  // The latest row of each job that has come through a change.
  rowTable(
    'Lasting changes',
    'Jobs that are slower, or quicker, since one build: what compare found last, the largest change on top.',
  )
    .withTarget(table('A', `SELECT last("since_number") AS "since", "shift", "number", "url" ${builds}${perBuilder}`))
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: 'shift', desc: true }] } })
    .withTransformation(
      showColumns(
        {
          repository: 'Repository',
          workflow: 'Workflow',
          job: 'Job',
          since: 'Since build',
          shift: 'Change',
          Time: 'Last seen',
          number: 'In build',
          url: 'Page',
        },
        [],
      ),
    )
    .overrideByName('Change', [
      { id: 'unit', value: PercentUnit },
      { id: 'decimals', value: 1 },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
      { id: 'thresholds', value: thresholds([null, 'green'], [0, 'orange'], [0.2, 'red']).build() },
    ])
    .overrideByName('Page', openPage),
  stackedBars(
    'Flaky builds by job and week',
    'Builds that succeeded at the second attempt, after the first had failed at the same commit.',
    Short,
  )
    .span(24)
    .withTarget(
      series(
        'A',
        job,
        `SELECT count("number") ${builds} AND "flaky" = true GROUP BY time(7d), "repository", "workflow", "job" fill(none)`,
      ),
    ),
  rowTable('Builders', 'Each job with its numbers; those that take the most time on top.')
    .withTarget(table('A', `SELECT count("number") AS "builds", sum("duration") AS "total" ${builds}${perBuilder}`))
    .withTarget(table('B', selectFailureRate(perBuilder)))
    .withTarget(
      table('C', `SELECT median("duration") AS "p50", percentile("duration", 95) AS "p95" ${goodBuilds}${perBuilder}`),
    )
    .withTarget(table('D', `SELECT median("queue_time") AS "queue time" ${builds}${perBuilder}`))
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: 'total', desc: true }] } })
    .withTransformation(
      showColumns(
        {
          repository: 'Repository',
          workflow: 'Workflow',
          job: 'Job',
          builds: 'Builds',
          'failure rate': 'Failure rate',
          p50: 'Median duration',
          p95: '95th percentile',
          'queue time': 'Median queue time',
          total: 'Time on runners',
        },
        ['Time'],
      ),
    )
    .overrideByName('Failure rate', [
      { id: 'unit', value: PercentUnit },
      { id: 'decimals', value: 1 },
      { id: 'custom.cellOptions', value: { type: 'color-text' } },
      { id: 'thresholds', value: thresholds([null, 'green'], [0.05, 'orange'], [0.1, 'red']).build() },
    ])
    .overrideByRegexp('/duration|percentile|queue|Time/', [
      { id: 'unit', value: Seconds },
      { id: 'decimals', value: 1 },
    ]),
]
