import { Percent, Seconds, Short } from '@grafana/grafana-foundation-sdk/units'
import { series, table } from './influxql-query.ts'
import { chart, openRun, rowTable, showColumns, stackedBars } from './panel-styles.ts'
import { reported } from './rows.ts'

/** What rules for reports store under the names that they give by themselves. */
export const reports = [
  stackedBars('Tests', 'How many tests passed, failed and were skipped, on average of a report.', Short)
    .withTarget(
      series(
        'A',
        '$col',
        `SELECT mean("passed") AS "passed", mean("failed") AS "failed", mean("skipped") AS "skipped" ${reported('tests')} GROUP BY time($__interval) fill(none)`,
      ),
    )
    .overrideByName('passed', [{ id: 'color', value: { mode: 'fixed', fixedColor: 'green' } }])
    .overrideByName('failed', [{ id: 'color', value: { mode: 'fixed', fixedColor: 'red' } }])
    .overrideByName('skipped', [{ id: 'color', value: { mode: 'fixed', fixedColor: '#8e8e8e' } }]),
  chart('Coverage', 'Lines that tests ran, on average of a report.', Percent).withTarget(
    series(
      'A',
      '$tag_repository $tag_workflow / $tag_job',
      `SELECT mean("lines_percent") ${reported('coverage')} GROUP BY time($__interval), "repository", "workflow", "job" fill(none)`,
    ),
  ),
  chart('Benchmarks', 'Mean of each benchmark that is measured in time.', Seconds).withTarget(
    series(
      'A',
      '$tag_repository $tag_benchmark',
      `SELECT mean("value") ${reported('benchmark')} AND "unit" = 's' GROUP BY time($__interval), "repository", "benchmark" fill(none)`,
    ),
  ),
  rowTable('Failed tests', 'The last 50, by name, of rules with "cases".')
    .withTarget(
      table(
        'A',
        `SELECT "repository", "workflow", "job", "number", "classname", "name", "message", "run_id" ${reported('test_case')} AND "outcome" =~ /^(failed|error)$/ ORDER BY time DESC LIMIT 50`,
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
          classname: 'Class',
          name: 'Test',
          message: 'Message',
          run_id: 'Run',
        },
        [],
      ),
    )
    .overrideByName('Run', openRun),
]
