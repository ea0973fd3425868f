import { BytesIEC, PercentUnit, Short } from '@grafana/grafana-foundation-sdk/units'
import { series, table } from './influxql-query.ts'
import { chartFromZero, rowTable, showColumns } from './panel-styles.ts'
import { builds, goodBuilds } from './rows.ts'

const perInterval = ' GROUP BY time($__interval), "repository", "workflow", "job" fill(none)'
const job = '$tag_repository $tag_workflow / $tag_job'

/** What the input `resources` measures. */
export const resources = [
  chartFromZero('CPU by job', 'Share of all cores in use, on average of successful builds.', PercentUnit)
    .max(1)
    .withTarget(series('A', job, `SELECT mean("cpu_mean") ${goodBuilds}${perInterval}`)),
  chartFromZero('Memory by job', 'The most memory that a build had in use.', BytesIEC).withTarget(
    series('A', job, `SELECT max("memory_max") ${builds}${perInterval}`),
  ),
  rowTable('Use of runners', 'Each job with its runner; those that use the least of their cores on top.')
    .withTarget(
      table(
        'A',
        `SELECT mean("cores") AS "cores", mean("cpu_mean") AS "cpu", max("cpu_max") AS "highest", max("memory_max") AS "memory", max("memory_total") AS "total", count("memory_max") AS "builds" ${builds} GROUP BY "repository", "workflow", "job"`,
      ),
    )
    .withTransformation({ id: 'sortBy', options: { fields: {}, sort: [{ field: 'highest' }] } })
    .withTransformation(
      showColumns(
        {
          repository: 'Repository',
          workflow: 'Workflow',
          job: 'Job',
          builds: 'Builds',
          cores: 'Cores',
          cpu: 'Mean CPU',
          highest: 'Highest CPU',
          memory: 'Most memory',
          total: 'Memory there is',
        },
        ['Time'],
      ),
    )
    .overrideByName('Cores', [
      { id: 'unit', value: Short },
      { id: 'decimals', value: 0 },
    ])
    .overrideByRegexp('/CPU$/', [
      { id: 'unit', value: PercentUnit },
      { id: 'decimals', value: 0 },
    ])
    .overrideByRegexp('/emory/', [
      { id: 'unit', value: BytesIEC },
      { id: 'decimals', value: 1 },
    ]),
]
