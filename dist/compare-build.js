'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const shared = require('./shared.js');
const limits = require('./limits.js');
const settings = require('./settings.js');
const failure = require('./failure.js');

function formatClock(seconds) {
  if (seconds < 9.95) return `${Math.round(seconds * 10) / 10}s`;
  const whole = Math.round(seconds);
  const two = (value) => `${value}`.padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole % 3600 / 60), whole % 60];
  if (hours > 0) return `${hours}h ${two(minutes)}m ${two(rest)}s`;
  return minutes > 0 ? `${minutes}m ${two(rest)}s` : `${rest}s`;
}
function formatNumber(value) {
  return Number.isInteger(value) ? `${value}` : `${Number(value.toPrecision(6))}`;
}
function formatValue(value, unit) {
  return unit === "seconds" && value >= 0 ? formatClock(value) : formatNumber(value);
}
function formatPercent(ratio) {
  const percent = Math.abs(ratio) * 100;
  return `${percent < 9.95 ? Math.round(percent * 10) / 10 : Math.round(percent)} %`;
}

const toStandardDeviation = 1.4826;
function toBaseline(values) {
  const median = toMedian(values);
  if (median === void 0) return void 0;
  const deviations = values.map((value) => Math.abs(value - median));
  return { median, scatter: toStandardDeviation * (toMedian(deviations) ?? 0), count: values.length };
}
function toMedian(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === void 0 || lower === void 0 ? void 0 : lower + (upper - lower) / 2;
}
function isUsual(value, { median, scatter }) {
  return Math.abs(value - median) <= Math.max(3 * scatter, Math.abs(median) / 100);
}

function toVerdict(evidence, comparison) {
  const { value, unit, statistic, baseline, result, branch } = evidence;
  const format = (of) => formatValue(of, unit);
  const head = statistic === "duration" ? format(value) : `${statistic} ${format(value)}`;
  const isSuccess = result === "success";
  const median = "median" in baseline ? baseline.median : void 0;
  const { level, limit } = isSuccess ? findLevel(value, median, comparison, format) : inOrder;
  if ("reason" in baseline) {
    return { text: `${head}; not compared with earlier builds: ${baseline.reason}`, step: void 0, level, limit };
  }
  const builds = `the median of the last ${baseline.count} builds on ${branch}`;
  const usually = format(baseline.median);
  if (!isSuccess) {
    const text2 = `${head}; not judged, since the build ended with ${result}: ${builds} is ${usually}`;
    return { text: text2, step: void 0, level, limit };
  }
  if (level === "told" && isUsual(value, baseline)) {
    return { text: `${head}, as usual: ${builds} is ${usually}`, step: void 0, level, limit };
  }
  const difference = value - baseline.median;
  const much = baseline.median === 0 ? "" : `${formatPercent(difference / baseline.median)} `;
  const text = `${head}, ${much}${difference < 0 ? "below" : "above"} ${builds} (${usually})`;
  return { text, step: statistic === "duration" ? findStep(evidence, difference) : void 0, level, limit };
}
const inOrder = { level: "told", limit: "" };
function findLevel(value, median, { warnAbove, failAbove }, format) {
  for (const [level, key, limit] of [
    ["fail", "fail-above", failAbove],
    ["warn", "warn-above", warnAbove]
  ]) {
    const most = limit && toMost(limit, median);
    if (limit === void 0 || most === void 0 || value <= most) continue;
    const of = "ratio" in limit ? `${limit.text}, which is ${format(most)}` : format(most);
    return { level, limit: `${key} allows ${of}.` };
  }
  return inOrder;
}
function toMost(limit, median) {
  if ("value" in limit) return limit.value;
  return median !== void 0 && median > 0 ? limit.ratio * median : void 0;
}
const minSeconds = 1;
function findStep({ steps, stepMedians }, difference) {
  const durations = /* @__PURE__ */ new Map();
  for (const { name, startMs, endMs } of steps) {
    durations.set(name, (durations.get(name) ?? 0) + Math.max(0, endMs - startMs) / 1e3);
  }
  const sign = Math.sign(difference);
  const isKnown = stepMedians !== void 0;
  if (!isKnown && sign < 0) return void 0;
  const found = [...durations].map(([name, seconds]) => ({
    name,
    seconds: isKnown ? sign * (seconds - (stepMedians.get(shared.cleanTag(name)) ?? 0)) : seconds
  })).reduce((most, one) => one.seconds > most.seconds ? one : most, { name: "", seconds: 0 });
  if (found.seconds < minSeconds) return void 0;
  const took = formatValue(found.seconds, "seconds");
  if (!isKnown) return { before: "its longest step is ", name: found.name, after: `, ${took}` };
  if (found.seconds <= Math.abs(difference)) return { before: `${took} of it in step `, name: found.name, after: "" };
  return { before: "step ", name: found.name, after: ` took ${took} ${sign < 0 ? "less" : "more"}` };
}

function compareWithPast(build, statistic, past, branch, comparison, tags = []) {
  const { name, field, factor, unit, value } = statistic;
  const isAlike = (one) => !one.isCallerUnknown || comparison.ignoreTags.includes("caller");
  const earlier = past.builds.filter((one) => !isOwn(one, build) && isAlike(one));
  const withValue = earlier.filter(({ values }) => values.has(field)).slice(0, comparison.last);
  const builds = withValue.map((one) => {
    return { endMs: one.endMs, value: (one.values.get(field) ?? 0) * factor, number: one.number, result: "success" };
  });
  const baseline = toBaselineOrReason(
    builds.map((one) => one.value),
    branch,
    comparison,
    tags,
    past.days
  );
  const evidence = {
    ...{ value, unit, statistic: name, result: build.result, baseline, branch },
    steps: "ran" in build.steps ? build.steps.ran : [],
    stepMedians: toStepMedians(past.steps, withValue)
  };
  const own = {
    endMs: build.endMs,
    value,
    number: build.number === void 0 ? void 0 : Number(build.number),
    result: build.result
  };
  const median = "median" in baseline ? baseline.median : void 0;
  return {
    verdict: toVerdict(evidence, comparison),
    history: builds.length === 0 ? void 0 : { statistic: name, unit, builds: builds.toReversed(), own, median },
    medians: toMedians(earlier.slice(0, comparison.last), comparison.minBuilds)
  };
}
function withoutValue({ reason }) {
  const verdict = {
    text: `not compared with earlier builds: ${reason}`,
    step: void 0,
    level: "told",
    limit: ""
  };
  return { verdict, history: void 0, medians: /* @__PURE__ */ new Map() };
}
function withoutPast(build, { name, unit, value }, { reason }, comparison) {
  const known = { value, unit, statistic: name, result: build.result, baseline: { reason }, branch: "" };
  const verdict = toVerdict({ ...known, steps: [], stepMedians: void 0 }, comparison);
  return { verdict, history: void 0, medians: /* @__PURE__ */ new Map() };
}
function isOwn(one, build) {
  if (build.runId === void 0) return one.endMs === build.endMs;
  return one.runId === Number(build.runId) && one.attempt === Number(build.attempt);
}
function toBaselineOrReason(values, branch, { minBuilds }, tags, days = limits.maxHistoryDays) {
  const baseline = toBaseline(values);
  const where = `on ${branch} within ${days} days`;
  if (baseline === void 0) {
    const asked = tags.length === 0 ? "" : `, and with the same ${tags.join(", ")} (ignore-tags leaves some out)`;
    return { reason: `there is no successful build with this statistic ${where}${asked}` };
  }
  if (values.length >= minBuilds) return baseline;
  const builds = values.length === 1 ? "is 1 successful build" : `are ${values.length} successful builds`;
  return { reason: `there ${builds} ${where}, fewer than ${minBuilds} (min-builds)` };
}
function toStepMedians(steps, builds) {
  const keyOf = ({ runId, attempt }) => `${runId}/${attempt}`;
  const known = new Set(builds.map(keyOf));
  const durations = /* @__PURE__ */ new Map();
  for (const step of steps) {
    const key = keyOf(step);
    if (!known.has(key)) continue;
    const byBuild = durations.get(step.name) ?? /* @__PURE__ */ new Map();
    byBuild.set(key, (byBuild.get(key) ?? 0) + step.duration);
    durations.set(step.name, byBuild);
  }
  if (durations.size === 0) return void 0;
  return new Map([...durations].map(([name, byBuild]) => [name, toMedian([...byBuild.values()]) ?? 0]));
}
function toMedians(builds, minBuilds) {
  const values = /* @__PURE__ */ new Map();
  for (const build of builds) {
    for (const [field, value] of build.values) {
      const known = values.get(field);
      if (known === void 0) values.set(field, [value]);
      else known.push(value);
    }
  }
  return new Map(
    [...values].flatMap(([field, all]) => {
      const median = all.length >= minBuilds ? toMedian(all) : void 0;
      return median === void 0 ? [] : [[field, median]];
    })
  );
}

function toHistoryQuery(build, point, fields, hasSteps, { last, branch, ignoreTags }, options) {
  const { measurement } = options;
  const own = new Map(point.tags);
  const isDefault = branch === "default";
  const named = branch === "same" ? toBaseBranch(build) : typeof branch === "object" ? branch.name : void 0;
  const builder = listBuilderTags(build, options).filter((key) => !ignoreTags.includes(key) && !isOfOneBuild(key, own.get(key) ?? "", build)).map((key) => [key, own.get(key) ?? ""]);
  return {
    measurement: shared.cleanName(measurement),
    stepMeasurement: hasSteps ? shared.cleanName(`${measurement}_step`) : void 0,
    fields,
    tags: [
      ...builder,
      // A tag of the user's own in its place says something else.
      ...own.get("result") === build.result ? [["result", "success"]] : [],
      ...isDefault ? [["default_branch", "true"]] : []
    ],
    builderTags: builder.map(([key]) => key),
    branch: named === void 0 ? void 0 : shared.cleanString(named),
    sinceMs: build.endMs - limits.maxHistoryDays * 24 * 3600 * 1e3,
    // Some of them lack the statistic, or are this build itself.
    maxBuilds: 2 * last + 1,
    // Rows of steps know no branch but the default one: they are found among those of other branches.
    maxSteps: Math.min(limits.maxHistorySteps, isDefault ? 2 * last + 1 : 20 * last)
  };
}
function listBuilderTags({ matrix }, { tags, matrixTags }) {
  const keys = [
    ...["repository", "workflow", "job", "caller"],
    ...matrixTags ? settings.toMatrixTags(matrix).keys() : [],
    ...tags.map(([key]) => shared.cleanKey(key))
  ];
  return [...new Set(keys)].filter((key) => !["result", "default_branch"].includes(key));
}
function isOfOneBuild(key, value, { sha, runId, properties }) {
  if (/^(branch|ref)$/i.test(key)) return true;
  const commits = [sha, properties.find("github.event.pull_request.head.sha")?.value];
  const isCommit = /^[0-9a-f]{7,}$/.test(value) && commits.some((commit) => String(commit).startsWith(value));
  return isCommit || value === String(runId);
}
function toBaseBranch({ event, branch, properties }) {
  if (event !== "merge_group") return branch;
  const ref = properties.find("github.event.merge_group.base_ref")?.value;
  const name = typeof ref === "string" ? ref : branch.replace(/^gh-readonly-queue\/(.+)\/pr-[^/]+$/s, "$1");
  return name.replace(/^refs\/heads\//, "");
}

function findStatistic({ statistic: name }, point, placed) {
  const fields = placed.filter(({ kind }) => kind === "field");
  if (name === "duration") {
    const durations = fields.flatMap(
      ({ captured, key }) => captured.rule.kind === "duration" && captured.rule.callback === void 0 ? [{ field: key, factor: settings.units[captured.rule.reportIn] }] : []
    );
    const stored = durations.find(({ field: field3 }) => field3 === "duration") ?? durations[0];
    if (stored === void 0) return { reason: "the duration is not captured: add the rule duration to captures" };
    const { field: field2, factor } = stored;
    return toStatistic({ name, field: field2, factor, unit: "seconds" }, point);
  }
  const byProperty = fields.find(({ captured }) => "name" in captured && captured.name === name);
  const isField = point.fields.some(([key]) => key === name);
  const field = isField ? name : byProperty?.key;
  if (field === void 0) {
    return { reason: `this build has no statistic "${name}": capture it, and give the name of its field` };
  }
  return toStatistic({ name, field, factor: 1, unit: name === "queue_time" ? "seconds" : void 0 }, point);
}
function toStatistic(statistic, { fields }) {
  const [, value] = fields.find(([key]) => key === statistic.field) ?? [];
  if (typeof value !== "number" && typeof value !== "bigint") {
    return { reason: `the statistic "${statistic.name}" is no number in this build` };
  }
  return { ...statistic, value: Number(value) * statistic.factor };
}
function listNumericFields(placed) {
  const fields = placed.filter(
    ({ kind, captured: { value } }) => kind === "field" && (typeof value === "number" || typeof value === "bigint")
  );
  return [...new Set(fields.map(({ key }) => key))];
}
function nameBranch({ branch }, build) {
  if (branch === "same") return toBaseBranch(build);
  if (branch !== "default") return branch.name;
  const name = build.properties.find("github.event.repository.default_branch")?.value;
  if (typeof name === "string" && name !== "") return name;
  return build.defaultBranch === "true" ? build.branch : "the default branch";
}

class HistoryError extends Error {
}
function toRows(result, measurement) {
  const series = Array.isArray(result?.series) ? result.series.filter(shared.isObject) : [];
  return series.flatMap(({ name, columns, values, tags }) => {
    if (name !== measurement || !Array.isArray(columns) || !columns.includes("time")) {
      throw new HistoryError("the server does not answer InfluxQL, in which earlier builds are asked for");
    }
    const rows = Array.isArray(values) ? values.filter(Array.isArray) : [];
    return rows.map((row) => ({
      row: new Map(columns.map((column, index) => [String(column), row[index]])),
      tags: shared.isObject(tags) ? tags : {}
    }));
  });
}
function toBuild(row, fields) {
  const values = fields.flatMap((field) => {
    const value = toNumber(row.get(field));
    return value === void 0 ? [] : [[field, value]];
  });
  return {
    endMs: toNumber(row.get("time")) ?? 0,
    runId: toNumber(row.get("run_id")),
    attempt: toNumber(row.get("attempt")),
    number: toNumber(row.get("number")),
    values: new Map(values),
    isCallerUnknown: row.get("caller_unknown") === true
  };
}
function toStep(row, { step }) {
  const duration = toNumber(row.get("duration"));
  if (duration === void 0 || typeof step !== "string") return [];
  return [{ runId: toNumber(row.get("run_id")), attempt: toNumber(row.get("attempt")), name: step, duration }];
}
function toNumber(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : void 0;
}

function quote(text, mark) {
  const escaped = text.replaceAll("\\", "\\\\").replaceAll(mark, `\\${mark}`).replace(/\r\n|[\r\n]/g, "\\n").replaceAll("\0", "\uFFFD");
  return `${mark}${escaped}${mark}`;
}
function quoteIdentifier(name) {
  return quote(name, '"');
}
function quoteText(text) {
  return quote(text, "'");
}
function toStatements(query) {
  const { measurement, stepMeasurement, fields, tags, branch, sinceMs, maxBuilds, maxSteps } = query;
  const where = [
    ...tags.map(([key, value]) => `${quoteIdentifier(key)} = ${quoteText(value)}`),
    `time >= ${Math.round(sinceMs)}000000`
  ];
  const ofBranch = branch === void 0 ? [] : [`"branch" = ${quoteText(branch)}`];
  const columns = [.../* @__PURE__ */ new Set(["run_id", "attempt", "number", "caller_unknown", ...fields])].map(quoteIdentifier).join(", ");
  const builds = `SELECT ${columns} FROM ${quoteIdentifier(measurement)} WHERE ${[...where, ...ofBranch].join(" AND ")} ORDER BY time DESC LIMIT ${maxBuilds}`;
  if (stepMeasurement === void 0) return [builds];
  const steps = `SELECT "duration", "run_id", "attempt" FROM ${quoteIdentifier(stepMeasurement)} WHERE ${where.join(" AND ")} GROUP BY "step" ORDER BY time DESC LIMIT ${maxSteps}`;
  return [builds, steps];
}

const narrowDays = 3;
const dayMs = 24 * 3600 * 1e3;
async function readHistory(query, target, http, signal) {
  const measurements = [query.measurement, ...query.stepMeasurement === void 0 ? [] : [query.stepMeasurement]];
  const askAll = async (asked) => {
    const statements = toStatements(asked);
    const ask = async (some, names) => parseAnswer(await send(some.join("; "), target, http, signal), names, target);
    if (target.api !== "v3") return await ask(statements, measurements);
    const asking = statements.map((statement, index) => ask([statement], measurements.slice(index, index + 1)));
    return (await Promise.all(asking)).flat();
  };
  const toPast = ([builds = [], steps = []]) => ({
    builds: builds.map(({ row }) => toBuild(row, query.fields)),
    steps: steps.flatMap(({ row, tags }) => toStep(row, tags))
  });
  try {
    return toPast(await askAll(query));
  } catch (error) {
    if (target.api !== "v3" || !isTooMuch(error)) throw error;
    const sinceMs = query.sinceMs + (limits.maxHistoryDays - narrowDays) * dayMs;
    return { ...toPast(await askAll({ ...query, sinceMs })), days: narrowDays };
  }
}
function isTooMuch(error) {
  return error instanceof HistoryError && /file limit|smaller time range/.test(error.message);
}
async function send(statements, target, http, signal) {
  const authorization = settings.toAuthorization(target);
  try {
    return await http.request({
      method: "POST",
      url: new URL(target.url + toQueryPath(target)),
      headers: {
        "content-type": "application/x-www-form-urlencoded",
        accept: "application/json",
        "user-agent": "build-stats",
        ...authorization === void 0 ? {} : { authorization }
      },
      body: `${new URLSearchParams({ q: statements })}`,
      signal
    });
  } catch (error) {
    if (signal.aborted) throw new HistoryError("the server did not answer in time");
    throw new HistoryError(`the server could not be asked: ${failure.nameCause(error)}${failure.explainCause(error)}`);
  }
}
function toQueryPath(target) {
  const parameters = new URLSearchParams(toDatabase(target));
  parameters.set("epoch", "ms");
  return `/query?${parameters}`;
}
function toDatabase(target) {
  switch (target.api) {
    case "v1":
      return { db: target.database, ...target.retentionPolicy === void 0 ? {} : { rp: target.retentionPolicy } };
    case "v2": {
      const [, db, rp] = /^([^/]+)\/(.+)$/s.exec(target.bucket) ?? [];
      return db === void 0 || rp === void 0 ? { db: target.bucket } : { db, rp };
    }
    case "v3":
      return { db: target.database };
  }
}
function parseAnswer({ status, body }, measurements, target) {
  const text = body.toString("utf8");
  const json = parseJson(text);
  if (status !== 200) {
    const said = shared.isObject(json) ? json.error ?? json.message : text;
    const short = typeof said === "string" ? said.replace(/ statement '.*'/s, " it") : "";
    const words = shared.cutText(short.trim().replace(/[\r\n]\s*/g, " "), 300);
    throw new HistoryError(
      [`${status}`, words && `"${words}"`, explainStatus(status, target)].filter(Boolean).join(", ")
    );
  }
  const results = shared.isObject(json) && Array.isArray(json.results) ? json.results.filter(shared.isObject) : [];
  if (results.length === 0) throw new HistoryError("what the server answers is no result of InfluxQL");
  for (const { error } of results) {
    if (typeof error !== "string") continue;
    throw new HistoryError(`"${error}"${/not found/.test(error) ? `, ${explainStatus(404, target)}` : ""}`);
  }
  return measurements.map((measurement, index) => toRows(results[index], measurement));
}
function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return void 0;
  }
}
function explainStatus(status, target) {
  const what = target.api === "v1" ? "user" : "token";
  const place = target.api === "v2" ? `the bucket "${target.bucket}"` : `the database "${target.database}"`;
  switch (status) {
    case 401:
      return `check that the ${what} is right and may read ${place}`;
    case 403:
      return `the ${what} may write to ${place} and not read it: let it read, or leave compare out`;
    case 404:
      if (target.api === "v2") return explainBucket(target.bucket);
      return target.api === "v1" && target.retentionPolicy !== void 0 ? `check that ${place} and its retention policy "${target.retentionPolicy}" exist` : `check that ${place} exists, and that the server answers InfluxQL`;
    case 405:
      return "the server does not answer InfluxQL, in which earlier builds are asked for";
    default:
      return "";
  }
}
function explainBucket(bucket) {
  if (/^[0-9a-f]{16}$/.test(bucket))
    return `give the name of the bucket: by its id "${bucket}" it can be written to, but not asked`;
  return `may the token read the bucket "${bucket}"? A server that maps no buckets by itself wants it mapped to a database of this name (influx v1 dbrp create)`;
}

async function compareBuild(build, captured, comparison, { http }, { signal, remainingMs }) {
  const value = shared.toDuration(build);
  const rows = captured.flatMap(toRow);
  const place = rows.find(({ target: target2 }) => target2 !== void 0);
  const row = place ?? rows[0];
  const statistic = row === void 0 ? nowhere : findStatistic(comparison, row.point, row.placed);
  if ("reason" in statistic) {
    const isDuration = comparison.statistic === "duration";
    const limits = isDuration ? comparison : { ...comparison, warnAbove: void 0, failAbove: void 0 };
    if (value === void 0) return withoutValue(isDuration ? { reason: "its start is not known" } : statistic);
    return withoutPast(build, { name: "duration", unit: "seconds", value }, statistic, limits);
  }
  if (place?.target === void 0) return withoutPast(build, statistic, nowhere, comparison);
  if (build.result === "cancelled") {
    return withoutPast(build, statistic, { reason: "this one was cancelled" }, comparison);
  }
  const { point, placed, hasSteps, target, options } = place;
  if (settings.isCallerUnknown(build, options) && !comparison.ignoreTags.includes("caller")) {
    const reason = "whether another workflow called this job is not known, as GitHub did not tell its name";
    return withoutPast(build, statistic, { reason }, comparison);
  }
  const others = listNumericFields(placed).filter((field) => field !== statistic.field);
  const fields = [statistic.field, ...others.slice(0, limits.maxHistoryFields - 1)];
  const query = toHistoryQuery(build, point, fields, hasSteps, comparison, options);
  const waitMs = Math.max(1, Math.floor(Math.min(limits.historyMs, remainingMs())));
  const waited = AbortSignal.timeout(waitMs);
  try {
    const past = await readHistory(query, target, http, AbortSignal.any([signal, waited]));
    return compareWithPast(build, statistic, past, nameBranch(comparison, build), comparison, query.builderTags);
  } catch (error) {
    if (!(error instanceof HistoryError)) throw error;
    const late = waited.aborted ? `within ${formatClock(waitMs / 1e3)}` : `before ${settings.explainEnd(signal)}`;
    const isLate = waited.aborted || signal.aborted;
    const reason = isLate ? `the server did not answer ${late}` : error.message;
    return withoutPast(build, statistic, { reason }, comparison);
  }
}
const nowhere = { reason: "they are read from InfluxDB, and no storage is one in the layout native" };
function toRow({ storage, captures, laidOut }) {
  const { target, layout, withheld } = storage;
  const [point] = laidOut.points;
  if (layout.kind !== "native" || point === void 0) return [];
  return [
    {
      ...{ point, placed: laidOut.placed, hasSteps: captures.steps.length > 0, options: layout.options },
      target: target.kind === "influxdb" && withheld === void 0 ? target : void 0
    }
  ];
}

exports.compareBuild = compareBuild;
