'use strict';

Object.defineProperty(exports, Symbol.toStringTag, { value: 'Module' });

const node_path = require('node:path');
const node_util = require('node:util');
const index = require('./common2.js');
const settings = require('./settings.js');
const shared = require('./shared.js');

const scalar = index.union([index.string(), index.number(), index.boolean()], "must be text, a number or a boolean");
const filled = index.pipe(index.string("must be text"), index.nonEmpty("must not be empty"));
const influxSchema = index.strictObject({
  url: index.optional(filled),
  api: index.optional(filled),
  token: index.optional(filled),
  org: index.optional(filled),
  bucket: index.optional(filled),
  database: index.optional(filled),
  username: index.optional(filled),
  password: index.optional(filled),
  "retention-policy": index.optional(filled)
});
const rules = index.array(index.unknown(), "must be a list of capture rules");
const storageSchema = index.strictObject({
  name: index.optional(filled),
  influxdb: index.optional(influxSchema),
  file: index.optional(filled),
  layout: index.optional(index.picklist(settings.layoutKinds, `must be one of ${settings.layoutKinds.join(", ")}`)),
  captures: index.optional(rules),
  tags: index.optional(index.record(index.string(), index.nullable(scalar), "must be a map of tags")),
  measurement: index.optional(filled),
  "matrix-tags": index.optional(index.boolean("must be true or false")),
  builder: index.optional(filled)
});
const configSchema = index.strictObject({
  captures: index.optional(rules),
  // compare/compare-schema.ts, where there is one.
  compare: index.optional(index.unknown()),
  storages: index.pipe(
    index.array(storageSchema, "must be a list of storages"),
    index.minLength(1, "must have a storage: influxdb or file")
  )
});

function explainIssue(issue, path, yaml) {
  const keys = issue.path?.map(({ key: key2 }) => key2) ?? [];
  const place = { input: path, line: yaml.lineOf(keys) };
  const key = keys.at(-1);
  if (issue.type === "strict_object" && issue.expected === "never") {
    if (Array.isArray(issue.path?.at(-1)?.input)) {
      const where = keys.length === 1 ? "the file" : JSON.stringify(keys.at(-2));
      return { ...place, text: `${where} must be a map of keys, but is a list; keys: ${findKnown(keys).join(", ")}` };
    }
    return { ...place, text: `unknown key ${JSON.stringify(key)}; ${settings.suggest(String(key), findKnown(keys), "keys")}` };
  }
  if (issue.type === "strict_object" && issue.received === "undefined") {
    return {
      ...place,
      text: `${JSON.stringify(key)} is missing; write a list of storages, such as "- file: build-stats.lp"`
    };
  }
  if (issue.type === "strict_object") {
    const where = keys.length === 0 ? "the file" : typeof key === "number" ? "a storage" : JSON.stringify(key);
    return {
      ...place,
      text: `${where} must be a map of keys: ${findKnown([...keys, ""]).join(", ")}, but is ${show(issue.input)}`
    };
  }
  const shown = ["token", "password"].includes(String(key)) ? typeof issue.input : show(issue.input);
  const quote = issue.message === "must be text" && typeof issue.input === "number" ? ": put it in quotes" : "";
  return { ...place, text: `${JSON.stringify(key)} ${issue.message}, but is ${shown}${quote}` };
}
function findKnown(keys) {
  if (keys.includes("influxdb") && keys.length > 3) return Object.keys(influxSchema.entries);
  return Object.keys(keys.length > 2 ? storageSchema.entries : configSchema.entries);
}
function show(value) {
  if (value === null || value === "") return "empty";
  if (typeof value === "object") return Array.isArray(value) ? "a list" : "a map";
  const text = JSON.stringify(value) ?? String(value);
  return shared.cutText(text, 60);
}

function parseConfigTarget({ influxdb, file }, placeOf, around, problems) {
  if (influxdb === void 0 === (file === void 0)) {
    problems.push({ ...placeOf(), text: "a storage is either influxdb or file" });
    return { targets: [], notices: [], mistakes: [] };
  }
  const values = /* @__PURE__ */ new Map();
  const unset = /* @__PURE__ */ new Set();
  const empty = [];
  for (const [key, value] of Object.entries(influxdb ?? { file })) {
    if (value === void 0) continue;
    const variable = findVariable(value);
    const resolved = variable === void 0 ? value : around.env[variable];
    if (resolved !== void 0) values.set(key, resolved.trim());
    if (variable !== void 0 && resolved === void 0) {
      const where = "set it under env: of the Build Stats step or of the job";
      const text = `${key}: the environment variable ${variable} is not set; ${where}`;
      problems.push({ ...placeOf("influxdb", key), text });
      unset.add(key);
    }
    if (variable !== void 0 && resolved?.trim() === "") empty.push(variable);
  }
  const read = (name) => values.get(name) ?? "";
  around.addSecrets(shared.readSecrets(read));
  if (empty.length > 0 && around.phase === "replay") {
    const text = `${empty.map((name) => `$${name}`).join(" and ")} of this storage ${empty.length > 1 ? "are" : "is"} empty`;
    problems.push({ ...placeOf(), text: `${text}. ${around.secretHint}` });
    return { targets: [], notices: [], mistakes: [] };
  }
  if (empty.length > 0) return toFallback(empty, influxdb === void 0 ? "that file" : "InfluxDB", placeOf(), around);
  const missing = findMissing(influxdb ?? {}).filter((key) => file === void 0 && !unset.has(key));
  for (const key of missing) problems.push({ ...placeOf(), text: `influxdb lacks "${key}"; ${remedies[key]}` });
  const known = /* @__PURE__ */ new Set([...missing, ...unset]);
  const wrong = [];
  const readAll = (name) => known.has(name) ? standIns[name] || "-" : read(name);
  const { targets } = settings.parseTargets(readAll, { ...around, hasNoSecrets: false }, wrong);
  for (const { input, text } of wrong) {
    if (!known.has(input)) problems.push({ ...placeOf("influxdb", input), text: `"${input}" ${text}` });
  }
  return { targets, notices: [], mistakes: [] };
}
function findMissing(server) {
  const { url, bucket, org, token, username, password, api } = server;
  return [
    ...url === void 0 ? ["url"] : [],
    ...org === void 0 && (bucket !== void 0 || api === "v2") ? ["org"] : [],
    ...token === void 0 && (bucket !== void 0 || api === "v2" || api === "v3") ? ["token"] : [],
    ...username !== void 0 && password === void 0 ? ["password"] : [],
    ...password !== void 0 && username === void 0 ? ["username"] : []
  ];
}
const remedies = {
  url: "write url: https://influx.example.com:8086",
  org: "write org: acme, the name or id of the organization",
  token: "write token: $INFLUX_TOKEN, an environment variable that holds the secret",
  password: "write password: $INFLUX_PASSWORD, an environment variable that holds the secret",
  username: "password goes with username"
};
const standIns = { url: "http://localhost", api: "v2" };
function toFallback(variables, meant, { input, line }, around) {
  const path = settings.toFallbackPath(around);
  const are = variables.length > 1 ? "are" : "is";
  const why = `${variables.map((name) => `$${name}`).join(" and ")} of the storage in ${input}, line ${line}, ${are} empty`;
  const where = `its points go to the file ${path}, which a hosted runner throws away, and not to ${meant}`;
  const text = `${why}: ${where}. ${around.secretHint}`;
  return { targets: [{ kind: "file", path, name: path }], notices: [text], mistakes: around.hasNoSecrets ? [] : [text] };
}
function findVariable(value) {
  return /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(value)?.[1];
}

const excluded = [
  "url",
  "api",
  "token",
  "org",
  "bucket",
  "database",
  "username",
  "password",
  "retention-policy",
  "file"
];
async function readConfig(read, defaults, around, problems) {
  const path = read("config");
  for (const input of excluded.filter((name) => read(name) !== "")) {
    problems.push({ input, text: `does not go with config: say it in ${path}, or leave config out` });
  }
  const text = around.readFile(node_path.isAbsolute(path) ? path : node_path.resolve(around.workspace, path));
  if (text === void 0) {
    const missing = "is not there; check the path, and that the repository is checked out before the job ends";
    if (around.phase !== "main") problems.push({ input: "config", text: `the file ${path} ${missing}` });
    return { storages: [], notices: [], mistakes: [] };
  }
  const yaml = await settings.parseYaml(path, text, problems);
  if (yaml === void 0) return { storages: [], notices: [], mistakes: [] };
  const toContext = (captures2, damaged = /* @__PURE__ */ new Set()) => {
    const shared = captures2 === void 0 ? defaults.rules : toRuleList(captures2, path, yaml, ["captures"]);
    return { path, yaml, shared, defaults, around, damaged };
  };
  const result = index.safeParse(configSchema, yaml.value);
  if (!result.success) {
    problems.push(...result.issues.map((issue) => explainIssue(issue, path, yaml)));
    const places = result.issues.map(toPlace);
    const rest = index.safeParse(configSchema, omit(yaml.value, places));
    if (rest.success) {
      const damaged = new Set(places.flatMap(([root, index]) => root === "storages" ? [index] : []));
      await parseStorageList(rest.output.storages, toContext(rest.output.captures, damaged), problems);
    } else await findRuleProblems(path, yaml, defaults, problems);
    await readCompare(path, yaml, problems);
    return { storages: [], notices: [], mistakes: [] };
  }
  const { storages, captures } = result.output;
  const parsed = await parseStorageList(storages, toContext(captures), problems);
  return { ...parsed, ...await readCompare(path, yaml, problems) };
}
function toPlace(issue) {
  const place = issue.path?.map(({ key }) => key) ?? [];
  return place[2] === "tags" ? place.slice(0, 3) : place;
}
function omit(value, places) {
  if (places.some((place) => place.length === 0)) return void 0;
  if (typeof value !== "object" || value === null) return value;
  const inner = (key) => places.filter(([first]) => first === key).map((place) => place.slice(1));
  const isGone = (key) => inner(key).some((place) => place.length === 0);
  if (Array.isArray(value)) return value.map((one, key) => isGone(key) ? { file: "-" } : omit(one, inner(key)));
  const entries = Object.entries(value).filter(([key]) => !isGone(key));
  return Object.fromEntries(entries.map(([key, one]) => [key, omit(one, inner(key))]));
}
async function readCompare(path, yaml, problems) {
  const { compare } = toMap(yaml.value);
  if (compare === void 0) return {};
  const { parseCompare } = await Promise.resolve().then(() => require('./compare-settings.js'));
  const lineOf = (place) => yaml.lineOf(["compare", ...place]);
  return { compare: { comparison: parseCompare(compare, path, lineOf, problems) } };
}
async function findRuleProblems(path, yaml, defaults, problems) {
  const { captures, storages } = toMap(yaml.value);
  const lists = Array.isArray(storages) ? storages.map(toMap) : [];
  const placed = [
    { value: captures, kind: defaults.kind, prefix: ["captures"] },
    ...lists.map((storage, index) => ({
      value: storage.captures,
      kind: settings.layoutKinds.find((kind) => kind === storage.layout) ?? defaults.kind,
      prefix: ["storages", index, "captures"]
    }))
  ];
  for (const { value, kind, prefix } of placed) {
    if (!Array.isArray(value)) continue;
    await settings.parseCaptures(toRuleList(value, path, yaml, prefix), settings.toLayout(kind, defaults.options), problems);
  }
}
function toMap(value) {
  return typeof value === "object" && value !== null ? value : {};
}
async function parseStorageList(list, context, problems) {
  const { path, yaml, shared: shared$1 } = context;
  const storages = [];
  const notices = [];
  const mistakes = [];
  const names = /* @__PURE__ */ new Set();
  const sharedRules = /* @__PURE__ */ new Map();
  for (const [index, storage] of list.entries()) {
    const place = { input: path, line: yaml.lineOf(["storages", index]) };
    if (storage.name !== void 0 && names.has(storage.name)) {
      problems.push({ ...place, text: `two storages are named "${storage.name}"; give each its own name` });
    }
    if (storage.name !== void 0) names.add(storage.name);
    const layout = parseLayout(storage, index, context, problems);
    let rules = sharedRules.get(layout.kind);
    if (storage.captures !== void 0) {
      const own = toRuleList(storage.captures, path, yaml, ["storages", index, "captures"]);
      rules = await settings.parseCaptures(own, layout, problems);
    } else if (rules === void 0) {
      const found2 = [];
      rules = shared$1 === void 0 ? settings.defaultRules : await settings.parseCaptures(shared$1, layout, found2);
      problems.push(...found2.filter((one) => !problems.some((told) => shared.formatProblem(told) === shared.formatProblem(one))));
      sharedRules.set(layout.kind, rules);
    }
    const { around } = context;
    const placeOf = (...keys) => ({ input: path, line: yaml.lineOf(["storages", index, ...keys]) });
    if (context.damaged.has(index)) continue;
    const found = parseConfigTarget(storage, placeOf, around, problems);
    notices.push(...found.notices);
    mistakes.push(...found.mistakes);
    for (const target of found.targets) {
      const isThere = storages.some(
        (other) => other.rules === rules && node_util.isDeepStrictEqual([other.target, other.layout], [target, layout])
      );
      if (isThere && target.kind === "file" && target.path === settings.toFallbackPath(around)) continue;
      const { name, builder } = storage;
      storages.push({
        ...name === void 0 ? {} : { name },
        ...builder === void 0 ? {} : { builder },
        ...{ target, rules, layout }
      });
    }
  }
  if (shared$1 !== void 0 && sharedRules.size === 0) {
    await settings.parseCaptures(shared$1, settings.toLayout(context.defaults.kind, context.defaults.options), problems);
  }
  return { storages, notices, mistakes };
}
function parseLayout(storage, index, { path, yaml, defaults }, problems) {
  const kind = storage.layout ?? defaults.kind;
  const placeOf = (...keys) => ({ input: path, line: yaml.lineOf(["storages", index, ...keys]) });
  if (kind === "buildbot") {
    for (const key of ["measurement", "matrix-tags"]) {
      if (storage[key] === void 0) continue;
      problems.push({ ...placeOf(key), text: `"${key}" has no use in the layout buildbot: leave it out` });
    }
  }
  const { measurement } = storage;
  const written = toMap(yaml.toText()).storages;
  const tags = storage.tags && Array.isArray(written) ? toMap(toMap(written[index]).tags) : void 0;
  if (storage.tags && Array.isArray(written) && Array.isArray(toMap(written[index]).tags)) {
    problems.push({ ...placeOf("tags"), text: '"tags" must be a map of tags, but is a list: write {team: web}' });
  }
  const parsedTags = tags === void 0 ? void 0 : settings.parseTags(tags, (key) => placeOf("tags", key), problems);
  if (kind === "buildbot") {
    const found = parsedTags === void 0 ? defaults.buildbotProblems : settings.findBuildbotTags(parsedTags, (key) => placeOf("tags", key));
    problems.push(...found.filter((one) => !problems.includes(one)));
  }
  return settings.toLayout(kind, {
    measurement: measurement === void 0 ? defaults.options.measurement : settings.parseMeasurement(measurement, placeOf("measurement"), problems),
    tags: parsedTags ?? defaults.options.tags,
    matrixTags: storage["matrix-tags"] ?? defaults.options.matrixTags
  });
}
function toRuleList(value, source, yaml, prefix) {
  return { value, source, lineOf: (path) => yaml.lineOf([...prefix, ...path]) };
}

exports.readConfig = readConfig;
