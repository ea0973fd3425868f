/**
 * Limits, beside their reasons: a comment is what it is a limit of, a colon, and why. `npm run tables` makes docs/limits.md
 * of them. A name ends in the unit: Ms, Seconds, Mb, Bytes; without one it is a count.
 */

// Time

/** The input `timeout`: Node's timers take 32 bits, and an hour is far more than a job should wait. */
export const maxTimeoutSeconds = 3600
/** The input `timeout`, unless given: a million lines of data are written in it. */
export const defaultTimeoutMs = 30_000
/** All callbacks together, as a part of `timeout`: whatever they do, there is time to write in. */
export const callbackPart = 1 / 2
/** Keeping what could not be written as an artifact, as a part of `timeout`: it is the last thing that can save it. */
export const keepPart = 1 / 4
/** The same: an upload that takes longer does not end. */
export const maxKeepMs = 5000
/** A callback, of the processor's time: what makes a number of a few values takes less than a millisecond. */
export const callbackMs = 1000
/** A name and a regular expression that cannot be matched in linear time: one that ends at all takes less than a millisecond. */
export const matchMs = 500
/** The same by the clock, as so many times the limit: a machine that is busy gives a process no more. */
export const callbackWaits = 5
/** The start of the process that callbacks run in: Node takes 0.1 s where nothing else runs. */
export const callbackStartMs = 5000
/** Its wait for more calls: most come together. */
export const callbackIdleMs = 500
/** The start point, before the job's own work: a point about the start is not worth a longer wait. */
export const startPointMs = 5000
/** A server that is down, when the job starts: the end of the job tries again. */
export const startPatienceMs = 800
/** The same when the job ends, where its points have a place to wait for it: a later job sends them. */
export const endPatienceMs = 4000
/** A gap between batches of points, until what is there is sent: it would wait for nothing. */
export const longestGapMs = 250
/** Reading data when writing has ended: what is read is kept. */
export const readAfterWritingMs = 300
/** Keeping what was read, without an artifact: a file on the runner's disk. */
export const keepAfterReadingMs = 300
/** Writing in a job that is cancelled: the runner ends the process some seconds after its first signal. */
export const cancelledWriteMs = 1500
/** Keeping in a job that is cancelled: the same. */
export const cancelledKeepMs = 2000
/** GitHub's answer in a job that is cancelled: the same. */
export const cancelledGitHubMs = 500
/** GitHub's API, redirects and second tries included: the job's exact start is not worth a longer wait. */
export const gitHubMs = 5000
/** GitHub's limit of requests, waited for: the same. */
export const maxGitHubWaitMs = 2000
/** Earlier builds from InfluxDB, for `compare`: a word about other builds is not worth a longer wait. */
export const historyMs = 5000
/** Finding and reading reports, all of them: half a gigabyte at the usual speed of a disk. */
export const reportMs = 5000
/** The same, as a part of `timeout`: there is time left to write in. */
export const reportPart = 1 / 3
/** Finding reports, as a part of the time for reading them: what is found is still read. */
export const reportSearchPart = 1 / 2
/** Reading reports in a job that is cancelled: the runner ends the process some seconds after its first signal. */
export const cancelledReportMs = 500
/** The difference between the clocks of runner and GitHub that is ignored: GitHub's times have whole seconds. */
export const maxClockDifferenceMs = 2000
/** Sending what earlier jobs left in the spool: enough to keep up, and no wait that anybody notices. */
export const spoolSendMs = 10_000
/** Requests of it begin until then: the last of them has time for its answer. */
export const spoolRequestsMs = 9000
/** A file of the spool, until the next has its turn: one that is refused holds up no other. */
export const spoolTurnMs = 2000
/** A file of a replay, until the next has its turn, at least: a request has to have its answer. */
export const minReplayTurnMs = 1000
/** The same at most, of a twentieth of its `timeout`: one that is refused holds up no other. */
export const maxReplayTurnMs = 15_000
/** Lines that a server has refused, and those behind a file that it refused, sent once more: it answers soon, or takes nothing. */
export const refusedAgainMs = 1000
/** A claim to a file of the spool: a job that has not finished with it by then was killed. */
export const maxClaimMs = 3_600_000
/** The difference between the clocks of machines that share a spool: a time further in the future is set to the present. */
export const maxSpoolSkewMs = 60_000
/** A request of a replay or of a collection to GitHub: it has no job that waits. */
export const artifactRequestMs = 30_000
/** GitHub's secondary limit of requests, waited for by a collection: GitHub's own advice is a minute. */
export const maxCollectWaitMs = 120_000
/** A collection, unless `timeout` says otherwise: a thousand requests, one after the other, take some minutes. */
export const defaultCollectMs = 900_000
/** Writing when GitHub is asked no more, as a part of `timeout` of a collection: all but the last of it is written by then. */
export const collectWritePart = 1 / 5
/** A storage that is not there, in a collection: what is collected is kept, and the next one goes on from there. */
export const collectPatienceMs = 5000
/** Runs that ended before the last collection did and are looked at again: GitHub's lists lag behind. */
export const collectOverlapMs = 120_000
/** The download of an artifact: 64 MB at half a megabyte a second. */
export const artifactDownloadMs = 120_000
/** The process that looks at a runner's resources, on a hosted runner: no job takes longer there. */
export const hostedSamplerMs = 6 * 3_600_000
/** The same on a self-hosted runner: the same. */
export const ownSamplerMs = 120 * 3_600_000
/** The time until that process sees that its file is gone, and ends: nothing of a job stays for long. */
export const samplerLookMs = 5000
/** The time between two looks at a runner's resources, unless `every` says otherwise: a look takes less than a thousandth of it. */
export const defaultEveryMs = 5000
/** The same at least: systems count computing time in hundredths of a second. */
export const minEveryMs = 1000
/** The same at most: what is between two looks, nobody has seen. */
export const maxEveryMs = 300_000

// Bytes and characters

/** The memory of the process that callbacks run in: enough for any record, too little to hurt a runner. */
export const callbackHeapMb = 64
/** What a callback gives, as JSON: a field holds 64 kB. */
export const callbackAnswerCharacters = 1_000_000
/** What a callback fails with: a warning is one sentence. */
export const callbackFailureCharacters = 300
/** Calls that are handed over to the process of callbacks together: small ones need not wait for each other's way. */
export const callbackBatchCharacters = 65_536
/** A regular expression: nobody writes more, and it is read in no time. */
export const patternCharacters = 10_000
/** An input in YAML: one is a string of the environment, of which Linux allows 128 KiB. */
export const maxYamlCharacters = 200_000
/** A file that is read as a whole, such as a config: what is longer is a mistake. */
export const maxTextFileBytes = 2 ** 20
/** A piece of the data file: the file may be larger than memory. */
export const readBytes = 2 ** 18
/** A line of `$BUILD_STATS`: servers take no longer ones. */
export const maxLineCharacters = 2 ** 20
/** The same: a character has three bytes at most. */
export const maxLineBytes = 3 * maxLineCharacters
/** A report: reading it takes about a second for every 20 MB, and up to five times its size in memory. */
export const maxReportBytes = 2 ** 26
/** The index of a git repository, which tells what it tracks: 100 bytes a file. */
export const maxIndexBytes = 2 ** 26
/** The message of a failed test case in a field: the whole is in the report. */
export const maxMessageCharacters = 200
/** A name that becomes a tag, a field or a measurement: InfluxDB takes 64 kB for measurement and tags together. */
export const maxNameCharacters = 256
/** The value of a tag: the same. */
export const maxTagCharacters = 1024
/** A field of text: InfluxDB 1.x takes no longer one. */
export const maxFieldBytes = 65_535
/** A file of `yield` that is one JSON value, or a line of one that has a value a line: it is in memory as a whole. */
export const maxJsonFileBytes = 2 ** 26
/** An answer to a request: a hundred jobs with all their steps are a tenth of it. */
export const maxAnswerBytes = 8 * 2 ** 20
/** An answer that says what is wrong, and any to a write: what is behind it, nobody would read in a log. */
export const maxShortAnswerBytes = 2 ** 16
/** A request with points: servers take 10 MB (v3) or 25 MB (v1), but slowly. */
export const maxRequestBytes = 5_000_000
/** Line protocol that waits while a server takes its time: memory has an end. */
export const readAheadCharacters = 32_000_000
/** Line protocol that a server has refused, put aside until the line is found that it refuses: the same. */
export const maxAsideCharacters = 16_000_000
/** The inputs of the job's start that its end is told: the runner hands them on as a variable of the environment. */
export const maxKnownInputsCharacters = 32_000
/** A message in the log: of a longer one, the middle is left out. */
export const maxLogCharacters = 4000
/** Points that were not written, in the log: it is their last place, and nobody looks for more there. */
export const maxShownBytes = 2_000_000
/** A spool: a disk that is shared by jobs has an end. */
export const maxSpoolBytes = 1_000_000_000
/** What a job sends of a spool: it is read in seconds. */
export const spoolSendBytes = 20_000_000
/** A request with points that were kept: it is quickly sent over a slow line. */
export const maxKeptChunkBytes = 4_000_000
/** An artifact of points that were not written, unpacked: a hundred times what the jobs of a bad day leave. */
export const maxArtifactBytes = 256 * 2 ** 20
/** The same, as it is downloaded: line protocol is a tenth when it is packed. */
export const maxZipBytes = 64 * 2 ** 20
/** What a replay has unpacked, of all artifacts: what waits for another turn is on the runner's disk. */
export const maxUnpackedBytes = 1024 * 2 ** 20
/** What a report in JSON becomes in memory, about: brackets alone take thirteen times what they are in the file. */
export const maxJsonValueBytes = 48_000_000
/** JSON of which digits are kept that a float does not hold: that takes eight times as long. */
export const maxExactJsonCharacters = 2 ** 22
/** The summary of the step: GitHub shows nothing of one that is larger. */
export const maxSummaryBytes = 2 ** 20
/** An attribute or a text in an XML report: of the message of a failed test, 200 characters are stored. */
export const maxXmlTextCharacters = 2 ** 20
/** A text of a test case that is kept: secrets are taken out of it before it is cut at 200. */
export const maxCaseMessageCharacters = 10_000
/** What a test of Go printed, until it is known to have failed: thousands may run at the same time. */
export const maxTestOutputCharacters = 4000
/** A piece of XML that is parsed at a time: what its values are put together of is dropped in between. */
export const xmlPieceCharacters = 2 ** 16
/** The memory that the process looking at a runner's resources has for its own data: a runner may have little. */
export const samplerHeapMb = 16
/** What such a process may have written, as far as it is read: five days are a tenth of it. */
export const maxSamplesBytes = 2 ** 26
/** Memory in use, as a part of all, at which an alarm is raised: a system ends processes soon after. */
export const memoryAlarmShare = 0.95

// Counts

/** Warnings of one kind in the log: GitHub shows no more of a step, and nobody reads more. */
export const maxAlike = 10
/** Reasons of one rule in the log and the summary: a rule may miss thousands of properties for one reason. */
export const maxReasonsPerRule = 3
/** Malformed lines of `$BUILD_STATS` that a warning quotes: all of them are counted. */
export const maxMalformed = 10
/** Points that are made at a time: storages make requests of these that are as long as they like. */
export const pointBatch = 500
/** Files in one report of coverage: what is counted of each is in memory until the end. */
export const maxCoveredFiles = 200_000
/** Reports of one job: a file each for a thousand test classes is usual, and a list has to have an end. */
export const maxReports = 10_000
/** Records of one rule for reports, cases of tests among them: they are in memory together. */
export const maxReportRecords = 50_000
/** Values of a tag that one rule for reports makes, such as suites: each is a series in the database. */
export const maxReportSeries = 1000
/** Cases of a rule for reports, unless `limit` says otherwise: nobody reads more. */
export const defaultCases = 100
/** Aliases in YAML: these unfold to some thousand values; without a limit, a few lines fill all memory. */
export const maxYamlAliases = 20
/** The counts of a regular expression in linear time: RE2 takes no more; beyond, it runs in the process of callbacks. */
export const maxRe2Count = 1000
/** The counts of any regular expression: Python takes no more. */
export const maxPatternCount = 4_294_967_295
/** Requests to GitHub's API for one answer: one suffices where the job's id is known. */
export const maxGitHubRequests = 3
/** Columns of the question for earlier builds: a query has to have an end. */
export const maxHistoryFields = 100
/** Days that earlier builds lie back: what is older is no measure of today, and takes databases long to look through. */
export const maxHistoryDays = 90
/** Rows of steps of earlier builds: an answer has to have an end. */
export const maxHistorySteps = 2000
/** Lines of a request: InfluxData advises as many. */
export const maxRequestLines = 5000
/** Lost lines that are shown, of a storage: all of them are counted. */
export const maxLostLines = 20
/** Files in a spool: looking through it takes a moment. */
export const maxSpoolFiles = 2000
/** Files of a spool that a job sends: each has its request. */
export const spoolSendFiles = 100
/** Files that a replay sends: the same, and nobody waits. */
export const maxReplayFiles = 10_000
/** Files in an artifact: a job leaves one for each storage. */
export const maxArtifactFiles = 100
/** Files that wait for another turn: each of them is open. */
export const maxUnfinishedFiles = 200
/** Files that a server refuses in a row, until it counts as down: so many say that it is the server. */
export const maxStrikes = 8
/** Pages of a repository's list of artifacts: a job's token may ask GitHub 1,000 times an hour. */
export const maxArtifactPages = 100
/** Runs of one query: GitHub lists no more, and the time that is asked for is halved. */
export const maxListedRuns = 1000
/** Pages of the jobs of one attempt: GitHub starts no more jobs of a run than 256 for each matrix. */
export const maxJobPages = 50
/** Pages of the repositories of an owner: GitHub's own limit of repositories. */
export const maxRepositoryPages = 1000
/** Further tries of a request of a collection: GitHub's failures are short. */
export const maxCollectTries = 3
/** Runs that are written together: so much is asked for again where a collection is killed. */
export const collectBatch = 50
/** The part of GitHub's limit of requests that a collection leaves: jobs and their steps live on the same limit. */
export const keptRateShare = 1 / 5
/** Redirects of an artifact's download: GitHub needs one. */
export const maxArtifactRedirects = 3
/** Test cases of a report that are kept while others may say more of them: a file of 64 MiB has fewer. */
export const maxHeldCases = 200_000
/** Suites that a report of tests is told apart by: each is a series. */
export const maxSuites = 1000
/** Attributes of an element in an XML report: tools write a dozen. */
export const maxXmlAttributes = 1000
/** Looks at a runner's resources at one pace: it is halved then, so that the file of a job of five days has an end. */
export const maxSamplesAtPace = 10_000
/** Points of `build_resources`: a chart has fewer pixels. */
export const maxSeriesPoints = 2000

// Depth

/** Lists and objects in each other, in any data: js-yaml reads as many, and no event or context has more. */
export const maxDepth = 100
/** Objects in a record of data that are flattened: deeper ones become JSON text, since a record is values under names. */
export const maxFlattened = 8
/** Groups of a regular expression in each other: more is read by no stack. */
export const patternDepth = 200
/** Elements of an XML report in each other: suites of suites are a dozen levels deep. */
export const maxXmlDepth = 1000
