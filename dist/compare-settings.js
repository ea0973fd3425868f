'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const index = require('./common2.js');
const shared = require('./shared.js');
const settings = require('./settings.js');

const text = (what) => index.pipe(index.string(`must be text: ${what}`), index.nonEmpty(`must not be empty: ${what}`));
const count = (most) => {
  const message = `must be a whole number from 1 to ${most}`;
  return index.pipe(index.number(message), index.integer(message), index.minValue(1, message), index.maxValue(most, message));
};
const someLimit = "must be a ratio to the median from 1 to 100 such as 1.5, so much above it such as 50%, a time such as 10m or 1h 30m, or {value: 512}";
const limitPattern = /^\d+(?:\.\d+)?(?: ?%)?$|^(?=\d)(?:\d+(?:\.\d+)?h)? ?(?:\d+(?:\.\d+)?m)? ?(?:\d+(?:\.\d+)?s)?$/;
const limit = index.union(
  [
    index.pipe(index.number(someLimit), index.minValue(1, someLimit), index.maxValue(100, someLimit)),
    index.pipe(index.string(someLimit), index.regex(limitPattern, someLimit)),
    index.strictObject({ value: index.number(someLimit) })
  ],
  someLimit
);
const someTags = "must be a list of tags such as [component]";
const tag = index.pipe(index.string(someTags), index.nonEmpty(someTags));
const compareSchema = index.strictObject({
  last: index.optional(count(1e3)),
  branch: index.optional(text("default, same, or the name of a branch")),
  statistic: index.optional(text("a field of the build, such as duration")),
  "warn-above": index.optional(limit),
  "fail-above": index.optional(limit),
  "min-builds": index.optional(count(1e3)),
  "ignore-tags": index.optional(index.array(tag, someTags))
});

const keys = Object.keys(compareSchema.entries);
function parseComparison(value) {
  if (value === null || value === void 0 || value === false) return { comparison: void 0, problems: [] };
  if (value !== true && (typeof value !== "object" || Array.isArray(value))) {
    const text = `must be true, false or a map of keys: ${keys.join(", ")}, but is ${show(value)}`;
    return { comparison: void 0, problems: [{ path: [], text }] };
  }
  const result = index.safeParse(compareSchema, value === true ? {} : value);
  if (!result.success) return { comparison: void 0, problems: result.issues.map(explainIssue) };
  const comparison = toComparison(result.output);
  const problems = findContradictions(result.output, comparison);
  return { comparison: problems.length > 0 ? void 0 : comparison, problems };
}
function toComparison(options) {
  const { last = 20, branch = "default", statistic = "duration" } = options;
  return {
    last,
    branch: branch === "default" || branch === "same" ? branch : { name: branch },
    statistic,
    warnAbove: toLimit(options["warn-above"]),
    failAbove: toLimit(options["fail-above"]),
    minBuilds: options["min-builds"] ?? Math.min(5, last),
    ignoreTags: (options["ignore-tags"] ?? []).map((key) => shared.cleanKey(key))
  };
}
function toLimit(given) {
  if (given === void 0) return void 0;
  if (typeof given === "object") return { value: given.value, text: `${given.value}` };
  if (typeof given === "number") return { ratio: given, text: `${given}` };
  if (/^[\d.]+$/.test(given)) return { ratio: Number(given), text: given };
  if (given.endsWith("%")) return { ratio: 1 + Number.parseFloat(given) / 100, text: given };
  const units = { h: 3600, m: 60, s: 1 };
  const parts = [...given.matchAll(/([\d.]+)([hms])/g)];
  const seconds = parts.map(([, count, unit]) => Number(count) * units[unit]);
  return { value: seconds.reduce((sum, part) => sum + part, 0), text: given };
}
function isInSeconds(statistic) {
  return statistic === "duration" || statistic === "queue_time";
}
function findContradictions(options, comparison) {
  const problems = [];
  const { statistic, warnAbove, failAbove, last, minBuilds } = comparison;
  for (const [key, limit] of [
    ["warn-above", warnAbove],
    ["fail-above", failAbove]
  ]) {
    if (limit === void 0) continue;
    if (/[hms]/.test(limit.text) && !isInSeconds(statistic)) {
      const text = `"${key}" is a time, and the statistic ${JSON.stringify(statistic)} is none: write {value: 512}`;
      problems.push({ path: [key], text });
    }
    if ("ratio" in limit && !(limit.ratio >= 1 && limit.ratio <= 100)) {
      const text = `"${key}" is a ratio to the median, from 1 to 100, but is ${show(options[key])}; write 600s for seconds`;
      problems.push({ path: [key], text });
    }
  }
  const isSwapped = warnAbove !== void 0 && failAbove !== void 0 && ("ratio" in warnAbove && "ratio" in failAbove && failAbove.ratio < warnAbove.ratio || "value" in warnAbove && "value" in failAbove && failAbove.value < warnAbove.value);
  if (isSwapped) {
    const text = `"fail-above" (${failAbove.text}) is below "warn-above" (${warnAbove.text}), which would never be seen`;
    problems.push({ path: ["fail-above"], text });
  }
  if (minBuilds > last) {
    const text = `"min-builds" (${minBuilds}) is more than "last" (${last}): there would never be a comparison`;
    problems.push({ path: ["min-builds"], text });
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
  const { comparison, problems: found } = parseComparison(value);
  problems.push(...found.map(({ path, text }) => ({ input: source, line: lineOf(path), text })));
  return comparison;
}
async function parseCompareInput(text, problems) {
  if (/^(true|false)$/i.test(text.trim())) return parseComparison(/true/i.test(text)).comparison;
  const yaml = await settings.parseYaml("compare", text, problems);
  return yaml && parseCompare(yaml.value, "compare", yaml.lineOf, problems);
}

exports.parseCompare = parseCompare;
exports.parseCompareInput = parseCompareInput;
