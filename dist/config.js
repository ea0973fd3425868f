"use strict";
Object.defineProperty(exports, Symbol.toStringTag, { value: "Module" });
const node_path = require("node:path");
const node_util = require("node:util");
const shared = require("./shared.js");
const scalar = shared.aD([shared.ay(), shared.aC(), shared.au()], "must be text, a number or a boolean");
const filled = shared.aw(shared.ay("must be text"), shared.ax("must not be empty"));
const kinds = Object.values(shared.a$);
const kindSchemas = Object.fromEntries(kinds.map((one) => [one.kind, toSchema(one)]));
function toSchema({ keys }) {
  const entries = Object.keys(keys).map((key) => [key, shared.as(filled)]);
  return entries.length === 0 ? filled : shared.ar(Object.fromEntries(entries));
}
const rules = shared.at(shared.b2(), "must be a list of capture rules");
const storageSchema = shared.ar({
  name: shared.as(filled),
  ...Object.fromEntries(kinds.map(({ kind }) => [kind, shared.as(kindSchemas[kind])])),
  layout: shared.as(shared.av(shared.b0, `must be one of ${shared.b0.join(", ")}`)),
  captures: shared.as(rules),
  tags: shared.as(shared.aG(shared.ay(), shared.b1(scalar), "must be a map of tags")),
  measurement: shared.as(filled),
  "matrix-tags": shared.as(shared.au("must be true or false")),
  builder: shared.as(filled)
});
const configSchema = shared.ar({
  captures: shared.as(rules),
  // compare/compare-schema.ts checks it, and is loaded only then.
  compare: shared.as(shared.b2()),
  storages: shared.aw(
    shared.at(storageSchema, "must be a list of storages"),
    shared.a_(1, `must have at least one storage (${kinds.map(({ kind }) => kind).join(" or ")})`)
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
    return { ...place, text: shared.aJ(issue, key, findKnown(keys), "") };
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
      text: `${where} must be a map of keys: ${findKnown([...keys, ""]).join(", ")}, but is ${shared.b3(issue.input)}`
    };
  }
  const isEmptyList = Array.isArray(issue.input) && issue.input.length === 0;
  const isSecret = ["token", "password"].includes(String(key));
  const shown = isSecret ? typeof issue.input : isEmptyList ? "[]" : shared.b3(issue.input);
  const quote = issue.message === "must be text" && typeof issue.input === "number" ? ": put it in quotes" : "";
  return { ...place, text: `${shared.aJ(issue, key, [], shown)}${quote}` };
}
function findKnown(keys) {
  const kind = shared.W(keys[2]);
  if (kind !== void 0 && keys.length > 3) return Object.keys(kind.keys);
  return Object.keys(keys.length > 2 ? storageSchema.entries : configSchema.entries);
}
function parseConfigTarget(storage, placeOf, run, problems) {
  const kinds2 = Object.values(shared.a$);
  const [kind, ...others] = kinds2.filter((one) => storage[one.kind] !== void 0);
  if (kind === void 0 || others.length > 0) {
    problems.push({ ...placeOf(), text: `a storage must have either ${kinds2.map((one) => one.kind).join(" or ")}` });
    return { targets: [], notices: [], missingSecrets: [] };
  }
  const given = storage[kind.kind] ?? "";
  const entries = typeof given === "string" ? { [kind.kind]: given } : given;
  const values = /* @__PURE__ */ new Map();
  const unset = /* @__PURE__ */ new Set();
  const empty = [];
  for (const [key, value] of Object.entries(entries)) {
    if (value === void 0) continue;
    const variable = findVariable(value);
    const resolved = variable === void 0 ? value : run.env[variable];
    if (resolved !== void 0) values.set(key, resolved.trim());
    if (variable !== void 0 && resolved === void 0) {
      const where = "set it under env: of the Build Stats step or of the job";
      const text = `${key}: the environment variable ${variable} is not set; ${where}`;
      problems.push({ ...placeOf(kind.kind, key), text });
      unset.add(key);
    }
    if (variable !== void 0 && resolved?.trim() === "") empty.push(variable);
  }
  const read = (name) => values.get(name) ?? "";
  run.addSecrets(shared.b4(read));
  if (empty.length > 0 && shared.b5(run)) {
    const text = `${empty.map((name) => `$${name}`).join(" and ")} of this storage ${empty.length > 1 ? "are" : "is"} empty`;
    problems.push({ ...placeOf(), text: `${text}. ${run.secretHint}` });
    return { targets: [], notices: [], missingSecrets: [] };
  }
  if (empty.length > 0) return toFallback(empty, kind.noun, placeOf(), run);
  if (kind.parse !== void 0) {
    const parsed = unset.size > 0 ? void 0 : kind.parse(read);
    if (parsed !== void 0 && "text" in parsed)
      problems.push({ ...placeOf(kind.kind, parsed.key), text: parsed.text });
    return { targets: parsed === void 0 || "text" in parsed ? [] : [parsed], notices: [], missingSecrets: [] };
  }
  const missing = kind.kind === "influxdb" ? findMissing(entries).filter((key) => !unset.has(key)) : [];
  for (const key of missing) problems.push({ ...placeOf(), text: `influxdb lacks "${key}"; ${remedies[key]}` });
  const known = /* @__PURE__ */ new Set([...missing, ...unset]);
  const wrong = [];
  const readAll = (name) => known.has(name) ? standIns[name] || "-" : read(name);
  const { targets } = shared.b6(readAll, { ...run, hasNoSecrets: false }, wrong);
  for (const { input, text } of wrong) {
    if (!known.has(input)) problems.push({ ...placeOf(kind.kind, input), text: `"${input}" ${text}` });
  }
  return { targets, notices: [], missingSecrets: [] };
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
  org: "write org: acme, the name or ID of the organisation",
  token: "write token: $INFLUX_TOKEN, an environment variable that holds the secret",
  password: "write password: $INFLUX_PASSWORD, an environment variable that holds the secret",
  username: "password needs a username"
};
const standIns = { url: "http://localhost", api: "v2" };
function toFallback(variables, meant, { input, line }, run) {
  const path = shared.a0(run);
  const are = variables.length > 1 ? "are" : "is";
  const why = `${variables.map((name) => `$${name}`).join(" and ")} of the storage in ${input}, line ${line}, ${are} empty`;
  const where = `its points go to the file ${path}, which a hosted runner throws away, and not to ${meant}`;
  const text = `${why}: ${where}. ${run.secretHint}`;
  return {
    targets: [{ kind: "file", path, name: path }],
    notices: [text],
    missingSecrets: run.hasNoSecrets ? [] : [text]
  };
}
function findVariable(value) {
  return /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(value)?.[1];
}
async function readConfig(read, defaults, run, problems) {
  const path = read("config");
  for (const input of shared.b7.filter((name) => read(name) !== "")) {
    problems.push({ input, text: `cannot be combined with config: write it in ${path}, or leave config out` });
  }
  const text = run.readFile(node_path.isAbsolute(path) ? path : node_path.resolve(run.workspace, path));
  if (text === void 0) {
    const missing = "does not exist; check the path, and that the repository is checked out before the job ends";
    if (run.phase !== "main") problems.push({ input: "config", text: `the file ${path} ${missing}` });
    return { storages: [], notices: [], missingSecrets: [] };
  }
  const yaml = await shared.aK(path, text, problems);
  if (yaml === void 0) return { storages: [], notices: [], missingSecrets: [] };
  const toContext = (captures2, damaged = /* @__PURE__ */ new Set()) => {
    const shared2 = captures2 === void 0 ? defaults.rules : toRuleList(captures2, path, yaml, ["captures"]);
    return { path, yaml, shared: shared2, defaults, run, damaged };
  };
  const result = shared.aI(configSchema, yaml.value);
  if (!result.success) {
    problems.push(...result.issues.map((issue) => explainIssue(issue, path, yaml)));
    const places = result.issues.map(toPlace);
    const rest = shared.aI(configSchema, omit(yaml.value, places));
    if (rest.success) {
      const damaged = new Set(places.flatMap(([root, index]) => root === "storages" ? [index] : []));
      await parseStorageList(rest.output.storages, toContext(rest.output.captures, damaged), problems);
    } else await findRuleProblems(path, yaml, defaults, problems);
    await readCompare(path, yaml, problems);
    return { storages: [], notices: [], missingSecrets: [] };
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
  const { parseCompare } = await Promise.resolve().then(() => require("./compare.js")).then((n) => n.c);
  const lineOf = (place) => yaml.lineOf(["compare", ...place]);
  return { compare: { comparisons: parseCompare(compare, path, lineOf, problems) } };
}
async function findRuleProblems(path, yaml, defaults, problems) {
  const { captures, storages } = toMap(yaml.value);
  const lists = Array.isArray(storages) ? storages.map(toMap) : [];
  const placed = [
    { value: captures, kind: defaults.kind, prefix: ["captures"] },
    ...lists.map((storage, index) => ({
      value: storage.captures,
      kind: shared.b0.find((kind) => kind === storage.layout) ?? defaults.kind,
      prefix: ["storages", index, "captures"]
    }))
  ];
  for (const { value, kind, prefix } of placed) {
    if (!Array.isArray(value)) continue;
    await shared.b8(toRuleList(value, path, yaml, prefix), shared.ba(kind, defaults.options), problems);
  }
}
function toMap(value) {
  return typeof value === "object" && value !== null ? value : {};
}
async function parseStorageList(list, context, problems) {
  const { path, yaml, shared: shared$1 } = context;
  const storages = [];
  const notices = [];
  const missingSecrets = [];
  const names = /* @__PURE__ */ new Set();
  const sharedRules = /* @__PURE__ */ new Map();
  for (const [index, storage] of list.entries()) {
    const place = { input: path, line: yaml.lineOf(["storages", index]) };
    if (storage.name !== void 0 && names.has(storage.name)) {
      problems.push({ ...place, text: `two storages are named "${storage.name}"; give each its own name` });
    }
    if (storage.name !== void 0) names.add(storage.name);
    const layout = parseLayout(storage, index, context, problems);
    let rules2 = sharedRules.get(layout.kind);
    if (storage.captures !== void 0) {
      const own = toRuleList(storage.captures, path, yaml, ["storages", index, "captures"]);
      rules2 = await shared.b8(own, layout, problems);
    } else if (rules2 === void 0) {
      const found2 = [];
      rules2 = shared$1 === void 0 ? shared.b9 : await shared.b8(shared$1, layout, found2);
      problems.push(...found2.filter((one) => !problems.some((told) => shared.k(told) === shared.k(one))));
      sharedRules.set(layout.kind, rules2);
    }
    const { run } = context;
    const placeOf = (...keys) => ({ input: path, line: yaml.lineOf(["storages", index, ...keys]) });
    if (context.damaged.has(index)) continue;
    const found = parseConfigTarget(storage, placeOf, run, problems);
    notices.push(...found.notices);
    missingSecrets.push(...found.missingSecrets);
    for (const target of found.targets) {
      const isThere = storages.some(
        (other) => other.rules === rules2 && node_util.isDeepStrictEqual([other.target, other.layout], [target, layout])
      );
      if (isThere && target.kind === "file" && target.path === shared.a0(run)) continue;
      const { name, builder } = storage;
      storages.push({
        ...name === void 0 ? {} : { name },
        ...builder === void 0 ? {} : { builder },
        ...{ target, rules: rules2, layout }
      });
    }
  }
  if (shared$1 !== void 0 && sharedRules.size === 0) {
    await shared.b8(shared$1, shared.ba(context.defaults.kind, context.defaults.options), problems);
  }
  return { storages, notices, missingSecrets };
}
function parseLayout(storage, index, { path, yaml, defaults }, problems) {
  const kind = storage.layout ?? defaults.kind;
  const placeOf = (...keys) => ({ input: path, line: yaml.lineOf(["storages", index, ...keys]) });
  if (kind === "buildbot") {
    for (const key of ["measurement", "matrix-tags"]) {
      if (storage[key] === void 0) continue;
      problems.push({ ...placeOf(key), text: `"${key}" is not used by the layout buildbot: leave it out` });
    }
  }
  const { measurement } = storage;
  const written = toMap(yaml.toText()).storages;
  const tags = storage.tags && Array.isArray(written) ? toMap(toMap(written[index]).tags) : void 0;
  if (storage.tags && Array.isArray(written) && Array.isArray(toMap(written[index]).tags)) {
    problems.push({ ...placeOf("tags"), text: '"tags" must be a map of tags, but is a list: write {team: web}' });
  }
  const parsedTags = tags === void 0 ? void 0 : shared.aZ(tags, (key) => placeOf("tags", key), problems);
  if (kind === "buildbot") {
    const found = parsedTags === void 0 ? defaults.buildbotProblems : shared.bb(parsedTags, (key) => placeOf("tags", key));
    problems.push(...found.filter((one) => !problems.includes(one)));
  }
  return shared.ba(kind, {
    measurement: measurement === void 0 ? defaults.options.measurement : shared.bc(measurement, placeOf("measurement"), problems),
    tags: parsedTags ?? defaults.options.tags,
    matrixTags: storage["matrix-tags"] ?? defaults.options.matrixTags
  });
}
function toRuleList(value, source, yaml, prefix) {
  return { value, source, lineOf: (path) => yaml.lineOf([...prefix, ...path]) };
}
exports.readConfig = readConfig;
