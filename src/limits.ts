/**
 * Limits and their reasons. A comment says what is limited, a colon, and why; `npm run tables` writes docs/limits.md from them.
 * A name ends in the unit: Ms, Seconds, Mb, Bytes; without one it is a count.
 */

// Time

/** The input `timeout`: a job should not wait longer, and Node's timers have 32 bits. */
export const maxTimeoutSeconds = 3600
/** The default of `timeout`: enough to write a million lines of data. */
export const defaultTimeoutMs = 30_000
/** All callbacks together, as a part of `timeout`: the rest is left for writing. */
export const callbackPart = 1 / 2
/** Keeping points as an artifact, as a part of `timeout`: it is the last way to keep them. */
export const keepPart = 1 / 4
/** Keeping points as an artifact: an upload that takes longer usually does not end. */
export const maxKeepMs = 5000
/** A callback, in processor time: a usual one takes less than a millisecond. */
export const callbackMs = 1000
/** Matching a name with a regular expression that is not linear: a usual one takes less than a millisecond. */
export const matchMs = 500
/** The time by the clock for a callback, as a multiple of its limit: on a busy machine, a process gets less of the processor. */
export const callbackWaits = 5
/** Starting the process of callbacks: Node takes 0.1 s on an idle machine. */
export const callbackStartMs = 5000
/** Waiting for more callbacks, before that process ends: most calls arrive together. */
export const callbackIdleMs = 500
/** Writing the start point, before the job's own work: a start point is not worth a longer wait. */
export const startPointMs = 5000
/** Trying a server that is down, when the job starts: the end of the job tries again. */
export const startPatienceMs = 800
/** Trying a server that is down, when the job ends, if the points can be kept: a later job sends them. */
export const endPatienceMs = 4000
/** A gap between batches of points, before those that exist are sent: waiting longer would not make the request larger. */
export const longestGapMs = 250
/** Reading data after writing has ended: what is read is kept. */
export const readAfterWritingMs = 300
/** Keeping what was read, without an artifact: it is a file on the runner's disk. */
export const keepAfterReadingMs = 300
/** Writing in a cancelled job: the runner kills the process seconds after its first signal. */
export const cancelledWriteMs = 1500
/** Keeping points in a cancelled job: the runner kills the process seconds after its first signal. */
export const cancelledKeepMs = 2000
/** GitHub's answer in a cancelled job: the runner kills the process seconds after its first signal. */
export const cancelledGitHubMs = 500
/** Requests to GitHub's API, redirects and repetitions included: the exact start is not worth a longer wait. */
export const gitHubMs = 5000
/** Waiting for GitHub's request limit: the exact start is not worth a longer wait. */
export const maxGitHubWaitMs = 2000
/** Reading earlier builds from InfluxDB, for `compare`: a comparison is not worth a longer wait. */
export const historyMs = 5000
/** Finding and reading all reports: a usual disk reads half a gigabyte in this time. */
export const reportMs = 5000
/** Finding and reading all reports, as a part of `timeout`: the rest is left for writing. */
export const reportPart = 1 / 3
/** Finding reports, as a part of the time for reports: the rest is left for reading them. */
export const reportSearchPart = 1 / 2
/** Reading reports in a cancelled job: the runner kills the process seconds after its first signal. */
export const cancelledReportMs = 500
/** The difference between the clocks of the runner and GitHub that is ignored: GitHub's times are whole seconds. */
export const maxClockDifferenceMs = 2000
/** Sending what earlier jobs left in the spool: enough to keep up, and short enough not to be noticed. */
export const spoolSendMs = 10_000
/** The time in which its requests can begin: the last request has time for its answer. */
export const spoolRequestsMs = 9000
/** Sending one file of the spool, before the next file gets a turn: a file that is refused does not block others. */
export const spoolTurnMs = 2000
/** The shortest turn of a file in a replay: a request needs time for its answer. */
export const minReplayTurnMs = 1000
/** The longest turn of a file in a replay, which is a twentieth of its `timeout`: a file that is refused does not block others. */
export const maxReplayTurnMs = 15_000
/** Sending again lines that were refused, and files after a refused one: a server that accepts them answers soon. */
export const refusedAgainMs = 1000
/** A claim to a file of the spool: a job that has not finished with it by then was killed. */
export const maxClaimMs = 3_600_000
/** The difference between the clocks of machines that share a spool: a time further in the future is treated as the present. */
export const maxSpoolSkewMs = 60_000
/** A request to GitHub by a replay or a collection: no other job waits for it. */
export const artifactRequestMs = 30_000
/** Waiting for GitHub's secondary request limit, in a collection: GitHub advises to wait a minute. */
export const maxCollectWaitMs = 120_000
/** The default of `timeout` of a collection: a thousand requests, one after another, take some minutes. */
export const defaultCollectMs = 900_000
/** Writing after the last request to GitHub, as a part of `timeout` of a collection: most rows are written before that. */
export const collectWritePart = 1 / 5
/** Trying a server that is down, in a collection: the rows are kept, and the next collection continues. */
export const collectPatienceMs = 5000
/** The time before the last collection that is collected again: GitHub's lists are delayed. */
export const collectOverlapMs = 120_000
/** The download of an artifact: 64 MB at half a megabyte a second. */
export const artifactDownloadMs = 120_000
/** The process that measures the runner, on a hosted runner: no job takes longer there. */
export const hostedSamplerMs = 6 * 3_600_000
/** The process that measures the runner, on a self-hosted runner: no job takes longer there. */
export const ownSamplerMs = 120 * 3_600_000
/** The time until that process sees that its file was removed, and ends: no process of a job remains for long. */
export const samplerLookMs = 5000
/** The default of `every`, the time between two measurements of the runner: a measurement takes less than a thousandth of it. */
export const defaultEveryMs = 5000
/** The shortest `every`: systems count processor time in hundredths of a second. */
export const minEveryMs = 1000
/** The longest `every`: what happens between two measurements is not seen. */
export const maxEveryMs = 300_000

// Bytes and characters

/** The memory of the process of callbacks: enough for any record, and little for a runner. */
export const callbackHeapMb = 64
/** The result of a callback, as JSON: a text field has 64 kB. */
export const callbackAnswerCharacters = 1_000_000
/** The error message of a callback: a warning is one sentence. */
export const callbackFailureCharacters = 300
/** Calls that are passed to the process of callbacks together: small calls do not wait for each other. */
export const callbackBatchCharacters = 65_536
/** A regular expression: usual ones are much shorter. */
export const patternCharacters = 10_000
/** An input in YAML: inputs are environment variables, of which Linux allows 128 KiB. */
export const maxYamlCharacters = 200_000
/** A file that is read as a whole, such as a config: a longer one is a mistake. */
export const maxTextFileBytes = 2 ** 20
/** A piece of the data file: the file may be larger than the memory. */
export const readBytes = 2 ** 18
/** A line of `$BUILD_STATS`: servers do not accept longer ones. */
export const maxLineCharacters = 2 ** 20
/** A line of `$BUILD_STATS` in bytes: a character has at most three bytes. */
export const maxLineBytes = 3 * maxLineCharacters
/** A report: reading takes about a second for 20 MB, and up to five times its size in memory. */
export const maxReportBytes = 2 ** 26
/** The index of a git repository, which lists the files it tracks: 100 bytes for each file. */
export const maxIndexBytes = 2 ** 26
/** The message of a failed test case in a field: the report has all of it. */
export const maxMessageCharacters = 200
/** A name that becomes a tag, a field or a measurement: InfluxDB accepts 64 kB for measurement and tags together. */
export const maxNameCharacters = 256
/** The value of a tag: InfluxDB accepts 64 kB for measurement and tags together. */
export const maxTagCharacters = 1024
/** A text field: InfluxDB 1.x does not accept longer ones. */
export const maxFieldBytes = 65_535
/** A file of `yield` that is one JSON value, or a line of one with a value a line: it is in memory as a whole. */
export const maxJsonFileBytes = 2 ** 26
/** An answer to a request: a hundred jobs with all their steps are a tenth of it. */
export const maxAnswerBytes = 8 * 2 ** 20
/** An answer to a write, and any error: nobody would read more of it in a log. */
export const maxShortAnswerBytes = 2 ** 16
/** A request with points: servers accept 10 MB (v3) or 25 MB (v1), but slowly. */
export const maxRequestBytes = 5_000_000
/** Line protocol that waits while a server is slow: memory is limited. */
export const readAheadCharacters = 32_000_000
/** Line protocol that was refused, kept until the line at fault is found: memory is limited. */
export const maxAsideCharacters = 16_000_000
/** The inputs at the start that are passed to the end of the job: the runner passes them in an environment variable. */
export const maxKnownInputsBytes = 32_000
/** A message in the log: the middle of a longer one is left out. */
export const maxLogCharacters = 4000
/** Points in the log that were not written: it is their last place, and a log should stay readable. */
export const maxShownBytes = 2_000_000
/** A spool: jobs share the disk. */
export const maxSpoolBytes = 1_000_000_000
/** What a job sends from a spool: it is read in seconds. */
export const spoolSendBytes = 20_000_000
/** A request with points that were kept: it is sent quickly over a slow line. */
export const maxKeptChunkBytes = 4_000_000
/** An artifact of points that were not written, unpacked: a hundred times what the jobs of a bad day leave. */
export const maxArtifactBytes = 256 * 2 ** 20
/** The same artifact, as it is downloaded: line protocol shrinks to a tenth. */
export const maxZipBytes = 64 * 2 ** 20
/** What a replay has unpacked from all artifacts: files that wait for another turn are on the runner's disk. */
export const maxUnpackedBytes = 1024 * 2 ** 20
/** The memory of a report in JSON, estimated: brackets alone take thirteen times their size in the file. */
export const maxJsonValueBytes = 48_000_000
/** JSON in which digits beyond those of a float are preserved: that takes eight times as long. */
export const maxExactJsonCharacters = 2 ** 22
/** The summary of the step: GitHub shows nothing of a larger one. */
export const maxSummaryBytes = 2 ** 20
/** An attribute or a text in an XML report: of the message of a failed test, 200 characters are stored. */
export const maxXmlTextCharacters = 2 ** 20
/** The text of a test case while it is read: secrets are removed before it is cut to 200. */
export const maxCaseMessageCharacters = 10_000
/** The output of a Go test, until it is known whether it failed: thousands may run at the same time. */
export const maxTestOutputCharacters = 4000
/** A piece of XML that is parsed at a time: memory of earlier pieces is released. */
export const xmlPieceCharacters = 2 ** 16
/** The memory of the process that measures the runner: a runner may have little. */
export const samplerHeapMb = 16
/** The file of that process, as far as it is read: five days of measurements are a tenth of it. */
export const maxSamplesBytes = 2 ** 26
/** Memory in use, as a part of all, at which an alarm is raised: soon after, the system kills processes. */
export const memoryAlarmShare = 0.95

// Counts

/** Warnings of one kind in the log: GitHub shows no more for a step. */
export const maxAlike = 10
/** Reasons of one rule in the log and the summary: a rule may miss thousands of properties for the same reason. */
export const maxReasonsPerRule = 3
/** Malformed lines of `$BUILD_STATS` that a warning quotes: all of them are counted. */
export const maxMalformed = 10
/** Points that are created at a time: storages combine them into requests. */
export const pointBatch = 500
/** Files in one report of coverage: the counts of each are in memory until the end. */
export const maxCoveredFiles = 200_000
/** Reports of one job: a thousand test classes have a file each. */
export const maxReports = 10_000
/** Records of one rule for reports, test cases included: they are in memory together. */
export const maxReportRecords = 50_000
/** Values of a tag that one rule for reports creates, such as suites: each is a series in the database. */
export const maxReportSeries = 1000
/** The default of `limit` of a rule for reports: nobody reads more. */
export const defaultCases = 100
/** Aliases in YAML: a few lines with aliases could fill all memory. */
export const maxYamlAliases = 20
/** Counts in a regular expression in linear time: RE2 accepts no more. Beyond that, it runs in the process of callbacks. */
export const maxRe2Count = 1000
/** Counts in any regular expression: Python accepts no more. */
export const maxPatternCount = 4_294_967_295
/** Requests to GitHub's API for one answer: usually one is enough. */
export const maxGitHubRequests = 3
/** Columns of the query for earlier builds: a query should stay short. */
export const maxHistoryFields = 100
/** The age of earlier builds in days: older builds say little about today, and take long to read. */
export const maxHistoryDays = 90
/** Steps of earlier builds: an answer should stay short. */
export const maxHistorySteps = 2000
/** Lines in a request: InfluxData recommends this size. */
export const maxRequestLines = 5000
/** Lost lines that are shown for a storage: all of them are counted. */
export const maxLostLines = 20
/** Files in a spool: each job lists all of them. */
export const maxSpoolFiles = 2000
/** Files of a spool that a job sends: each is a request. */
export const spoolSendFiles = 100
/** Files that a replay sends: each is a request, but nobody waits. */
export const maxReplayFiles = 10_000
/** Files in an artifact: a job leaves one for each storage. */
export const maxArtifactFiles = 100
/** Files that wait for another turn: each of them is open. */
export const maxUnfinishedFiles = 200
/** Files in a row that a server refuses, before it counts as down: then the server is the problem, not the files. */
export const maxStrikes = 8
/** Pages of a repository's list of artifacts: the token of a job has 1,000 requests an hour. */
export const maxArtifactPages = 100
/** Runs of one query: GitHub lists no more. The time range of the query is halved. */
export const maxListedRuns = 1000
/** Pages of the jobs of one attempt: a matrix has at most 256 jobs. */
export const maxJobPages = 50
/** Pages of the repositories of an owner: it is GitHub's own limit of repositories. */
export const maxRepositoryPages = 1000
/** Repetitions of a request of a collection: failures of GitHub are short. */
export const maxCollectTries = 3
/** Runs that are written together: a collection that is killed repeats this many. */
export const collectBatch = 50
/** The part of GitHub's request limit that a collection leaves: jobs and their steps need the same limit. */
export const keptRateShare = 1 / 5
/** Redirects of an artifact's download: GitHub needs one. */
export const maxArtifactRedirects = 3
/** Test cases of a report that are kept while later ones may change them: a file of 64 MiB has fewer. */
export const maxHeldCases = 200_000
/** Suites in a report of tests: each is a series. */
export const maxSuites = 1000
/** Attributes of an element in an XML report: tools write a dozen. */
export const maxXmlAttributes = 1000
/** Measurements of the runner at one interval: then the interval is doubled, so that the file of a long job stays small. */
export const maxSamplesAtPace = 10_000
/** Points of `build_resources`: a chart has fewer pixels. */
export const maxSeriesPoints = 2000

// Depth

/** Nested lists and objects in any data: js-yaml reads as many, and no event or context has more. */
export const maxDepth = 100
/** Nested objects in a record of data that are flattened: deeper ones become JSON text, because a record is a list of named values. */
export const maxFlattened = 8
/** Nested groups of a regular expression: more would exceed the stack. */
export const patternDepth = 200
/** Nested elements of an XML report: suites within suites have a dozen levels. */
export const maxXmlDepth = 1000
