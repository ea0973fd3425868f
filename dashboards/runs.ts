import { PercentUnit, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { series, table } from './influxql-query.ts'
import {
  chartFromZero,
  chartOfRatios,
  fixedColor,
  resultColors,
  rowTable,
  showColumns,
  stackedBars,
} from './panel-styles.ts'
import { collectedJobs, goodRuns, ownJobs, runs, selectSuccessRate } from './rows.ts'

const perWorkflow = ' GROUP BY time($__interval), "repository", "workflow"'
const workflow = '$tag_repository $tag_workflow'

/** What the action `collect` writes: whole runs, and the jobs that tell nothing of themselves. */
export const wholeRuns = [
  stackedBars('Runs by result', 'How many attempts of runs ended, and how.', Short)
    .withTarget(
      series('A', '$tag_result', `SELECT count("number") ${runs} GROUP BY time($__interval), "result" fill(0)`),
    )
    .overrideByName('success', [fixedColor(resultColors.success)])
    .overrideByName('failure', [fixedColor(resultColors.failure)])
    .overrideByName('cancelled', [fixedColor(resultColors.cancelled)]),
  chartFromZero(
    'Success rate of runs by workflow',
    'Successful runs among those that succeeded, failed or ran out of time.',
    PercentUnit,
  )
    .maxDataPoints(12)
    .withTarget(series('A', workflow, selectSuccessRate(`${perWorkflow} fill(none)`))),
  chartOfRatios(
    'Median duration of runs by workflow',
    'Successful runs, from their start to the end of their last job.',
    Seconds,
  ).withTarget(series('A', workflow, `SELECT median("duration") ${goodRuns}${perWorkflow} fill(none)`)),
  chartFromZero(
    'Time until the first job',
    'From the start of a run to that of its first job: half of the runs waited less.',
    Seconds,
  ).withTarget(series('A', workflow, `SELECT median("queue_time") ${runs}${perWorkflow} fill(none)`)),
  stackedBars(
    'Time on runners by workflow, all jobs',
    'What all jobs took together, those without a Build Stats step too.',
    Seconds,
  ).withTarget(series('A', workflow, `SELECT sum("runner_time") ${runs}${perWorkflow} fill(0)`)),
  stackedBars('Re-runs by workflow', 'Attempts of runs beyond the first.', Short).withTarget(
    series('A', workflow, `SELECT count("number") ${runs} AND "attempt" > 1${perWorkflow} fill(0)`),
  ),
  rowTable(
    'Jobs with a row of their own',
    'Jobs that GitHub records, and those of them that wrote a row themselves, by job_id.',
  )
    .withTarget(
      table('A', `SELECT count(distinct("job_id")) AS "all" ${collectedJobs} GROUP BY "repository", "workflow"`),
    )
    .withTarget(table('B', `SELECT count(distinct("job_id")) AS "own" ${ownJobs} GROUP BY "repository", "workflow"`))
    .withTransformation({ id: 'merge', options: {} })
    .withTransformation({
      id: 'calculateField',
      options: { mode: 'binary', alias: 'share', binary: { left: 'own', operator: '/', right: 'all' } },
    })
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: 'all', desc: true }] } })
    .withTransformation(
      showColumns({ repository: 'Repository', workflow: 'Workflow', all: 'Jobs', own: 'With a row', share: 'Share' }, [
        'Time',
      ]),
    )
    .overrideByName('Share', [
      { id: 'unit', value: PercentUnit },
      { id: 'decimals', value: 0 },
    ]),
]
