"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const shared = require("./shared.js");
const earlyQuestion = require("./early-question.js");
const formatValue = require("./common3.js");
const history = require("./common.js");
const compare = require("./compare.js");
function toVerdict(evidence, comparison) {
  const { value, unit, statistic, baseline, result, branch } = evidence;
  const format = (of) => formatValue.b(of, unit);
  const head = statistic === "duration" ? format(value) : `${statistic} ${format(value)}`;
  const isSuccess = result === "success";
  const { level, limit } = isSuccess ? findLevel(evidence, comparison, format) : inOrder;
  if ("reason" in baseline) {
    return { text: `${head}; not compared with earlier builds: ${baseline.reason}`, step: void 0, level, limit };
  }
  const days = evidence.days === void 0 ? "" : ` of the ${evidence.days} days that the server reads`;
  const collected = evidence.collected ? ` including ${evidence.collected} collected from GitHub` : "";
  const builds = `the median of the last ${baseline.count} builds on ${branch}${days}${collected}`;
  const heaps = baseline.heaps === void 0 ? "" : `, in two heaps around ${baseline.heaps.map(format).join(" and ")}`;
  const usually = `${format(baseline.median)}${heaps}`;
  if (!isSuccess) {
    const text2 = `${head}; not judged, since the build ended with ${result}: ${builds} is ${usually}`;
    return { text: text2, step: void 0, level, limit };
  }
  const usual = comparison.usual === "off" ? "range" : comparison.usual;
  if (level === "info" && history.c(value, baseline, toFloor(unit, comparison), usual)) {
    return { text: `${head}, as usual: ${builds} is ${usually}`, step: void 0, level, limit };
  }
  const difference = value - baseline.median;
  const much = baseline.median === 0 ? "" : `${formatValue.a(difference / baseline.median)} `;
  const text = `${head}, ${much}${difference < 0 ? "below" : "above"} ${builds} (${usually})`;
  return { text, step: statistic === "duration" ? findStep(evidence, difference) : void 0, level, limit };
}
const inOrder = { level: "info", limit: "" };
function toFloor(unit, { floor }) {
  return unit === "seconds" ? floor : 0;
}
function findLevel(evidence, comparison, format) {
  const { value, recent = [], isConfirmed = comparison.confirm === 1 } = evidence;
  for (const limit of comparison.limits) {
    const bound = isConfirmed ? toBound(limit, evidence) : void 0;
    if (bound === void 0 || ![value, ...recent].every((one) => passes(one, bound, limit, evidence, comparison)))
      continue;
    const level = limit.key.startsWith("fail") ? "fail" : "warn";
    const of = "ratio" in limit ? `${limit.text}, which is ${format(bound)}` : format(bound);
    const builds = recent.length === 0 ? "" : `; ${recent.length + 1} builds in a row passed it`;
    return { level, limit: `${limit.key} allows ${of}${builds}.` };
  }
  return inOrder;
}
function passes(value, bound, limit, evidence, comparison) {
  if (compare.t(limit.key) * (value - bound) <= 0) return false;
  const { usual } = comparison;
  const before = toBefore(evidence);
  if (usual === "off" || "value" in limit || before === void 0) return true;
  return !history.c(value, before, toFloor(evidence.unit, comparison), usual);
}
function toBound(limit, evidence) {
  if ("value" in limit) return limit.value;
  const median = toBefore(evidence)?.median;
  return median !== void 0 && median > 0 ? limit.ratio * median : void 0;
}
function toBefore({ before, recent = [], baseline }) {
  if (recent.length > 0) return before;
  return "median" in baseline ? baseline : void 0;
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
    seconds: isKnown ? sign * (seconds - (stepMedians.get(shared.W(name)) ?? 0)) : seconds
  })).reduce((most, one) => one.seconds > most.seconds ? one : most, { name: "", seconds: 0 });
  if (found.seconds < minSeconds) return void 0;
  const took = formatValue.b(found.seconds, "seconds");
  if (!isKnown) return { before: "its longest step is ", name: found.name, after: `, ${took}` };
  if (found.seconds <= Math.abs(difference)) return { before: `${took} of it in step `, name: found.name, after: "" };
  return { before: "step ", name: found.name, after: ` took ${took} ${sign < 0 ? "less" : "more"}` };
}
function compareWithPast(build, statistic, past, comparison, context) {
  const { name, field, factor, unit, value } = statistic;
  const { branch, isOfBranch, tags, sinceFields } = context;
  const floor = unit === "seconds" ? comparison.floor : 0;
  const isAlike = (one) => !one.isCallerUnknown || comparison.ignoreTags.includes("caller");
  const earlier = past.builds.filter((one) => !isOwn(one, build) && isAlike(one));
  const withValue = earlier.filter(({ values }) => values.has(field));
  const compared = withValue.slice(0, comparison.last);
  const toValue = (one) => (one.values.get(field) ?? 0) * factor;
  const toBuild = (one) => {
    return { endMs: one.endMs, value: toValue(one), number: one.number, result: "success" };
  };
  const baseline = toBaselineOrReason(compared.map(toValue), floor, branch, comparison, tags, past.days);
  const others = (isOfBranch ? comparison.confirm : 1) - 1;
  const before = history.d(withValue.slice(others, others + comparison.last).map(toValue), floor);
  const steps = "ran" in build.steps ? build.steps.ran : [];
  const own = {
    endMs: build.endMs,
    value,
    number: build.number === void 0 ? void 0 : Number(build.number),
    result: build.result
  };
  const isJudged = build.result === "success" && comparison.since && "median" in baseline;
  const change = isJudged ? history.f(
    withValue.toReversed(),
    isOfBranch ? { ...own, steps, facts: context.facts } : void 0,
    past.steps,
    { statistic, floor, branch, sinceFields }
  ) : void 0;
  const evidence = {
    ...{ value, unit, statistic: name, result: build.result, branch, steps, days: past.days },
    collected: compared.filter(({ isCollected }) => isCollected).length,
    // The builds before and after a change are not the two clusters of a cache.
    baseline: change !== void 0 && "median" in baseline ? { ...baseline, heaps: void 0 } : baseline,
    stepMedians: toStepMedians(past.steps, compared),
    // With fewer builds, there is no median of those before the confirming builds either.
    before: before !== void 0 && before.count >= comparison.minBuilds ? before : void 0,
    recent: withValue.slice(0, others).map(toValue),
    isConfirmed: withValue.length >= others
  };
  const median = "median" in baseline ? baseline.median : void 0;
  const shown = change === void 0 ? compared : withValue.slice(0, Math.max(comparison.last, change.shift.count + 10));
  return {
    verdict: toVerdict(evidence, comparison),
    history: compared.length === 0 ? void 0 : { statistic: name, unit, builds: shown.map(toBuild).toReversed(), own, median, shift: change?.shift },
    medians: toMedians(earlier.slice(0, comparison.last), comparison.minBuilds),
    change
  };
}
function withoutValue({ reason }) {
  const verdict = {
    text: `not compared with earlier builds: ${reason}`,
    step: void 0,
    level: "info",
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
function toBaselineOrReason(values, floor, branch, { minBuilds }, tags, days = shared.aZ) {
  const baseline = history.d(values, floor);
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
  const known = new Set(builds.map(history.e));
  const durations = /* @__PURE__ */ new Map();
  for (const step of steps) {
    const key = history.e(step);
    if (!known.has(key)) continue;
    const byBuild = durations.get(step.name) ?? /* @__PURE__ */ new Map();
    byBuild.set(key, (byBuild.get(key) ?? 0) + step.duration);
    durations.set(step.name, byBuild);
  }
  if (durations.size === 0) return void 0;
  return new Map([...durations].map(([name, byBuild]) => [name, history.g([...byBuild.values()]) ?? 0]));
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
      const median = all.length >= minBuilds ? history.g(all) : void 0;
      return median === void 0 ? [] : [[field, median]];
    })
  );
}
async function compareBuild(build, captured, comparisons, late, question, { http, cancel }, { signal, remainingMs }) {
  const rows = captured.flatMap(toRow);
  const place = rows.find(({ target }) => target !== void 0);
  const row = place ?? rows[0];
  const isAsked = place !== void 0 && build.result !== "cancelled";
  const mayChange = (one) => one.since && build.result === "success" && earlyQuestion.c(one, build);
  const isWaiting = isAsked && comparisons.some(mayChange);
  if (!isWaiting) late.settle([]);
  const waitMs = Math.max(1, Math.floor(Math.min(shared.bw, isWaiting ? remainingMs() / 2 : remainingMs())));
  const waited = AbortSignal.timeout(waitMs);
  const until = AbortSignal.any([signal, cancel, waited]);
  const needsData = row !== void 0 && comparisons.some((one) => earlyQuestion.i(one.statistic, row));
  const data = needsData ? await readData(late, row.index, until) : [];
  const statistics = comparisons.map((one) => row === void 0 ? nowhere : earlyQuestion.f(one.statistic, row, data));
  const asked = comparisons.map((comparison, index) => {
    const statistic = statistics[index] ?? nowhere;
    if ("reason" in statistic) return statistic;
    return findHindrance(build, comparison, place) ?? {
      comparison,
      statistic,
      sinceFields: earlyQuestion.t(comparison, index)
    };
  });
  const toGo = asked.filter((one) => !("reason" in one));
  let pasts = [];
  const { queries, indexOf } = place === void 0 ? { queries: [], indexOf: () => 0 } : earlyQuestion.p(build, toGo, place, place.options);
  try {
    const target = place?.target;
    if (target !== void 0 && queries.length > 0) {
      const options = place?.options;
      const plan = (query, index) => {
        const ofQuery = toGo.filter((one) => indexOf(one) === index);
        return { ofQuery, collected: options && earlyQuestion.a(build, ofQuery, query, options) };
      };
      const more = queries.flatMap((query, index) => plan(query, index).collected ?? []);
      const early = question !== void 0 && earlyQuestion.b(question.queries, queries) ? question : void 0;
      const isApart = target.api === "v3" || early !== void 0 && !earlyQuestion.b(early.collected, more);
      const ask = async (some) => await (early !== void 0 && some[0] === queries[0] ? waitFor(early.answer, until) : history.r(some, target, http, until));
      pasts = await askWithCollected(queries, isApart, ask, plan);
    }
  } catch (error) {
    if (!(error instanceof history.H)) throw error;
    const end = cancel.aborted ? "the job was cancelled" : shared.bL(signal);
    const when = waited.aborted ? `within ${formatValue.f(waitMs / 1e3)}` : `before ${end}`;
    pasts = { reason: until.aborted ? `the server did not answer ${when}` : error.message };
  }
  const compared = asked.map((one, index) => {
    const comparison = comparisons[index];
    const statistic = statistics[index] ?? nowhere;
    if (comparison === void 0) throw new Error("there is no such comparison");
    if ("reason" in statistic) return withoutStatistic(build, statistic, comparison);
    if ("reason" in one) return withoutPast(build, statistic, one, comparison);
    const query = queries[indexOf(one)];
    const past = "reason" in pasts ? void 0 : pasts[indexOf(one)];
    if (past === void 0) return withoutPast(build, statistic, "reason" in pasts ? pasts : nowhere, comparison);
    return compareWithPast(build, statistic, past, comparison, {
      branch: earlyQuestion.n(comparison, build),
      isOfBranch: earlyQuestion.c(comparison, build),
      tags: query?.builderTags ?? [],
      facts: toTexts(place?.point),
      sinceFields: one.sinceFields
    });
  });
  late.settle(
    compared.flatMap(({ change }, index) => {
      const [comparison, one] = [comparisons[index], asked[index]];
      const isOwn2 = comparison !== void 0 && mayChange(comparison);
      if (!isOwn2 || change?.since === void 0 || one === void 0 || "reason" in one) return [];
      const { before, after } = change.shift;
      const { number, shift } = one.sinceFields;
      return [[number, BigInt(change.since)], ...before === 0 ? [] : [[shift, after / before - 1]]];
    })
  );
  return compared;
}
async function askWithCollected(queries, isApart, ask, plan) {
  const plans = queries.map(plan);
  const more = plans.flatMap(({ collected }) => collected ?? []);
  const found = await ask(isApart ? queries : [...queries, ...more]);
  return await Promise.all(
    plans.map(async ({ ofQuery, collected }, index) => {
      const past = found[index] ?? { builds: [], steps: [] };
      if (collected === void 0 || !earlyQuestion.d(ofQuery, past)) return past;
      if (!isApart) return earlyQuestion.e(past, found[queries.length + more.indexOf(collected)] ?? past);
      const [records] = await ask([collected]).catch((error) => {
        if (error instanceof history.H) return [];
        throw error;
      });
      return records === void 0 ? past : earlyQuestion.e(past, records);
    })
  );
}
const nowhere = { reason: "they are read from InfluxDB, and no storage is an InfluxDB with the layout native" };
function withoutStatistic(build, reason, comparison) {
  const value = shared.B(build);
  const isDuration = comparison.statistic.name === "duration";
  if (value === void 0) return withoutValue(isDuration ? { reason: "its start is not known" } : reason);
  const duration = { name: "duration", unit: "seconds", value };
  return withoutPast(build, duration, reason, isDuration ? comparison : { ...comparison, limits: [] });
}
function findHindrance(build, { ignoreTags }, place) {
  if (place?.target === void 0) return nowhere;
  if (build.result === "cancelled") return { reason: "this one was cancelled" };
  if (shared.a1(build, place.options) && !ignoreTags.includes("caller")) {
    return {
      reason: "whether another workflow called this job is not known, because GitHub did not report the job's name"
    };
  }
  return void 0;
}
async function waitFor(answer, signal) {
  const { promise: over, reject } = Promise.withResolvers();
  const end = () => reject(new history.H("the server did not answer in time"));
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  return await Promise.race([answer, over]);
}
async function readData({ watches }, index, signal) {
  const { promise: over, resolve } = Promise.withResolvers();
  const end = () => resolve([]);
  if (signal.aborted) end();
  signal.addEventListener("abort", end, { once: true });
  return await Promise.race([watches[index]?.points ?? [], over]);
}
function toTexts(point) {
  const texts = (point?.fields ?? []).flatMap(
    ([key, value]) => typeof value === "string" ? [[key, value]] : []
  );
  return new Map(texts);
}
function toRow({ storage, captures, laidOut }, index) {
  const { target, layout, withheld } = storage;
  const [point] = laidOut.points;
  if (layout.kind !== "native" || point === void 0) return [];
  return [
    {
      ...{ index, point, columns: laidOut.columns, hasSteps: captures.steps.length > 0, options: layout.options },
      target: target.kind === "influxdb" && withheld === void 0 ? target : void 0
    }
  ];
}
exports.compareBuild = compareBuild;
