import {
  ConstantVariableBuilder,
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  VariableRefresh,
  VariableSort,
} from '@grafana/grafana-foundation-sdk/dashboard'
import { datasource } from './influxql-query.ts'
import { rollupMeasurement, rollupPolicy } from './rollups.ts'
import { allBranches } from './rows.ts'

const all = { text: 'All', value: '$__all' }

/** A tag of the builds: the values that go with what is chosen to the left of it. */
function tag(name: string, label: string, ...left: string[]): QueryVariableBuilder {
  const where = left.map((one) => `"${one}" =~ /^\${${one}:regex}$/`).join(' AND ')
  const query = `SHOW TAG VALUES FROM "\${measurement:raw}" WITH KEY = "${name}"${where && ` WHERE ${where}`}`
  // `All` is every value, listed or not, and none.
  return some(name, label, query).allValue('.*')
}

/** Any number of values; `All` is those that are listed. */
function some(name: string, label: string, query: string): QueryVariableBuilder {
  return one(name, label, query).multi(true).includeAll(true).current(all)
}

function one(name: string, label: string, query: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(datasource)
    .query(query)
    .definition(query)
    .sort(VariableSort.AlphabeticalAsc)
    .refresh(VariableRefresh.OnDashboardLoad)
}

const [rowsOf, rollupsOf] = ['"build"', `"${rollupPolicy}"."${rollupMeasurement}"`]
const fromRows = { text: 'Rows', value: rowsOf, selected: true }

/** Where the overview comes from: what a panel asks of the other finds nothing, and costs nothing. */
const source = new CustomVariableBuilder('source')
  .label('Overview from')
  .values(`Rows : ${rowsOf}, Rollups : ${rollupsOf}`)
  .options([fromRows, { text: 'Rollups', value: rollupsOf, selected: false }])
  .current(fromRows)

/** Fields of every build that are no properties, and columns that say which build a record is of. */
const identity = ['number', 'attempt', 'run_id', 'job_id']
const builtIn = [
  ...identity,
  ...['branch', 'sha', 'actor', 'url', 'job_name', 'runner_name'],
  ...['queue_time', 'start_time', 'end_time', 'duration'],
]

function except(names: readonly string[]): string {
  return `/^(?!(?:${names.join('|')})$).*/`
}

/** What can be chosen above the dashboard; each variable may use those before it. */
export const variables = [
  new DatasourceVariableBuilder('datasource').label('Data source').type('influxdb'),
  new ConstantVariableBuilder('measurement').label('Measurement').value('build'),
  // For links to runs, whose rows have no address.
  new ConstantVariableBuilder('server').label('GitHub').value('https://github.com'),
  source,
  tag('repository', 'Repository'),
  tag('workflow', 'Workflow', 'repository'),
  tag('job', 'Job', 'repository', 'workflow'),
  tag('runner_os', 'Runner', 'repository', 'workflow', 'job'),
  tag('default_branch', 'Default branch'),
  // Those that are chosen; without a choice of the user's the first of them.
  one(
    'in_depth',
    'In depth',
    'SHOW TAG VALUES FROM "${measurement:raw}" WITH KEY = "repository" WHERE "repository" =~ /^${repository:regex}$/',
  ).multi(true),
  // A branch is a field, and there is no SHOW FIELD VALUES; but Grafana takes the values of any query. Those of a whole
  // organisation would be too many to be chosen from.
  some(
    'branch',
    'Branch',
    'SELECT DISTINCT("branch") FROM "${measurement:raw}" WHERE "repository" =~ /^${in_depth:regex}$/ AND "workflow" =~ /^${workflow:regex}$/ AND "default_branch" =~ /^${default_branch:regex}$/ AND $timeFilter',
  )
    .allValue(allBranches)
    .refresh(VariableRefresh.OnTimeRangeChanged),
  some('property', 'Property', 'SHOW FIELD KEYS FROM "${measurement:raw}"').regex(except(builtIn)),
  one('data', 'Data', 'SHOW MEASUREMENTS').regex(
    '/^(?!${measurement}(?:_start|_step|_run|_job|_job_step|_collect|_resources|_daily)?$).*/',
  ),
  some('field', 'Field of data', 'SHOW FIELD KEYS FROM /^${data:regex}$/').regex(except(identity)),
  one('split', 'Split data by', 'SHOW TAG KEYS FROM /^${data:regex}$/').current({ text: 'job', value: 'job' }),
]
