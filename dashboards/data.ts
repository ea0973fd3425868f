import { Short } from '@grafana/grafana-foundation-sdk/units'
import { series, table } from './influxql-query.ts'
import { chart, rowTable, showColumns } from './panel-styles.ts'
import { records } from './rows.ts'

/** What steps yielded: any measurement of data, any of its numbers, by any of its tags. */
export const data = [
  chart('Data over time', 'Mean of the fields that are chosen above, by the tag that is chosen there.', Short)
    .span(24)
    .height(10)
    .withTarget(
      series(
        'A',
        '$tag_repository [[tag_${split:raw}]] $col',
        `SELECT mean(/^\${field:regex}$/) ${records} GROUP BY time($__interval), "repository", \${split:doublequote} fill(none)`,
      ),
    )
    .withTransformation({ id: 'renameByRegex', options: { regex: '(.*) mean_(.*)', renamePattern: '$1 $2' } }),
  rowTable('Latest data', 'What was yielded last, by repository, workflow, job and the tag that is chosen above.')
    .withTarget(
      table(
        'A',
        `SELECT last(/^\${field:regex}$/) ${records} GROUP BY "repository", "workflow", "job", \${split:doublequote}`,
      ),
    )
    .withTransformation(showColumns({ repository: 'Repository', workflow: 'Workflow', job: 'Job' }, ['Time']))
    .withTransformation({ id: 'renameByRegex', options: { regex: 'last_(.*)', renamePattern: '$1' } }),
]
