"use strict";
const shared = require("./shared.js");
const failure = require("./failure.js");
const formatValue = require("./common3.js");
const toStandardDeviation = 1.4826;
function toBaseline(values, floor = 0) {
  const median = toMedian(values);
  if (median === void 0) return void 0;
  const deviations = values.map((value) => Math.abs(value - median));
  const sorted = toSorted(values);
  const heaps = findHeaps(sorted, floor);
  const skipped = sorted.length >= 20 && heaps === void 0 ? 1 : 0;
  return {
    median,
    scatter: toStandardDeviation * (toMedian(deviations) ?? 0),
    count: values.length,
    lowest: sorted.at(skipped) ?? median,
    highest: sorted.at(-1 - skipped) ?? median,
    heaps
  };
}
function toMedian(values) {
  const sorted = toSorted(values);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === void 0 || lower === void 0 ? void 0 : lower + (upper - lower) / 2;
}
function toSorted(values) {
  return Float64Array.from(values).sort();
}
function isUsual(value, baseline, floor, usual = "range") {
  const { median, scatter, count, lowest, highest } = baseline;
  const difference = Math.abs(value - median);
  if (difference < floor || difference <= toDeviations(count) * scatter) return true;
  return usual !== "spread" && value >= lowest && value <= highest;
}
const student = [
  [1, 235.8],
  [2, 19.21],
  [3, 9.22],
  [4, 6.62],
  [5, 5.51],
  [6, 4.9],
  [7, 4.53],
  [8, 4.28],
  [9, 4.09],
  [10, 3.96],
  [12, 3.76],
  [15, 3.59],
  [20, 3.42],
  [30, 3.27],
  [50, 3.16],
  [100, 3.08]
];
function toDeviations(count) {
  const [, quantile] = student.findLast(([degrees]) => degrees <= count - 1) ?? student[0];
  return quantile * Math.sqrt(1 + 1 / count);
}
function findHeaps(sorted, floor) {
  const least = Math.max(2, Math.floor(sorted.length / 10));
  if (sorted.length < 10) return void 0;
  let widest = { at: 0, gap: floor };
  for (let at = least; at <= sorted.length - least; at++) {
    const gap = (sorted[at] ?? 0) - (sorted[at - 1] ?? 0);
    if (gap > widest.gap) widest = { at, gap };
  }
  const [lower, upper] = [sorted.subarray(0, widest.at), sorted.subarray(widest.at)];
  const toWidth = (heap) => (heap.at(-1) ?? 0) - (heap[0] ?? 0);
  if (widest.at === 0 || widest.gap <= Math.max(toWidth(lower), toWidth(upper))) return void 0;
  const [low, high] = [toMedian(lower) ?? 0, toMedian(upper) ?? 0];
  return high - low > 0.2 * Math.abs(low) ? [low, high] : void 0;
}
const leastZ = 2.8;
function isLarger(before, after, p) {
  const ranks = toDoubledRanks([...before, ...after]);
  const own = ranks.slice(before.length);
  const sum = own.reduce((total, rank) => total + rank, 0);
  const count = ranks.length;
  const mean = own.length * (count + 1);
  const spread = ranks.reduce((total, rank) => total + (rank - count - 1) ** 2, 0);
  const variance = spread * before.length * own.length / (count * (count - 1));
  if (variance === 0 || sum - mean < leastZ * Math.sqrt(variance)) return false;
  return toTail(ranks, own.length, sum) < p;
}
function toDoubledRanks(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const first = /* @__PURE__ */ new Map();
  const last = /* @__PURE__ */ new Map();
  for (const [index, value] of sorted.entries()) {
    if (!first.has(value)) first.set(value, index + 1);
    last.set(value, index + 1);
  }
  return values.map((value) => (first.get(value) ?? 0) + (last.get(value) ?? 0));
}
function toTail(ranks, size, sum) {
  const sorted = ranks.toSorted((a, b) => b - a);
  const most = sorted.slice(0, size).reduce((total, rank) => total + rank, 0);
  const width = most - sum + 1;
  const counts = new Float64Array((size + 1) * width);
  counts[0] = 1;
  for (const [index, rank] of sorted.entries()) {
    for (let chosen = Math.min(index, size - 1); chosen >= 0; chosen--) {
      const [from, to, less] = [chosen * width, (chosen + 1) * width, (sorted[chosen] ?? 0) - rank];
      for (let short = less; short < width; short++) {
        counts[to + short] = (counts[to + short] ?? 0) + (counts[from + short - less] ?? 0);
      }
    }
  }
  const all = Array.from({ length: size }, (_, at) => (ranks.length - at) / (at + 1)).reduce(
    (ways, more) => ways * more,
    1
  );
  return counts.subarray(size * width).reduce((total, count) => total + count, 0) / all;
}
const [leastAfter, mostAfter] = [5, 15];
const [leastBefore, mostBefore] = [5, 40];
const rare = 5e-5;
const leastChange = 0.05;
const mostLooks = mostBefore + mostAfter;
function findShift(values, floor = 0, known, looks = mostLooks) {
  let before = 0;
  let at = known?.at;
  for (let end = Math.max(values.length - looks, known?.by ?? 0) + 1; end <= values.length; end++) {
    const segment = values.slice(at ?? 0, end);
    const sign = findDirection(segment, floor);
    if (sign === void 0) continue;
    before = at ?? 0;
    at = before + locate(segment, sign);
  }
  if (at === void 0) return void 0;
  const shift = toShift(values, before, at);
  const recent = toMedian(values.slice(Math.max(at, values.length - mostAfter))) ?? shift.after;
  const isThere = (recent - shift.before) / (shift.after - shift.before) >= 0.5;
  return isThere && isChange(shift, floor) ? shift : void 0;
}
function findDirection(values, floor) {
  for (let count = leastAfter; count <= mostAfter && count + leastBefore <= values.length; count++) {
    const after = values.slice(-count);
    const before = values.slice(Math.max(0, values.length - count - mostBefore), -count);
    const medians = { before: toMedian(before) ?? 0, after: toMedian(after) ?? 0 };
    if (!isChange(medians, floor)) continue;
    if (medians.after > medians.before ? isLarger(before, after, rare) : isLarger(after, before, rare)) {
      return medians.after > medians.before ? 1 : -1;
    }
  }
  return void 0;
}
function isChange({ before, after }, floor) {
  const difference = Math.abs(after - before);
  return difference > 0 && difference >= floor && difference >= leastChange * Math.abs(before);
}
function locate(values, sign) {
  const toCost = (some) => {
    const median = toMedian(some) ?? 0;
    return some.reduce((sum, value) => sum + Math.abs(value - median), 0);
  };
  let best = { at: values.length - leastAfter, cost: Number.POSITIVE_INFINITY };
  for (let at = leastBefore; at <= values.length - Math.ceil(leastAfter / 2); at++) {
    const [before, after] = [values.slice(0, at), values.slice(at)];
    if (sign * ((toMedian(after) ?? 0) - (toMedian(before) ?? 0)) <= 0) continue;
    const cost = toCost(before) + toCost(after);
    if (cost < best.cost) best = { at, cost };
  }
  return best.at;
}
function toShift(values, from, at) {
  const before = values.slice(Math.max(from, at - mostBefore), at);
  return { at, before: toMedian(before) ?? 0, after: toMedian(values.slice(at)) ?? 0 };
}
function toJobKey({ runId, attempt, leg = "" }) {
  return `${runId}/${attempt}/${leg}`;
}
function toHistoryQuery(build, point, fields, hasSteps, {
  last,
  branch,
  ignoreTags,
  since,
  confirm
}, options) {
  const { measurement } = options;
  const own = new Map(point.tags);
  const isDefault = branch === "default";
  const named = branch === "same" ? toBaseBranch(build) : typeof branch === "object" ? branch.name : void 0;
  const all = listBuilderTags(build, options);
  const builder = all.filter((key) => !ignoreTags.includes(key) && !isOfOneBuild(key, own.get(key) ?? "", build)).map((key) => [key, own.get(key) ?? ""]);
  const maxBuilds = Math.max(2 * last, since ? 2 * mostLooks : 0, last + confirm - 1) + 1;
  return {
    measurement: shared.x(measurement),
    stepMeasurement: hasSteps ? shared.x(`${measurement}_step`) : void 0,
    fields,
    tags: [
      ...builder,
      // A tag that the user has set in its place means something else.
      ...own.get("result") === build.result ? [["result", "success"]] : [],
      ...isDefault ? [["default_branch", "true"]] : []
    ],
    builderTags: builder.map(([key]) => key),
    legTags: all.filter((key) => ignoreTags.includes(key)),
    branch: named === void 0 ? void 0 : shared.U(named),
    sinceMs: build.endMs - shared.aZ * 24 * 3600 * 1e3,
    maxBuilds,
    // Rows of steps and data do not name their branch, except for the default one: they are selected from the rows of all branches.
    maxSteps: Math.min(shared.ca, isDefault ? maxBuilds : 20 * last),
    data: []
  };
}
function toDataQuery(key, { measurement, field }, where, { tags, builderTags, legTags = [] }, row, point) {
  const [ofRow, own] = [new Map(row.tags), new Map(point.tags)];
  const shared2 = tags.flatMap(([name, value]) => {
    const mine = own.get(name);
    if (mine === ofRow.get(name)) return [[name, value]];
    return mine !== void 0 && builderTags.includes(name) ? [[name, mine]] : [];
  });
  return {
    ...{ key, measurement, field, tags: [...new Map([...shared2, ...where])] },
    legTags: legTags.filter((name) => own.get(name) === ofRow.get(name))
  };
}
function listBuilderTags({ matrix }, { tags, matrixTags }) {
  const keys = [
    ...["repository", "workflow", "job", "caller"],
    ...matrixTags ? shared.cb(matrix).keys() : [],
    ...tags.map(([key]) => shared.V(key))
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
const minSeconds = 1;
function findLastingChange(builds, own, steps, { statistic, floor, branch, sinceFields }) {
  const { name, field, factor, unit } = statistic;
  const values = builds.map((one) => (one.values.get(field) ?? 0) * factor);
  const by = builds.findLastIndex((one) => one.values.has(sinceFields.number));
  const since = builds[by]?.values.get(sinceFields.number);
  const at = builds.findIndex((one) => since !== void 0 && one.number === since);
  const known = at < 0 ? void 0 : { at, by };
  const shift = findShift(own === void 0 ? values : [...values, own.value], floor, known);
  if (shift === void 0) return void 0;
  const { before, after } = shift;
  const count = values.length + (own === void 0 ? 0 : 1) - shift.at;
  const first = builds[shift.at]?.number;
  const word = toWord(unit === "seconds", after > before);
  const place = own === void 0 ? `${branch} is ` : "";
  const head = name === "duration" && place === "" ? word : word.toLowerCase();
  const what = name === "duration" ? "" : `${name}: `;
  const where = first === void 0 ? ` for ${count} builds` : ` since build #${first} (${count} builds)`;
  const much = before === 0 ? "" : `, ${after > before ? "+" : "\u2212"}${formatValue.a((after - before) / before)}`;
  const moved = name === "duration" ? findMovedStep(builds, steps, own, shift.at, Math.sign(after - before)) : [];
  return {
    sentence: [
      `${what}${place}${head}${where}: ${formatValue.b(before, unit)} to ${formatValue.b(after, unit)}${much}`,
      ...moved,
      ...explainFacts(builds[shift.at - 1]?.facts, builds[shift.at]?.facts ?? own?.facts)
    ],
    shift: { count, before, after },
    isOwn: own !== void 0,
    since: first
  };
}
function toWord(isTime, isMore) {
  if (isTime) return isMore ? "Slower" : "Faster";
  return isMore ? "Higher" : "Lower";
}
function findMovedStep(builds, steps, own, at, sign) {
  const indexes = new Map(builds.map((one, index) => [toJobKey(one), index]));
  const durations = /* @__PURE__ */ new Map();
  const add = (name, index, seconds) => {
    const byBuild = durations.get(name) ?? /* @__PURE__ */ new Map();
    byBuild.set(index, (byBuild.get(index) ?? 0) + seconds);
    durations.set(name, byBuild);
  };
  for (const step of steps) {
    const index = indexes.get(toJobKey(step));
    if (index !== void 0) add(step.name, index, step.duration);
  }
  if (durations.size === 0) return [];
  for (const { name, startMs, endMs } of own?.steps ?? []) {
    add(shared.W(name), builds.length, Math.max(0, endMs - startMs) / 1e3);
  }
  const moved = [...durations].map(([name, byBuild]) => {
    const sideOf = (isAfter) => [...byBuild].filter(([index]) => index >= at === isAfter).map(([, value]) => value);
    const [before, after] = [toMedian(sideOf(false)) ?? 0, toMedian(sideOf(true)) ?? 0];
    return { name, before, after, much: sign * (after - before) };
  });
  const most = moved.reduce((one, other) => other.much > one.much ? other : one);
  if (most.much < minSeconds) return [];
  return [
    "; step ",
    { name: most.name },
    ` went from ${formatValue.b(most.before, "seconds")} to ${formatValue.b(most.after, "seconds")}`
  ];
}
const facts = [
  ["runner_image", "the runner image"],
  ["runner_image_version", "the runner image's version"],
  ["runner_labels", "the runner's labels"]
];
const factFields = facts.map(([field]) => field);
function explainFacts(before, after) {
  return facts.flatMap(([field, name]) => {
    const [old, now] = [before?.get(field), after?.get(field)];
    if (old === void 0 || now === void 0 || old === now) return [];
    return [`; with it ${name} changed from `, { name: old }, " to ", { name: now }];
  });
}
class HistoryError extends Error {
}
function toRows(result, measurement) {
  const series = Array.isArray(result?.series) ? result.series.filter(shared.q) : [];
  return series.flatMap(({ name, columns, values, tags }) => {
    if (name !== measurement || !Array.isArray(columns) || !columns.includes("time")) {
      throw new HistoryError("the server does not answer InfluxQL, the language in which earlier builds are queried");
    }
    const rows = Array.isArray(values) ? values.filter(Array.isArray) : [];
    return rows.map((row) => ({
      row: new Map(columns.map((column, index) => [String(column), row[index]])),
      tags: shared.q(tags) ? tags : {}
    }));
  });
}
function toBuild(row, fields, legTags = []) {
  const values = fields.flatMap((field) => {
    const value = toNumber(row.get(field));
    return value === void 0 ? [] : [[field, value]];
  });
  return {
    endMs: toNumber(row.get("time")) ?? 0,
    runId: toNumber(row.get("run_id")),
    attempt: toNumber(row.get("attempt")),
    number: toNumber(row.get("number")),
    ...toLeg(legTags, (tag) => row.get(tag)),
    values: new Map(values),
    facts: new Map(factFields.flatMap((field) => toText(field, row.get(field)))),
    isCallerUnknown: row.get("caller_unknown") === true
  };
}
function toStep(row, tags, legTags = []) {
  const { step } = tags;
  const duration = toNumber(row.get("duration"));
  if (duration === void 0 || typeof step !== "string") return [];
  const leg = toLeg(legTags, (tag) => tags[tag]);
  return [{ runId: toNumber(row.get("run_id")), attempt: toNumber(row.get("attempt")), ...leg, name: step, duration }];
}
function toDataValues(rows, field, legTags = []) {
  const values = /* @__PURE__ */ new Map();
  for (const { row } of rows) {
    const value = toNumber(row.get(field));
    const key = keyOf(row, legTags);
    if (value !== void 0 && !values.has(key)) values.set(key, value);
  }
  return values;
}
function keyOf(row, legTags = []) {
  const { leg = "" } = toLeg(legTags, (tag) => row.get(tag));
  return `${row.get("run_id")}/${row.get("attempt")}/${leg}`;
}
function toLeg(tags, read) {
  return tags.length === 0 ? {} : { leg: JSON.stringify(tags.map((tag) => read(tag) ?? "")) };
}
function toText(field, value) {
  return typeof value === "string" && value !== "" ? [[field, value]] : [];
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
const rowFields = ["run_id", "attempt", "number", "caller_unknown", ...factFields];
function toStatements(query) {
  const { measurement, stepMeasurement, fields, tags, branch, jobName, maxBuilds, maxSteps, legTags = [] } = query;
  const ofBranch = branch === void 0 ? [] : [`"branch" = ${quoteText(branch)}`];
  const ofJob = jobName === void 0 ? [] : [`"job_name" = ${quoteText(jobName)}`];
  const columns = [.../* @__PURE__ */ new Set([...rowFields, ...fields, ...legTags])].map(quoteIdentifier);
  return [
    {
      ...select(columns, measurement, [...toConditions(tags, query), ...ofBranch, ...ofJob], maxBuilds),
      // GitHub's records only fill up.
      ...jobName === void 0 ? {} : { isOptional: true }
    },
    ...stepMeasurement === void 0 ? [] : [
      select(
        ["duration", ...runFields].map(quoteIdentifier),
        stepMeasurement,
        toConditions(tags, query),
        maxSteps,
        ` GROUP BY ${["step", ...legTags].map(quoteIdentifier).join(", ")}`
      )
    ],
    ...query.data.map(
      (one) => select(
        [one.field, ...runFields, ...one.legTags ?? []].map(quoteIdentifier),
        one.measurement,
        toConditions(one.tags, query),
        maxSteps
      )
    )
  ];
}
const runFields = ["run_id", "attempt"];
function toConditions(tags, { sinceMs }) {
  const conditions = tags.map(([key, value]) => `${quoteIdentifier(key)} = ${quoteText(value)}`);
  return [...conditions, `time >= ${Math.round(sinceMs)}000000`];
}
function select(columns, measurement, conditions, limit, group = "") {
  const from = `SELECT ${columns.join(", ")} FROM ${quoteIdentifier(measurement)} WHERE ${conditions.join(" AND ")}`;
  return { measurement, text: `${from}${group} ORDER BY time DESC LIMIT ${limit}` };
}
const narrowDays = 3;
const dayMs = 24 * 3600 * 1e3;
async function readHistory(queries, target, http, signal) {
  const ask = async (statements) => {
    const text = statements.map((statement) => statement.text).join("; ");
    return parseAnswer(await send(text, target, http, signal), statements, target);
  };
  const askAll = async (asked) => {
    const statements = asked.map(toStatements);
    const all = statements.flat();
    const results = target.api === "v3" ? (await Promise.all(all.map((statement) => ask([statement])))).flat() : await ask(all);
    let next = 0;
    return asked.map((query, index) => {
      const from = next;
      next += statements[index]?.length ?? 0;
      return toPast(query, results.slice(from, next));
    });
  };
  try {
    return await askAll(queries);
  } catch (error) {
    if (target.api !== "v3" || !isTooMuch(error)) throw error;
    const narrowed = queries.map((query) => ({
      ...query,
      sinceMs: query.sinceMs + (shared.aZ - narrowDays) * dayMs
    }));
    return (await askAll(narrowed)).map((past) => ({ ...past, days: narrowDays }));
  }
}
function toPast(query, results) {
  const rest = results.slice(1);
  const steps = query.stepMeasurement === void 0 ? [] : rest.shift() ?? [];
  const data = query.data.map(({ key, field, legTags }, index) => {
    return { key, legTags, values: toDataValues(rest[index] ?? [], field, legTags) };
  });
  return {
    builds: (results[0] ?? []).map(({ row }) => {
      const build = toBuild(row, query.fields, query.legTags);
      const found = data.flatMap(({ key, values, legTags }) => {
        const value = values.get(keyOf(row, legTags));
        return value === void 0 ? [] : [[key, value]];
      });
      return found.length === 0 ? build : { ...build, values: new Map([...build.values, ...found]) };
    }),
    steps: steps.flatMap(({ row, tags }) => toStep(row, tags, query.legTags))
  };
}
function isTooMuch(error) {
  return error instanceof HistoryError && /file limit|smaller time range/.test(error.message);
}
async function send(statements, target, http, signal) {
  const authorization = shared.cc(target);
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
    throw new HistoryError(`the server could not be asked: ${failure.n(error)}${failure.e(error)}`);
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
function parseAnswer({ status, body }, statements, target) {
  const text = body.toString("utf8");
  const json = shared.a(text);
  if (status !== 200) {
    const said = shared.q(json) ? json.error ?? json.message : text;
    const short = typeof said === "string" ? said.replace(/ statement '.*'/s, " it") : "";
    const words = shared.c(short.trim().replace(/[\r\n]\s*/g, " "), 300);
    throw new HistoryError(
      [`${status}`, words && `"${words}"`, explainStatus(status, target)].filter(Boolean).join(", ")
    );
  }
  const results = shared.q(json) && Array.isArray(json.results) ? json.results.filter(shared.q) : [];
  if (results.length === 0) throw new HistoryError("what the server answers is not a result of InfluxQL");
  for (const [index, { error }] of results.entries()) {
    if (typeof error !== "string" || statements[index]?.isOptional) continue;
    const isMissing = /not found|^not executed$/.test(error);
    throw new HistoryError(`"${error}"${isMissing ? `, ${explainStatus(404, target)}` : ""}`);
  }
  return statements.map(({ measurement, isOptional }, index) => {
    const result = results[index];
    const isOther = isOptional && (result?.error !== void 0 || !isOf(result, measurement));
    return isOther ? [] : toRows(result, measurement);
  });
}
function isOf(result, measurement) {
  const series = Array.isArray(result?.series) ? result.series.filter(shared.q) : [];
  return series.every(({ name }) => name === measurement);
}
function explainStatus(status, target) {
  const what = target.api === "v1" ? "user" : "token";
  const place = target.api === "v2" ? `the bucket "${target.bucket}"` : `the database "${target.database}"`;
  switch (status) {
    case 401:
      return `check that the ${what} is right and may read ${place}`;
    case 403:
      return `the ${what} may write to ${place} and not read it: let it read`;
    case 404:
      if (target.api === "v2") return explainBucket(target.bucket);
      return target.api === "v1" && target.retentionPolicy !== void 0 ? `check that ${place} and its retention policy "${target.retentionPolicy}" exist` : `check that ${place} exists, and that the server answers InfluxQL`;
    case 405:
      return "the server does not answer InfluxQL, the language in which earlier builds are queried";
    default:
      return "";
  }
}
function explainBucket(bucket) {
  if (/^[0-9a-f]{16}$/.test(bucket))
    return `give the name of the bucket: by its id "${bucket}" it can be written to, but not asked`;
  return `may the token read the bucket "${bucket}"? A server that maps no buckets by itself wants it mapped to a database of this name (influx v1 dbrp create)`;
}
exports.H = HistoryError;
exports.a = toHistoryQuery;
exports.b = toDataQuery;
exports.c = isUsual;
exports.d = toBaseline;
exports.e = toJobKey;
exports.f = findLastingChange;
exports.g = toMedian;
exports.i = isTooMuch;
exports.n = narrowDays;
exports.p = parseAnswer;
exports.q = quoteIdentifier;
exports.r = readHistory;
exports.s = send;
exports.t = toBaseBranch;
