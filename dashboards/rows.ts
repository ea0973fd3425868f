/**
 * Which rows the panels look at. Regular expressions on tags cost little; what costs is to read a field of every build,
 * and to open every series of every week.
 */
const where = (names: readonly string[]) => names.map(matches).join(' AND ')

/**
 * A branch is a field, and a condition on a field reads it in every row, even one that all rows fulfil. So there is none
 * where all branches are chosen: the variable then begins a comment up to the end of the line, and closes the one in
 * which it stands here. A branch between the marks of this comment changes nothing: its slashes are escaped.
 */
const ofBranch = '/* ${branch:regex} */ AND "branch" =~ /^${branch:regex}$/\n'
export const allBranches = '*/ --'

const builders = ['workflow', 'job', 'runner_os', 'default_branch']
const chosen = `${where(['repository', ...builders])} AND $timeFilter ${ofBranch}`

/** Builds of everything that is chosen: their rows, or rollups of them, which have other fields and a row a day of each job. */
export const overviewBuilds = `FROM \${source:raw} WHERE ${chosen}`
/** The same in rows, whichever is chosen. */
export const overviewRows = `FROM "\${measurement:raw}" WHERE ${chosen}`

/** How long a build takes that fails or is cancelled says when it did, not how fast the work is. */
export const goodOverviewBuilds = `${overviewBuilds} AND "result" = 'success'`

/** The repositories whose builds, steps, data and runs are shown one by one: few of them, so that panels stay quick. */
const ofRepository = '"repository" =~ /^${in_depth:regex}$/'
const inDepth = `${ofRepository} AND ${where(builders)} AND $timeFilter`

/** Builds in depth, with whatever result. */
export const builds = `FROM "\${measurement:raw}" WHERE ${inDepth} ${ofBranch}`
export const goodBuilds = `${builds} AND "result" = 'success'`

/** Steps have the tags of their build but not its branch. */
export const goodSteps = `FROM "\${measurement:raw}_step" WHERE ${inDepth} AND "conclusion" = 'success'`

/** Records that steps yielded: the same. As a regular expression, since Grafana's quotes leave a backslash in a name as it is. */
export const records = `FROM /^\${data:regex}$/ WHERE ${inDepth}`

/** Records of reports under a name: the same. */
export function reported(name: string): string {
  return `FROM "${name}" WHERE ${inDepth}`
}

/**
 * Failed builds as a share of those that ended by themselves; somebody cancels a build: that is no verdict on it. InfluxQL
 * knows no condition inside an aggregate: what is counted twice is added up outside. The factors make floats of the counts:
 * integers of a second subquery come out empty. `groupBy` is the same inside and outside.
 */
export function selectFailureRate(groupBy: string): string {
  const count = 'count("number")'
  return selectRate(
    `SELECT ${count} * 1.0 AS "part" ${overviewBuilds} AND "result" = 'failure'${groupBy}`,
    `SELECT ${count} * 0.0 AS "part", ${count} * 1.0 AS "whole" ${overviewBuilds} AND "result" =~ /^(success|failure)$/${groupBy}`,
    'failure rate',
    groupBy,
  )
}

/** The same of rollups. */
export function selectDailyFailureRate(groupBy: string): string {
  const [failures, successes] = ['sum("failures")', 'sum("successes")']
  return selectRate(
    `SELECT ${failures} * 1.0 AS "part", ${failures} * 1.0 AS "whole" ${overviewBuilds}${groupBy}`,
    `SELECT ${successes} * 0.0 AS "part", ${successes} * 1.0 AS "whole" ${overviewBuilds}${groupBy}`,
    'failure rate',
    groupBy,
  )
}

/** Whole runs have neither a job nor a runner. */
const chosenRuns = `${ofRepository} AND ${where(['workflow', 'default_branch'])} AND $timeFilter ${ofBranch}`

/** Attempts of runs that are chosen, with whatever result. */
export const runs = `FROM "\${measurement:raw}_run" WHERE ${chosenRuns}`
export const goodRuns = `${runs} AND "result" = 'success'`

/** Jobs as GitHub records them, and as they tell of themselves. */
export const collectedJobs = `FROM "\${measurement:raw}_job" WHERE ${chosenRuns}`
export const ownJobs = `FROM "\${measurement:raw}" WHERE ${chosenRuns}`

/** As the failure rate of builds, the other way round. */
export function selectSuccessRate(groupBy: string): string {
  const count = 'count("number")'
  return selectRate(
    `SELECT ${count} * 1.0 AS "part" ${goodRuns}${groupBy}`,
    `SELECT ${count} * 0.0 AS "part", ${count} * 1.0 AS "whole" ${runs} AND "result" =~ /^(success|failure|timed_out)$/${groupBy}`,
    'success rate',
    groupBy,
  )
}

function selectRate(part: string, whole: string, name: string, groupBy: string): string {
  return `SELECT sum("part") / sum("whole") AS "${name}" FROM (${part}), (${whole}) WHERE $timeFilter${groupBy}`
}

function matches(name: string): string {
  return `"${name}" =~ /^\${${name}:regex}$/`
}
