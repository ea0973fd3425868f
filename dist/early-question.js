"use strict";
const shared = require("./shared.js");
const finish = require("./finish.js");
const history = require("./common.js");
const compare = require("./compare.js");
const recorded = ["duration", "queue_time"];
function toCollectedQuery(build, asked, query, { measurement }) {
  if (build.jobName === void 0 || !asked.some(isRecorded)) return void 0;
  return {
    ...query,
    measurement: shared.x(`${measurement}_job`),
    ...{ jobName: shared.U(build.jobName), legTags: [] },
    stepMeasurement: void 0,
    fields: recorded,
    // The name includes the caller and the matrix; GitHub's records do not have the user's own tags.
    tags: query.tags.filter(([key]) => ["repository", "workflow", "result", "default_branch"].includes(key)),
    data: []
  };
}
function isRecorded({ statistic: { field, data } }) {
  return data === void 0 && recorded.includes(field);
}
function isShort(asked, { builds }) {
  return asked.some(
    (one) => isRecorded(one) && builds.filter(({ values }) => values.has(one.statistic.field)).length < one.comparison.minBuilds
  );
}
function addCollected(past, collected) {
  const keyOf = ({ runId, attempt }) => `${runId}/${attempt}`;
  const known = new Set(past.builds.map(keyOf));
  const others = collected.builds.filter((one) => !known.has(keyOf(one)));
  const builds = [...past.builds, ...others.map((one) => ({ ...one, isCollected: true }))];
  return { ...past, builds: builds.sort((a, b) => b.endMs - a.endMs) };
}
function isOfData({ name, data }, row) {
  return data !== void 0 && !("field" in findField(name, row));
}
function findStatistic(choice, row, data = []) {
  if (isOfData(choice, row)) return findInData(choice, data);
  const found = findField(choice.name, row);
  return "reason" in found ? found : toStatistic(found, row.point);
}
function findField(name, { point, columns }) {
  const fields = columns.filter(({ kind }) => kind === "field");
  if (name === "duration") {
    const durations = fields.flatMap(
      ({ captured, key }) => captured.rule.kind === "duration" && captured.rule.callback === void 0 ? [{ field: key, factor: shared.R[captured.rule.reportIn] }] : []
    );
    const stored = durations.find(({ field: field2 }) => field2 === "duration") ?? durations[0];
    if (stored === void 0) return { reason: "the duration is not captured: add the rule duration to captures" };
    return { name, ...stored, unit: "seconds" };
  }
  const byProperty = fields.find(({ captured }) => "name" in captured && captured.name === name);
  const isField = point.fields.some(([key]) => key === name);
  const field = isField ? name : byProperty?.key;
  if (field === void 0) {
    return { reason: `this build has no statistic "${name}": capture it, and give the name of its field` };
  }
  return { name, field, factor: 1, unit: name === "queue_time" ? "seconds" : void 0 };
}
function findInData(choice, points) {
  const { data, where } = choice;
  const name = nameStatistic(choice);
  const named = points.filter(({ measurement }) => measurement === data?.measurement);
  const found = named.filter((point2) => where.every(([key, value]) => hasTag(point2, key, value)));
  const having = found.filter(({ fields }) => fields.some(([key]) => key === data?.field));
  const [point] = having;
  if (point === void 0 || data === void 0) {
    const what = named.length === 0 ? `data "${data?.measurement}"` : `statistic "${name}"`;
    return { reason: `this build has no ${what}: capture it, and write statistic as measurement.field` };
  }
  if (having.length > 1) {
    const keys = point.tags.map(([key]) => key).filter((key) => new Set(having.map((one) => tagOf(one, key))).size > 1);
    const remedy = keys.length === 0 ? "yield one" : `choose one with where: {${keys[0]}: ${tagOf(point, keys[0] ?? "")}}`;
    return { reason: `${having.length} records of "${data.measurement}" in this build have the field: ${remedy}` };
  }
  const field = JSON.stringify([data.measurement, data.field, ...where]);
  const unit = compare.i(choice) ? "seconds" : void 0;
  const statistic = toStatistic({ name, field, factor: 1, unit }, point, data.field);
  return "reason" in statistic ? statistic : { ...statistic, data: point };
}
function nameStatistic({ name, where }) {
  return where.length === 0 ? name : `${name} (${where.map(([, value]) => value).join(", ")})`;
}
function hasTag(point, key, value) {
  return tagOf(point, key) === value || point.fields.some(([field, of]) => field === key && of === value);
}
function tagOf({ tags }, key) {
  return tags.find(([of]) => of === key)?.[1] ?? "";
}
function toStatistic(place, { fields }, field = place.field) {
  const [, value] = fields.find(([key]) => key === field) ?? [];
  if (typeof value !== "number" && typeof value !== "bigint") {
    return { reason: `the statistic "${place.name}" is not a number in this build` };
  }
  return { ...place, value: Number(value) * place.factor };
}
function listNumericFields(columns) {
  const fields = columns.filter(
    ({ kind, captured: { value, input } }) => kind === "field" && (typeof value === "number" || typeof value === "bigint" || value === "" && input !== void 0)
  );
  return [...new Set(fields.map(({ key }) => key))];
}
function isOfBranch({ branch }, build) {
  if (branch === "default") return build.defaultBranch === "true";
  if (branch === "same") return history.t(build) === build.branch;
  return build.branch === branch.name && !build.event.startsWith("pull_request");
}
function nameBranch({ branch }, build) {
  if (branch === "same") return history.t(build);
  if (branch !== "default") return branch.name;
  const name = build.properties.find("github.event.repository.default_branch")?.value;
  if (typeof name === "string" && name !== "") return name;
  return build.defaultBranch === "true" ? build.branch : "the default branch";
}
function toSinceFields({ statistic: { name, where } }, index) {
  const suffix = index === 0 ? "" : `_${shared.a3([name, ...where.map(([, value]) => value)].join("_"))}`;
  return { number: `since_number${suffix}`, shift: `shift${suffix}` };
}
function planQuestions(build, asked, row, options) {
  const groupOf = ({ comparison: { branch, ignoreTags } }) => JSON.stringify([branch, ignoreTags.toSorted()]);
  const groups = [...Map.groupBy(asked, groupOf)];
  const numbers = listNumericFields(row.columns);
  const isFree = (field) => !row.point.fields.some(([name]) => name === field);
  const queries = groups.map(([, group], index) => {
    const ofRow = group.filter(({ statistic }) => statistic.data === void 0);
    const fields = [
      ...ofRow.map(({ statistic }) => statistic.field),
      ...group.filter(({ comparison }) => comparison.since).map(({ sinceFields }) => sinceFields.number).filter(isFree),
      ...index === 0 ? numbers : []
    ];
    const [first] = group;
    if (first === void 0) throw new Error("a group has a member");
    const wanted = {
      ...{ branch: first.comparison.branch, ignoreTags: first.comparison.ignoreTags },
      last: Math.max(...group.map(({ comparison }) => comparison.last)),
      confirm: Math.max(...group.map(({ comparison }) => comparison.confirm)),
      since: group.some(({ comparison }) => comparison.since)
    };
    const unique = [...new Set(fields)].slice(0, shared.bv);
    const query = history.a(build, row.point, unique, row.hasSteps, wanted, options);
    const data = group.flatMap(
      ({ comparison: { statistic: choice }, statistic }) => choice.data === void 0 || statistic.data === void 0 ? [] : [history.b(statistic.field, choice.data, choice.where, query, row.point, statistic.data)]
    );
    return { ...query, data: [...new Map(data.map((one) => [one.key, one])).values()] };
  });
  return { queries, indexOf: (one) => groups.findIndex(([key]) => key === groupOf(one)) };
}
function askEarly(build, { storages, compare: compare2 = [], timeoutMs }, outside) {
  const storage = storages.find(({ target: target2, layout: layout2, withheld }) => {
    return target2.kind === "influxdb" && layout2.kind === "native" && withheld === void 0;
  });
  if (storage === void 0 || build.result === "cancelled") return void 0;
  const { target, layout, rules, builder = build.builder } = storage;
  if (target.kind !== "influxdb" || layout.kind !== "native" || shared.a1(build, layout.options)) return void 0;
  const named = { ...build, builder };
  const { points, columns } = finish.l(named, finish.d(named, rules), layout);
  const [point] = points;
  if (point === void 0) return void 0;
  const asked = compare2.map((comparison, index) => {
    const statistic = findStatistic(comparison.statistic, { point, columns });
    return "reason" in statistic ? statistic : { comparison, statistic, sinceFields: toSinceFields(comparison, index) };
  });
  const known = asked.filter((one) => !("reason" in one));
  if (known.length < asked.length) return void 0;
  const hasSteps = rules.some((rule) => rule.kind === "steps" && finish.g(rule, builder));
  const { queries, indexOf } = planQuestions(named, known, { point, columns, hasSteps }, layout.options);
  const likely = { ...named, jobName: `${build.job}${shared.d(build.matrix)}` };
  const ofQuery = (index) => known.filter((one) => indexOf(one) === index);
  const collected = target.api === "v3" ? [] : queries.flatMap((query, index) => toCollectedQuery(likely, ofQuery(index), query, layout.options) ?? []);
  const signal = AbortSignal.any([outside.cancel, AbortSignal.timeout(Math.min(shared.bw, timeoutMs))]);
  const answer = history.r([...queries, ...collected], target, outside.http, signal);
  answer.catch(() => {
  });
  return { queries, collected, answer };
}
function answers(given, wanted) {
  return given.length === wanted.length && wanted.every((query, index) => {
    const asked = given[index];
    const toKey = ({ measurement, jobName, tags, legTags, branch, maxBuilds }) => JSON.stringify([measurement, jobName, tags, legTags, branch, maxBuilds]);
    return asked !== void 0 && toKey(asked) === toKey(query) && query.data.length === 0 && (query.stepMeasurement === void 0 || query.stepMeasurement === asked.stepMeasurement) && query.fields.every((field) => asked.fields.includes(field));
  });
}
const earlyQuestion = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.defineProperty({
  __proto__: null,
  answers,
  askEarly
}, Symbol.toStringTag, { value: "Module" }));
exports.a = toCollectedQuery;
exports.b = answers;
exports.c = isOfBranch;
exports.d = isShort;
exports.e = addCollected;
exports.f = findStatistic;
exports.g = earlyQuestion;
exports.i = isOfData;
exports.n = nameBranch;
exports.p = planQuestions;
exports.t = toSinceFields;
