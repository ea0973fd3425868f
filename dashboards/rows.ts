/**
 * Which rows the panels look at. Tags and fields are compared with what is chosen above the dashboard, `All` being
 * `.*`; regular expressions on tags cost next to nothing, the one on the field `branch` a look at each build.
 */
const builders = ['repository', 'workflow', 'job', 'runner_os', 'default_branch'].map(matches).join(' AND ')

const chosen = `${builders} AND ${matches('branch')} AND $timeFilter`

/** Builds that are chosen, with whatever result. */
export const builds = `FROM "\${measurement:raw}" WHERE ${chosen}`

/** How long a build takes that fails or is cancelled says when it did, not how fast the work is. */
export const goodBuilds = `${builds} AND "result" = 'success'`

/** Somebody cancels a build: that is no verdict on it. */
const endedBuilds = `${builds} AND "result" =~ /^(success|failure)$/`
const failedBuilds = `${builds} AND "result" = 'failure'`

/** Steps have the tags of their build but not its branch. */
export const goodSteps = `FROM "\${measurement:raw}_step" WHERE ${builders} AND "conclusion" = 'success' AND $timeFilter`

/** Records that steps yielded: the same. As a regular expression, since Grafana's quotes leave a backslash in a name as it is. */
export const records = `FROM /^\${data:regex}$/ WHERE ${builders} AND $timeFilter`

/** Records of reports under a name: the same. */
export function reported(name: string): string {
  return `FROM "${name}" WHERE ${builders} AND $timeFilter`
}

/**
 * Failed builds as a share of those that ended by themselves. InfluxQL knows no condition inside an aggregate: what is
 * counted twice is added up outside. The factors make floats of the counts: integers of a second subquery come out empty.
 * `groupBy` is the same inside and outside.
 */
export function selectFailureRate(groupBy: string): string {
  const count = 'count("number")'
  const failed = `SELECT ${count} * 1.0 AS "failed" ${failedBuilds}${groupBy}`
  const ended = `SELECT ${count} * 0.0 AS "failed", ${count} * 1.0 AS "ended" ${endedBuilds}${groupBy}`
  return `SELECT sum("failed") / sum("ended") AS "failure rate" FROM (${failed}), (${ended}) WHERE $timeFilter${groupBy}`
}

/** Whole runs have neither a job nor a runner. */
const chosenRuns = `${['repository', 'workflow', 'default_branch', 'branch'].map(matches).join(' AND ')} AND $timeFilter`

/** Attempts of runs that are chosen, with whatever result. */
export const runs = `FROM "\${measurement:raw}_run" WHERE ${chosenRuns}`
export const goodRuns = `${runs} AND "result" = 'success'`

/** Jobs as GitHub records them, and as they tell of themselves. */
export const collectedJobs = `FROM "\${measurement:raw}_job" WHERE ${chosenRuns}`
export const ownJobs = `FROM "\${measurement:raw}" WHERE ${chosenRuns}`

/** As the failure rate of builds, the other way round. */
export function selectSuccessRate(groupBy: string): string {
  const count = 'count("number")'
  const good = `SELECT ${count} * 1.0 AS "good" ${goodRuns}${groupBy}`
  const ended = `SELECT ${count} * 0.0 AS "good", ${count} * 1.0 AS "ended" ${runs} AND "result" =~ /^(success|failure|timed_out)$/${groupBy}`
  return `SELECT sum("good") / sum("ended") AS "success rate" FROM (${good}), (${ended}) WHERE $timeFilter${groupBy}`
}

function matches(name: string): string {
  return `"${name}" =~ /^\${${name}:regex}$/`
}
