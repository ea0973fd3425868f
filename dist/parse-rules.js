'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const index = require('./common2.js');
const shared = require('./shared.js');
const settings = require('./settings.js');

const text = (what) => index.pipe(index.string(`must be text: ${what}`), index.nonEmpty(`must not be empty: ${what}`));
const builderName = text('a builder such as "CI/test", * standing for any run of characters');
const someBuilder = 'must be a builder such as "CI/test", or a list of them, not empty';
const builder = index.optional(
  index.union(
    [
      index.pipe(
        builderName,
        index.transform((name2) => [name2])
      ),
      index.pipe(index.array(builderName), index.minLength(1, someBuilder))
    ],
    someBuilder
  )
);
const column = index.optional(
  index.pipe(
    text("the name of a column, such as bundle_kb"),
    index.check(
      (name2) => !/^(time|_field|_measurement)\\*$/.test(name2),
      ({ input }) => `must not be "${input}", which InfluxDB keeps for itself`
    )
  )
);
const regex = index.optional(index.string("must be text: a regular expression in Python's syntax, such as 'bench_.*'"));
const callback = index.optional(text("a JSONata expression such as $number(value) / 1024"));
const name = index.optional(text("the name exactly as the build has it"));
const ruleOptions = {
  "start-time": index.strictObject({ builder, callback, field: column }),
  "end-time": index.strictObject({ builder, callback, field: column }),
  duration: index.strictObject({
    builder,
    callback,
    field: column,
    "report-in": index.optional(
      index.picklist(Object.keys(settings.units), `must be one of ${Object.keys(settings.units).join(", ")}`)
    )
  }),
  property: index.strictObject({
    name,
    regex,
    builder,
    callback,
    type: index.optional(index.picklist(settings.valueTypes, `must be one of ${settings.valueTypes.join(", ")}`)),
    field: column,
    tag: column,
    "on-missing": index.optional(index.picklist(settings.missingLevels, `must be one of ${settings.missingLevels.join(", ")}`))
  }),
  data: index.strictObject({
    name,
    regex,
    builder,
    callback,
    measurement: index.optional(
      index.pipe(
        text("a measurement"),
        index.check(
          (name2) => !/^[_#]|[\r\n]|\\$/.test(name2),
          "must be one line that neither starts with _ or # nor ends in a backslash"
        )
      )
    ),
    tags: index.optional(index.array(text("a key of the record"), "must be a list of keys of the record, such as [suite]"))
  }),
  steps: index.strictObject({ name, regex, builder })
};

const kinds = Object.keys(ruleOptions);
function hasRegex(value) {
  const isMap = (one) => typeof one === "object" && one !== null;
  const needsOne = (options) => isMap(options) && ![void 0, settings.everyName.source].includes(toRegexText(options));
  return Array.isArray(value) && value.some((item) => isMap(item) && Object.values(item).some(needsOne));
}
function toRegexText(options) {
  const { regex } = options;
  return typeof regex === "string" ? regex : void 0;
}
const unused = {
  native: [],
  buildbot: ["field", "tag", "tags", "measurement"]
};
function parseRules(value, lineOf, context = { source: "captures", layout: "native" }) {
  if (!Array.isArray(value)) {
    return { rules: [], problems: [{ path: [], text: 'must be a list of rules: start each with "- "' }] };
  }
  const placed = [];
  const problems = [];
  for (const [index, item] of value.entries()) {
    const parsed = parseRule(item, index, lineOf([index]), context);
    if (Array.isArray(parsed)) problems.push(...parsed);
    else placed.push({ rule: parsed, index });
  }
  const doubles = context.layout === "native" ? findDoubles(placed) : [];
  return { rules: placed.map(({ rule }) => rule), problems: [...problems, ...doubles] };
}
function parseRule(item, index$1, line, { source, layout, compileRegex }) {
  const [kind, given, path] = splitRule(item, index$1);
  if (!isKind(kind)) {
    if (typeof kind === "string") {
      return [{ path: [index$1], text: `unknown rule ${JSON.stringify(kind)}; ${settings.suggest(kind, kinds, "rules")}` }];
    }
    const text = `a rule has one kind, with its keys in a map below it, but this is ${show(item)}. Known rules: ${kinds.join(", ")}`;
    return [{ path: [index$1], text }];
  }
  if (kind === "steps" && layout === "buildbot") {
    const text = "steps has no use in the layout buildbot, which knows no measurement of steps: leave the rule out";
    return [{ path: [index$1], text }];
  }
  const foreign = unused[layout].filter((key) => typeof given === "object" && given !== null && key in given);
  if (foreign.length > 0) {
    return foreign.map((key) => ({
      path: [...path, key],
      text: `"${key}" has no use in the layout ${layout}: leave it out`
    }));
  }
  const takesName = kind === "property" || kind === "data" || kind === "steps";
  const result = index.safeParse(
    ruleOptions[kind],
    takesName && typeof given === "string" ? { name: given } : given ?? {}
  );
  if (!result.success) return result.issues.map((issue) => explainIssue(issue, kind, path));
  const output = result.output;
  const common = { builder: output.builder, callback: output.callback, source, line };
  const match = toMatcher(output, compileRegex);
  if (match !== void 0 && "problem" in match)
    return [{ path: [...path, "regex"], text: `${kind}: ${match.problem}` }];
  switch (kind) {
    case "start-time":
    case "end-time":
      return { kind, field: output.field, ...common };
    case "duration":
      return { kind, reportIn: output["report-in"] ?? "seconds", field: output.field, ...common };
    case "property": {
      if (match === void 0) return [{ path, text: `${kind} takes either "name" or "regex"` }];
      const { field, tag, type } = output;
      if (tag !== void 0 && field !== void 0) return [{ path, text: 'takes either "field" or "tag", not both' }];
      if (tag !== void 0 && type !== void 0) return [{ path, text: 'a tag is always text: leave "type" out' }];
      return { kind, match, type, field, tag, onMissing: output["on-missing"] ?? "warn", ...common };
    }
    case "data": {
      if (match === void 0) return [{ path, text: `${kind} takes either "name" or "regex"` }];
      const tags = output.tags ?? [];
      return { kind, match, measurement: output.measurement, tags, ...common };
    }
    case "steps": {
      if (match === void 0 && Object.keys(output).some((key) => key === "name")) {
        return [{ path, text: `${kind} takes either "name" or "regex", or neither of them` }];
      }
      return { kind, match, ...common };
    }
  }
}
function splitRule(item, index) {
  if (typeof item !== "object" || item === null) return [item, void 0, [index]];
  const keys = Object.keys(item);
  const [kind] = keys;
  if (kind === void 0 || keys.length > 1) return [void 0, void 0, [index]];
  return [kind, item[kind], [index, kind]];
}
function isKind(kind) {
  return kinds.includes(kind);
}
function toMatcher({ name, regex }, compileRegex) {
  if (name !== void 0) return regex === void 0 ? { name } : void 0;
  if (regex === void 0) return void 0;
  if (regex === settings.everyName.source) return { regex: settings.everyName };
  if (compileRegex === void 0) throw new Error("rules with a regular expression were parsed without compileRegex");
  try {
    return { regex: compileRegex(regex) };
  } catch (error) {
    return { problem: `"regex" cannot be read as Python reads it: ${error.message}; it is ${show(regex)}` };
  }
}
function explainIssue(issue, kind, path) {
  const keys = issue.path?.map(({ key }) => key) ?? [];
  const place = [...path, ...keys];
  if (issue.type === "strict_object" && issue.expected === "never") {
    const known = Object.keys(ruleOptions[kind].entries);
    return {
      path: place,
      text: `unknown key ${JSON.stringify(keys.at(-1))} of ${kind}; ${settings.suggest(String(keys.at(-1)), known, "keys")}`
    };
  }
  if (keys.length === 0)
    return { path: place, text: `${kind} takes a map of keys: ${Object.keys(ruleOptions[kind].entries).join(", ")}` };
  return {
    path: place,
    text: `${kind}: ${JSON.stringify(keys[0])} ${issue.message}, but is ${show(issue.input)}`
  };
}
function show(value) {
  try {
    const text = JSON.stringify(value) ?? String(value);
    return shared.cutText(text, 60);
  } catch {
    return "a value that holds itself";
  }
}
function findDoubles(placed) {
  const first = /* @__PURE__ */ new Map();
  const problems = [];
  for (const { rule, index } of placed) {
    const column = toColumnName(rule);
    if (column === void 0) continue;
    const key = JSON.stringify([column, rule.builder]);
    const earlier = first.get(key);
    const text = earlier && `would fill the same column as ${settings.nameRule(earlier)}; give one of them a "field"`;
    if (text === void 0) first.set(key, rule);
    else problems.push({ path: [index], text });
  }
  return problems;
}
function toColumnName(rule) {
  switch (rule.kind) {
    case "start-time":
    case "end-time":
      return rule.field === void 0 ? rule.kind : `column ${rule.field}`;
    case "duration":
      return rule.field === void 0 ? `duration in ${rule.reportIn}` : `column ${rule.field}`;
    case "property":
      if (rule.tag !== void 0 || rule.field !== void 0) return `column ${rule.tag ?? rule.field}`;
      return "name" in rule.match ? `property ${rule.match.name}` : void 0;
    case "data":
    case "steps":
      return void 0;
  }
}

exports.hasRegex = hasRegex;
exports.parseRules = parseRules;
