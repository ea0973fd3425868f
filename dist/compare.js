"use strict";
const rules = require("./rules.js");
const shared = require("./shared.js");
const text = (what) => rules.p(rules.d(`must be text: ${what}`), rules.n(`must not be empty: ${what}`));
const count = (least, most) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return rules.p(rules.h(message), rules.D(message), rules.C(least, message), rules.B(most, message));
};
const aboveWords = "must be a ratio to the median from 1 to 100 such as 1.5, a percentage above it such as 50%, a time such as 10m or 1h 30m, or {value: 512}";
const belowWords = "must be a ratio to the median from 0 to 1 such as 0.9, so much below it such as 10%, a time such as 10m or 1h 30m, or {value: 80}";
const time = String.raw`(?=\d)(?:\d+(?:\.\d+)?h)? ?(?:\d+(?:\.\d+)?m)? ?(?:\d+(?:\.\d+)?s)?`;
const limitPattern = new RegExp(String.raw`^\d+(?:\.\d+)?(?: ?%)?$|^${time}$`);
const limit = (words, least, most) => rules.g(
  [
    rules.p(rules.h(words), rules.C(least, words), rules.B(most, words)),
    rules.p(rules.d(words), rules.E(limitPattern, words)),
    rules.a({ value: rules.h(words) })
  ],
  words
);
const someTags = "must be a list of tags such as [component]";
const tag = rules.p(rules.d(someTags), rules.n(someTags));
const someWhere = "must be a map of tags such as {suite: unit}";
const where = rules.r(rules.d(), rules.g([rules.d(), rules.h(), rules.e()], someWhere), someWhere);
const someStatistic = "must be a field of the build such as duration, one of data such as tests.duration, or {measurement: bench, field: value}";
const statisticName = rules.p(rules.d(someStatistic), rules.n(someStatistic));
const statistic = rules.g(
  [
    statisticName,
    rules.a({
      measurement: statisticName,
      field: statisticName,
      where: rules.o(where)
    })
  ],
  someStatistic
);
const someFloor = "must be a time such as 1s or 0.5s, or 0";
const floor = rules.g([rules.v(0), rules.p(rules.d(), rules.E(new RegExp(`^(?:0|${time})$`), someFloor))], someFloor);
const compareSchema = rules.a({
  last: rules.o(count(1, 1e3)),
  branch: rules.o(text("default, same, or the name of a branch")),
  statistic: rules.o(statistic),
  where: rules.o(where),
  "warn-above": rules.o(limit(aboveWords, 1, 100)),
  "fail-above": rules.o(limit(aboveWords, 1, 100)),
  "warn-below": rules.o(limit(belowWords, 0, 1)),
  "fail-below": rules.o(limit(belowWords, 0, 1)),
  usual: rules.o(rules.c(["range", "spread", "off"], "must be range, spread or off")),
  confirm: rules.o(count(1, 10)),
  floor: rules.o(floor),
  since: rules.o(rules.e("must be true or false")),
  "min-builds": rules.o(count(1, 1e3)),
  "ignore-tags": rules.o(rules.b(tag, someTags))
});
const limitKeys = ["fail-above", "fail-below", "warn-above", "warn-below"];
function toLimits(options) {
  return limitKeys.flatMap((key) => {
    const given = options[key];
    return given === void 0 ? [] : [toLimit(key, given)];
  });
}
function toLimit(key, given) {
  if (typeof given === "object") return { key, value: given.value, text: `${given.value}` };
  if (typeof given === "number") return { key, ratio: given, text: `${given}` };
  if (/^[\d.]+$/.test(given)) return { key, ratio: Number(given), text: given };
  if (given.endsWith("%")) return { key, ratio: 1 + toSign(key) * (Number.parseFloat(given) / 100), text: given };
  return { key, value: parseSeconds(given), text: given };
}
function toSign(key) {
  return key.endsWith("above") ? 1 : -1;
}
function parseSeconds(text2) {
  const units = { h: 3600, m: 60, s: 1 };
  const parts = [...text2.matchAll(/([\d.]+)([hms])/g)];
  return parts.reduce((sum, [, count2, unit]) => sum + Number(count2) * units[unit], 0);
}
function findLimitProblems(limits, isTime, statistic2) {
  const problems = [];
  for (const limit2 of limits) {
    const { key, text: text2 } = limit2;
    if (/[hms]/.test(text2) && !isTime) {
      const instead = "write {value: 512}";
      problems.push({
        key,
        text: `"${key}" is a time, and the statistic ${JSON.stringify(statistic2)} is not in seconds: ${instead}`
      });
    }
    if (!("ratio" in limit2)) continue;
    const [least, most] = toSign(key) > 0 ? [1, 100] : [0, 1];
    if (limit2.ratio >= least && limit2.ratio <= most) continue;
    const range = `"${key}" is a ratio to the median, from ${least} to ${most}, but is ${JSON.stringify(text2)}`;
    const remedy = toSign(key) > 0 ? `write ${text2}s for seconds` : "write {value: 80} for a number";
    problems.push({ key, text: `${range}; ${remedy}` });
  }
  for (const side of ["above", "below"]) {
    const warn = limits.find(({ key }) => key === `warn-${side}`);
    const fail2 = limits.find(({ key }) => key === `fail-${side}`);
    if (warn === void 0 || fail2 === void 0) continue;
    const difference = "ratio" in warn && "ratio" in fail2 ? fail2.ratio - warn.ratio : "value" in warn && "value" in fail2 ? fail2.value - warn.value : 0;
    if (toSign(fail2.key) * difference >= 0) continue;
    const than = side === "above" ? "below" : "above";
    const text2 = `"fail-${side}" (${fail2.text}) is ${than} "warn-${side}" (${warn.text}), which would never be seen`;
    problems.push({ key: fail2.key, text: text2 });
  }
  return problems;
}
const keys = Object.keys(compareSchema.entries);
const maxComparisons = 20;
function parseComparisons(value) {
  if (value === null || value === void 0 || value === false) return { comparisons: void 0, problems: [] };
  if (!Array.isArray(value)) return parseOne(value, []);
  const words = "must be a list of maps, each a comparison";
  if (value.length === 0) return fail([], `${words}, but is empty; write false for none`);
  if (value.length > maxComparisons) return fail([], `has ${value.length} comparisons; ${maxComparisons} are allowed`);
  const parsed = value.map(
    (item, index) => typeof item === "boolean" || item === null ? fail([index], `${words}, but has ${rules.s(item)}`) : parseOne(item, [index])
  );
  return {
    comparisons: parsed.flatMap(({ comparisons = [] }) => comparisons),
    problems: parsed.flatMap(({ problems }) => problems)
  };
}
function parseOne(value, path) {
  if (value !== true && (typeof value !== "object" || value === null || Array.isArray(value))) {
    return fail(
      path,
      `must be true, false, or a map of keys or a list of such maps: ${keys.join(", ")}, but is ${rules.s(value)}`
    );
  }
  const result = rules.j(compareSchema, value === true ? {} : value);
  if (shared.q(value) && Array.isArray(value.where)) {
    return fail([...path, "where"], `"where" ${someWhere}, but is a list`);
  }
  const found = result.success ? findContradictions(result.output) : result.issues.map(explainIssue);
  const problems = found.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  return { comparisons: result.success && problems.length === 0 ? [toComparison(result.output)] : void 0, problems };
}
function fail(path, text2) {
  return { comparisons: void 0, problems: [{ path, text: text2 }] };
}
function toComparison(options) {
  const { last = 20, branch = "default", usual = "range", confirm = 1, floor: floor2 = "1s", since = true } = options;
  return {
    last,
    branch: branch === "default" || branch === "same" ? branch : { name: branch },
    statistic: toStatistic(options),
    limits: toLimits(options),
    ...{ usual, confirm, since },
    floor: floor2 === 0 ? 0 : parseSeconds(floor2),
    minBuilds: options["min-builds"] ?? Math.min(5, last),
    ignoreTags: (options["ignore-tags"] ?? []).map((key) => shared.V(key))
  };
}
function toStatistic({ statistic: statistic2 = "duration", where: given }) {
  const where2 = Object.entries((typeof statistic2 === "object" ? statistic2.where : void 0) ?? given ?? {}).map(
    ([key, value]) => [shared.V(key), shared.W(String(value))]
  );
  if (typeof statistic2 === "object") {
    const { measurement, field } = statistic2;
    return { name: `${measurement}.${field}`, data: toData(measurement, field), where: where2 };
  }
  const dot = statistic2.indexOf(".");
  const data = dot > 0 && dot < statistic2.length - 1 ? toData(statistic2.slice(0, dot), statistic2.slice(dot + 1)) : void 0;
  return { name: statistic2, data, where: where2 };
}
function toData(measurement, field) {
  return { measurement: shared.x(measurement), field: shared.V(field) };
}
function isInSeconds({ name, data }) {
  return name === "duration" || name === "queue_time" || data?.field === "duration";
}
function findContradictions(options) {
  const { statistic: statistic2, limits, last, minBuilds, confirm } = toComparison(options);
  const problems = findLimitProblems(limits, isInSeconds(statistic2), statistic2.name).map(
    ({ key, text: text2 }) => ({ path: [key], text: text2 })
  );
  if (minBuilds > last) {
    const text2 = `"min-builds" (${minBuilds}) is more than "last" (${last}): there would never be a comparison`;
    problems.push({ path: ["min-builds"], text: text2 });
  }
  if (confirm > 1 && limits.length === 0) {
    const text2 = '"confirm" has no effect without a limit: add one such as warn-above, or remove confirm';
    problems.push({ path: ["confirm"], text: text2 });
  }
  if (options.where !== void 0 && statistic2.data === void 0) {
    const text2 = `"where" is for statistics of data, such as tests.duration, and ${JSON.stringify(statistic2.name)} is one of the build's row`;
    problems.push({ path: ["where"], text: text2 });
  }
  return problems;
}
function explainIssue(issue) {
  const path = (issue.path ?? []).slice(0, 1).map(({ key: key2 }) => key2);
  const key = String(path[0]);
  const seconds = typeof issue.input === "number" && issue.input > 100 && key.endsWith("above");
  const hint = seconds ? `; write ${issue.input}s for seconds` : "";
  return { path, text: `${shared.aW(issue, key, keys, rules.s(issue.input))}${hint}` };
}
function parseCompare(value, source, lineOf, problems) {
  const { comparisons, problems: found } = parseComparisons(value);
  problems.push(...found.map(({ path, text: text2 }) => ({ input: source, line: lineOf(path), text: text2 })));
  return comparisons;
}
async function parseCompareInput(text2, problems) {
  if (/^(true|false)$/i.test(text2.trim())) return parseComparisons(/true/i.test(text2)).comparisons;
  const yaml = await shared.a$("compare", text2, problems);
  return yaml && parseCompare(yaml.value, "compare", yaml.lineOf, problems);
}
const compare = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.defineProperty({
  __proto__: null,
  parseCompare,
  parseCompareInput
}, Symbol.toStringTag, { value: "Module" }));
exports.c = compare;
exports.i = isInSeconds;
exports.t = toSign;
