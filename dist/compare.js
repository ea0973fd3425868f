'use strict';

const index = require('./common4.js');
const shared = require('./shared.js');
const settings = require('./settings.js');

const text = (what) => index.pipe(index.string(`must be text: ${what}`), index.nonEmpty(`must not be empty: ${what}`));
const count = (least, most) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return index.pipe(index.number(message), index.integer(message), index.minValue(least, message), index.maxValue(most, message));
};
const aboveWords = "must be a ratio to the median from 1 to 100 such as 1.5, so much above it such as 50%, a time such as 10m or 1h 30m, or {value: 512}";
const belowWords = "must be a ratio to the median from 0 to 1 such as 0.9, so much below it such as 10%, a time such as 10m or 1h 30m, or {value: 80}";
const time = String.raw`(?=\d)(?:\d+(?:\.\d+)?h)? ?(?:\d+(?:\.\d+)?m)? ?(?:\d+(?:\.\d+)?s)?`;
const limitPattern = new RegExp(String.raw`^\d+(?:\.\d+)?(?: ?%)?$|^${time}$`);
const limit = (words, least, most) => index.union(
  [
    index.pipe(index.number(words), index.minValue(least, words), index.maxValue(most, words)),
    index.pipe(index.string(words), index.regex(limitPattern, words)),
    index.strictObject({ value: index.number(words) })
  ],
  words
);
const someTags = "must be a list of tags such as [component]";
const tag = index.pipe(index.string(someTags), index.nonEmpty(someTags));
const someWhere = "must be a map of tags such as {suite: unit}";
const where = index.record(index.string(), index.union([index.string(), index.number(), index.boolean()], someWhere), someWhere);
const someStatistic = "must be a field of the build such as duration, one of data such as tests.duration, or {measurement: bench, field: value}";
const statistic = index.union(
  [
    index.pipe(index.string(), index.nonEmpty()),
    index.strictObject({
      measurement: index.pipe(index.string(), index.nonEmpty()),
      field: index.pipe(index.string(), index.nonEmpty()),
      where: index.optional(where)
    })
  ],
  someStatistic
);
const someFloor = "must be a time such as 1s or 0.5s, or 0";
const floor = index.union(
  [index.literal(0), index.pipe(index.string(), index.regex(new RegExp(`^(?:0|${time})$`)), index.nonEmpty())],
  someFloor
);
const compareSchema = index.strictObject({
  last: index.optional(count(1, 1e3)),
  branch: index.optional(text("default, same, or the name of a branch")),
  statistic: index.optional(statistic),
  where: index.optional(where),
  "warn-above": index.optional(limit(aboveWords, 1, 100)),
  "fail-above": index.optional(limit(aboveWords, 1, 100)),
  "warn-below": index.optional(limit(belowWords, 0, 1)),
  "fail-below": index.optional(limit(belowWords, 0, 1)),
  usual: index.optional(index.picklist(["range", "spread", "off"], "must be range, spread or off")),
  confirm: index.optional(count(1, 10)),
  floor: index.optional(floor),
  since: index.optional(index.boolean("must be true or false")),
  "min-builds": index.optional(count(1, 1e3)),
  "ignore-tags": index.optional(index.array(tag, someTags))
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
function parseSeconds(text) {
  const units = { h: 3600, m: 60, s: 1 };
  const parts = [...text.matchAll(/([\d.]+)([hms])/g)];
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * units[unit], 0);
}
function findLimitProblems(limits, isTime, statistic) {
  const problems = [];
  for (const limit of limits) {
    const { key, text } = limit;
    if (/[hms]/.test(text) && !isTime) {
      const instead = "write {value: 512}";
      problems.push({
        key,
        text: `"${key}" is a time, and the statistic ${JSON.stringify(statistic)} is not in seconds: ${instead}`
      });
    }
    if (!("ratio" in limit)) continue;
    const [least, most] = toSign(key) > 0 ? [1, 100] : [0, 1];
    if (limit.ratio >= least && limit.ratio <= most) continue;
    const range = `"${key}" is a ratio to the median, from ${least} to ${most}, but is ${JSON.stringify(text)}`;
    const remedy = toSign(key) > 0 ? `write ${text}s for seconds` : "write {value: 80} for a number";
    problems.push({ key, text: `${range}; ${remedy}` });
  }
  for (const side of ["above", "below"]) {
    const warn = limits.find(({ key }) => key === `warn-${side}`);
    const fail = limits.find(({ key }) => key === `fail-${side}`);
    if (warn === void 0 || fail === void 0) continue;
    const difference = "ratio" in warn && "ratio" in fail ? fail.ratio - warn.ratio : "value" in warn && "value" in fail ? fail.value - warn.value : 0;
    if (toSign(fail.key) * difference >= 0) continue;
    const than = side === "above" ? "below" : "above";
    const text = `"fail-${side}" (${fail.text}) is ${than} "warn-${side}" (${warn.text}), which would never be seen`;
    problems.push({ key: fail.key, text });
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
    (item, index) => typeof item === "boolean" || item === null ? fail([index], `${words}, but has ${show(item)}`) : parseOne(item, [index])
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
      `must be true, false, or a map of keys or a list of such maps: ${keys.join(", ")}, but is ${show(value)}`
    );
  }
  const result = index.safeParse(compareSchema, value === true ? {} : value);
  if (shared.isObject(value) && Array.isArray(value.where)) {
    return fail([...path, "where"], `"where" ${someWhere}, but is a list`);
  }
  const found = result.success ? findContradictions(result.output) : result.issues.map(explainIssue);
  const problems = found.map((problem) => ({ ...problem, path: [...path, ...problem.path] }));
  return { comparisons: result.success && problems.length === 0 ? [toComparison(result.output)] : void 0, problems };
}
function fail(path, text) {
  return { comparisons: void 0, problems: [{ path, text }] };
}
function toComparison(options) {
  const { last = 20, branch = "default", usual = "range", confirm = 1, floor = "1s", since = true } = options;
  return {
    last,
    branch: branch === "default" || branch === "same" ? branch : { name: branch },
    statistic: toStatistic(options),
    limits: toLimits(options),
    ...{ usual, confirm, since },
    floor: floor === 0 ? 0 : parseSeconds(floor),
    minBuilds: options["min-builds"] ?? Math.min(5, last),
    ignoreTags: (options["ignore-tags"] ?? []).map((key) => shared.cleanKey(key))
  };
}
function toStatistic({ statistic = "duration", where: given }) {
  const where = Object.entries((typeof statistic === "object" ? statistic.where : void 0) ?? given ?? {}).map(
    ([key, value]) => [shared.cleanKey(key), shared.cleanTag(String(value))]
  );
  if (typeof statistic === "object") {
    const { measurement, field } = statistic;
    return { name: `${measurement}.${field}`, data: toData(measurement, field), where };
  }
  const dot = statistic.indexOf(".");
  const data = dot > 0 && dot < statistic.length - 1 ? toData(statistic.slice(0, dot), statistic.slice(dot + 1)) : void 0;
  return { name: statistic, data, where };
}
function toData(measurement, field) {
  return { measurement: shared.cleanName(measurement), field: shared.cleanKey(field) };
}
function isInSeconds({ name, data }) {
  return name === "duration" || name === "queue_time" || data?.field === "duration";
}
function findContradictions(options) {
  const { statistic, limits, last, minBuilds, confirm } = toComparison(options);
  const problems = findLimitProblems(limits, isInSeconds(statistic), statistic.name).map(
    ({ key, text }) => ({ path: [key], text })
  );
  if (minBuilds > last) {
    const text = `"min-builds" (${minBuilds}) is more than "last" (${last}): there would never be a comparison`;
    problems.push({ path: ["min-builds"], text });
  }
  if (confirm > 1 && limits.length === 0) {
    const text = '"confirm" is for limits, and there is none: add warn-above, or leave it out';
    problems.push({ path: ["confirm"], text });
  }
  if (options.where !== void 0 && statistic.data === void 0) {
    const text = `"where" is for statistics of data, such as tests.duration, and ${JSON.stringify(statistic.name)} is one of the build's row`;
    problems.push({ path: ["where"], text });
  }
  return problems;
}
function explainIssue(issue) {
  const path = issue.path?.map(({ key: key2 }) => key2) ?? [];
  const key = String(path[0]);
  if (issue.type === "strict_object" && issue.expected === "never" && path.length === 1) {
    return { path, text: `unknown key ${JSON.stringify(key)}; ${settings.suggest(key, keys, "keys")}` };
  }
  const seconds = typeof issue.input === "number" && issue.input > 100 && key.endsWith("above");
  const hint = seconds ? `; write ${issue.input}s for seconds` : "";
  return { path: path.slice(0, 1), text: `${JSON.stringify(key)} ${issue.message}, but is ${show(issue.input)}${hint}` };
}
function show(value) {
  if (value === null) return "empty";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a map of other keys";
  const text = JSON.stringify(value) ?? String(value);
  return shared.cutText(text, 60);
}

function parseCompare(value, source, lineOf, problems) {
  const { comparisons, problems: found } = parseComparisons(value);
  problems.push(...found.map(({ path, text }) => ({ input: source, line: lineOf(path), text })));
  return comparisons;
}
async function parseCompareInput(text, problems) {
  if (/^(true|false)$/i.test(text.trim())) return parseComparisons(/true/i.test(text)).comparisons;
  const yaml = await settings.parseYaml("compare", text, problems);
  return yaml && parseCompare(yaml.value, "compare", yaml.lineOf, problems);
}

const compare = /*#__PURE__*/Object.freeze(/*#__PURE__*/Object.defineProperty({
  __proto__: null,
  parseCompare,
  parseCompareInput
}, Symbol.toStringTag, { value: 'Module' }));

exports.compare = compare;
exports.isInSeconds = isInSeconds;
exports.toSign = toSign;
