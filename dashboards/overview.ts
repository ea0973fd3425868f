import {
  BigValueColorMode,
  GraphThresholdsStyleConfigBuilder,
  GraphThresholdsStyleMode,
} from '@grafana/grafana-foundation-sdk/common'
import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { series, table } from './influxql-query.ts'
import {
  chartFromZero,
  chartOfRatios,
  chooseJob,
  fixedColor,
  openPage,
  resultColors,
  rowTable,
  showColumns,
  stackedBars,
  stat,
  thresholds,
} from './panel-styles.ts'
import {
  overviewBuilds as builds,
  goodOverviewBuilds as goodBuilds,
  overviewRows,
  selectDailyFailureRate,
  selectFailureRate,
} from './rows.ts'

const perInterval = ' GROUP BY time($__interval)'
const failureThresholds = thresholds([null, 'green'], [0.05, 'orange'], [0.1, 'red'])
/** Lines that name their repository: two of them may have a workflow and a job of one name. */
const workflow = '$tag_repository $tag_workflow'
const job = `${workflow} / $tag_job`
const jobTags = '"repository", "workflow", "job"'
const perBuilder = ` GROUP BY ${jobTags}`
/** Rollups have a row a day: a smaller interval would leave most of them empty. */
const perDay = ' GROUP BY time(1d)'

/**
 * How all that is chosen is doing: of each panel the first queries ask rows, the others rollups. The median is `median`, not the 50th percentile: a selector that is alone in a query
 * answers with a time of its own, by which rows of several queries would not be merged.
 */
export const overview = [
  stat('Builds', 'Attempts of jobs that ended, whatever became of them.', Short)
    .decimals(0)
    .withTarget(table('A', `SELECT count("number") AS "builds" ${builds}`))
    .withTarget(table('B', `SELECT sum("builds") AS "builds" ${builds}`)),
  stat('Failure rate', 'Failed builds among those that succeeded or failed. Cancelled ones do not count.', PercentUnit)
    .decimals(1)
    .colorMode(BigValueColorMode.Value)
    .thresholds(failureThresholds)
    .withTarget(table('A', selectFailureRate('')))
    .withTarget(table('B', selectDailyFailureRate(''))),
  stat('Median duration', 'Half of the successful builds were quicker.', Seconds)
    .decimals(1)
    .withTarget(table('A', `SELECT median("duration") AS "p50" ${goodBuilds}`))
    .withTarget(table('B', `SELECT median("duration_p50") AS "p50" ${builds}`)),
  stat('95th percentile', 'One successful build in twenty took longer.', Seconds)
    .decimals(1)
    .withTarget(table('A', `SELECT percentile("duration", 95) AS "p95" ${goodBuilds}`))
    .withTarget(table('B', `SELECT percentile("duration_p95", 95) AS "p95" ${builds}`)),
  stat('Median queue time', 'From the creation of a job to its start: half of the builds waited less.', Seconds)
    .decimals(0)
    .withTarget(table('A', `SELECT median("queue_time") AS "queue time" ${builds}`))
    .withTarget(table('B', `SELECT median("queue_time_p50") AS "queue time" ${builds}`)),
  stat('Time on runners', 'What all builds took together, failed and cancelled ones too.', Seconds)
    .decimals(0)
    .withTarget(table('A', `SELECT sum("duration") AS "time on runners" ${builds}`))
    .withTarget(table('B', `SELECT sum("duration_sum") AS "time on runners" ${builds}`)),

  stackedBars('Builds by result', 'How many builds ended, and how.', Short)
    .withTarget(series('A', '$tag_result', `SELECT count("number") ${builds}${perInterval}, "result" fill(0)`))
    .withTarget(series('B', 'success', `SELECT sum("successes") ${builds}${perDay} fill(0)`))
    .withTarget(series('C', 'failure', `SELECT sum("failures") ${builds}${perDay} fill(0)`))
    .withTarget(series('D', 'cancelled', `SELECT sum("cancellations") ${builds}${perDay} fill(0)`))
    .overrideByName('success', [fixedColor(resultColors.success)])
    .overrideByName('failure', [fixedColor(resultColors.failure)])
    .overrideByName('cancelled', [fixedColor(resultColors.cancelled)]),
  // A rate of few builds says little: a point is a week of 90 days.
  chartFromZero('Failure rate by workflow', 'Failed builds among those that succeeded or failed.', PercentUnit)
    .maxDataPoints(12)
    .thresholds(failureThresholds)
    .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
    .withTarget(series('A', workflow, selectFailureRate(`${perInterval}, "repository", "workflow" fill(none)`)))
    .withTarget(
      series('B', workflow, selectDailyFailureRate(' GROUP BY time(7d), "repository", "workflow" fill(none)')),
    ),
  chartOfRatios('Median duration by job', 'Successful builds: half of them were quicker.', Seconds)
    .withTarget(series('A', job, `SELECT median("duration") ${goodBuilds}${perInterval}, ${jobTags} fill(none)`))
    .withTarget(series('B', job, `SELECT mean("duration_p50") ${builds}${perDay}, ${jobTags} fill(none)`)),
  chartOfRatios('95th percentile of duration by job', 'Successful builds: one in twenty took longer.', Seconds)
    .withTarget(
      series('A', job, `SELECT percentile("duration", 95) ${goodBuilds}${perInterval}, ${jobTags} fill(none)`),
    )
    .withTarget(series('B', job, `SELECT mean("duration_p95") ${builds}${perDay}, ${jobTags} fill(none)`)),
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
    .withTarget(
      series(
        'C',
        '$tag_repository $tag_runner_os median',
        `SELECT mean("queue_time_p50") ${builds}${perDay}, "repository", "runner_os" fill(none)`,
      ),
    )
    .withTarget(
      series(
        'D',
        '$tag_repository $tag_runner_os 95th',
        `SELECT mean("queue_time_p95") ${builds}${perDay}, "repository", "runner_os" fill(none)`,
      ),
    )
    .overrideByRegexp('/ Linux /', [fixedColor('blue')])
    .overrideByRegexp('/ Windows /', [fixedColor('orange')])
    .overrideByRegexp('/ macOS /', [fixedColor('green')])
    .overrideByRegexp('/ 95th$/', [{ id: 'custom.lineStyle', value: { fill: 'dash', dash: [6, 4] } }]),
  stackedBars('Time on runners by workflow', 'What the builds took together: where the money goes.', Seconds)
    .withTarget(
      series('A', workflow, `SELECT sum("duration") ${builds}${perInterval}, "repository", "workflow" fill(0)`),
    )
    .withTarget(
      series('B', workflow, `SELECT sum("duration_sum") ${builds}${perDay}, "repository", "workflow" fill(0)`),
    ),
  // The latest row of each job that has come through a change: a successful one. Rollups have no numbers of builds.
  rowTable(
    'Lasting changes',
    'Jobs that are slower, or quicker, since one build: what compare found last, the largest change on top.',
  )
    .withTarget(
      table(
        'A',
        `SELECT last("since_number") AS "since", "shift", "number", "url" ${overviewRows} AND "result" = 'success'${perBuilder}`,
      ),
    )
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
    .overrideByName('Page', openPage)
    .overrideByName('Job', chooseJob),
  stackedBars(
    'Flaky builds by job and week',
    'Builds that succeeded at the second attempt, after the first had failed at the same commit.',
    Short,
  )
    .span(24)
    .withTarget(
      series('A', job, `SELECT count("number") ${builds} AND "flaky" = true GROUP BY time(7d), ${jobTags} fill(none)`),
    )
    .withTarget(series('B', job, `SELECT sum("flaky_builds") ${builds} GROUP BY time(7d), ${jobTags} fill(none)`)),
  rowTable('Builders', 'Each job with its numbers; those that take the most time on top.')
    .withTarget(table('A', `SELECT count("number") AS "builds", sum("duration") AS "total" ${builds}${perBuilder}`))
    .withTarget(table('B', selectFailureRate(perBuilder)))
    .withTarget(
      table('C', `SELECT median("duration") AS "p50", percentile("duration", 95) AS "p95" ${goodBuilds}${perBuilder}`),
    )
    .withTarget(table('D', `SELECT median("queue_time") AS "queue time" ${builds}${perBuilder}`))
    .withTarget(
      table(
        'E',
        `SELECT sum("builds") AS "builds", sum("duration_sum") AS "total", mean("duration_p50") AS "p50", mean("duration_p95") AS "p95", mean("queue_time_p50") AS "queue time" ${builds}${perBuilder}`,
      ),
    )
    .withTarget(table('F', selectDailyFailureRate(perBuilder)))
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
      { id: 'thresholds', value: failureThresholds.build() },
    ])
    .overrideByName('Job', chooseJob)
    .overrideByRegexp('/duration|percentile|queue|Time/', [
      { id: 'unit', value: Seconds },
      { id: 'decimals', value: 1 },
    ]),
]
