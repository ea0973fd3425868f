'use strict';

const _undici = require('./shared.js');
const node_path = require('node:path');
const os = require('node:os');
const fs = require('node:fs');

function redactData(value, redact) {
  return redactValue(value, redact);
}
function redactValue(value, redact) {
  if (typeof value === "string") return redact(value);
  if (typeof value === "number") return redact(String(value)) === String(value) ? value : redact(String(value));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => redactValue(item, redact));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [redact(key), redactValue(inner, redact)]));
}
function redactRecord(record, redact) {
  if (isClean(record, redact)) return record;
  const json = record.json === void 0 ? {} : { json: redactData(record.json, redact) };
  return {
    ...record,
    name: redact(record.name),
    tags: [...new Map(record.tags.map(([key, value]) => [redact(key), redact(value)]))],
    fields: [...new Map(record.fields.map(([key, value]) => [redact(key), redactField(value, redact)]))],
    ...json
  };
}
function isClean({ name, tags, fields, json }, redact) {
  if (json !== void 0 || redact(name) !== name) return false;
  for (const [key, value] of tags) if (redact(key) !== key || redact(value) !== value) return false;
  for (const [key, value] of fields) if (redact(key) !== key || redactField(value, redact) !== value) return false;
  return true;
}
function redactField(value, redact) {
  if (typeof value === "boolean") return value;
  const text = typeof value === "object" ? String(value.value) : String(value);
  const redacted = redact(text);
  return redacted === text ? value : redacted;
}

function readEvent(env) {
  try {
    const payload = JSON.parse(fs.readFileSync(env.GITHUB_EVENT_PATH ?? "", "utf8"));
    return _undici.isObject(payload) ? payload : {};
  } catch {
    return {};
  }
}
function toIdentity(env, event, contexts) {
  const workflow = env.GITHUB_WORKFLOW ?? "";
  const job = env.GITHUB_JOB ?? "";
  const jobId = toInteger(contexts.job.check_run_id);
  return {
    builder: _undici.toBuilder(workflow, job, contexts.matrix),
    repository: env.GITHUB_REPOSITORY ?? "",
    workflow,
    job,
    event: env.GITHUB_EVENT_NAME ?? "",
    branch: toBranch(env, event),
    defaultBranch: toDefaultBranch(env, event),
    sha: env.GITHUB_SHA ?? "",
    actor: env.GITHUB_ACTOR ?? "",
    url: toRunUrl(env, jobId),
    runId: toInteger(env.GITHUB_RUN_ID),
    number: toInteger(env.GITHUB_RUN_NUMBER),
    attempt: toInteger(env.GITHUB_RUN_ATTEMPT),
    jobId,
    runnerName: env.RUNNER_NAME ?? "",
    runnerOs: env.RUNNER_OS ?? "",
    runnerArch: env.RUNNER_ARCH ?? "",
    matrix: contexts.matrix
  };
}
function toRunUrl(env, jobId) {
  const server = env.GITHUB_SERVER_URL ?? "https://github.com";
  const run = `${server}/${env.GITHUB_REPOSITORY ?? ""}/actions/runs/${env.GITHUB_RUN_ID ?? ""}`;
  return jobId === void 0 ? `${run}/attempts/${env.GITHUB_RUN_ATTEMPT ?? "1"}` : `${run}/job/${jobId}`;
}
function toBranch(env, event) {
  return env.GITHUB_HEAD_REF || textAt(event, "pull_request", "head", "ref") || env.GITHUB_REF_NAME || "";
}
function toDefaultBranch(env, event) {
  const name = env.GITHUB_EVENT_NAME ?? "";
  if (name === "schedule") return "true";
  if (name.startsWith("pull_request")) return "false";
  const defaultBranch = textAt(event, "repository", "default_branch");
  if (defaultBranch === void 0 || env.GITHUB_REF === void 0) return "unknown";
  return env.GITHUB_REF === `refs/heads/${defaultBranch}` ? "true" : "false";
}
const githubKeys = [
  "actor",
  "actor_id",
  "api_url",
  "base_ref",
  "event_name",
  "graphql_url",
  "head_ref",
  "job",
  "ref",
  "ref_name",
  "ref_protected",
  "ref_type",
  "repository",
  "repository_id",
  "repository_owner",
  "repository_owner_id",
  "retention_days",
  "run_attempt",
  "run_id",
  "run_number",
  "server_url",
  "sha",
  "triggering_actor",
  "workflow",
  "workflow_ref",
  "workflow_sha",
  "workspace"
];
const runnerKeys = ["arch", "debug", "environment", "name", "os", "temp", "tool_cache"];
function toGithubProperties(env) {
  return pick(env, "GITHUB", githubKeys);
}
function toRunnerProperties(env) {
  return pick(env, "RUNNER", runnerKeys);
}
function toEnvProperties(env) {
  const entries = Object.entries(env).filter(([name]) => !/^(INPUT|STATE|ACTIONS)_/i.test(name));
  return Object.fromEntries(entries.filter((entry) => entry[1] !== void 0));
}
function toSecretHint(env, event) {
  if (isFork(env, event)) {
    const secretHint2 = "Secrets are not passed to workflows that a pull request from a fork triggers.";
    return { hasNoSecrets: env.GITHUB_EVENT_NAME !== "pull_request_target", secretHint: secretHint2 };
  }
  if (env.GITHUB_ACTOR === "dependabot[bot]") {
    return { hasNoSecrets: true, secretHint: "Runs that Dependabot triggers see Dependabot secrets only." };
  }
  const secretHint = "If it is set from a secret or variable, make sure that it exists and is available in this workflow.";
  return { hasNoSecrets: false, secretHint };
}
function isFork(env, event) {
  const head = _undici.isObject(event.pull_request) ? event.pull_request.head : void 0;
  if (!_undici.isObject(head)) return false;
  const name = textAt(head, "repo", "full_name");
  return head.repo === null || name !== void 0 && name !== env.GITHUB_REPOSITORY;
}
function pick(env, prefix, keys) {
  const entries = keys.map((key) => [key, env[`${prefix}_${key.toUpperCase()}`]]);
  return Object.fromEntries(entries.filter((entry) => Boolean(entry[1])));
}
function textAt(root, ...keys) {
  let value = root;
  for (const key of keys) value = _undici.isObject(value) ? value[key] : void 0;
  return typeof value === "string" && value !== "" ? value : void 0;
}
function toInteger(value) {
  const text = typeof value === "object" ? "" : String(value);
  return /^\d{1,18}$/.test(text) ? BigInt(text) : void 0;
}

const readMs = 300;
const keepMs = 300;
const cancelled = { writeMs: 1500, readMs: 300, keepMs: 2e3 };
function openDeadlines(timeoutMs, reserveMs, cancel, why = "its time was over (input timeout)") {
  const write = new AbortController();
  const read = new AbortController();
  const keep = new AbortController();
  let endMs = 0;
  let timers = [];
  function set(writeMs, thenReadMs, thenKeepMs, reason) {
    for (const timer of timers) clearTimeout(timer);
    endMs = performance.now() + writeMs;
    timers = [
      setTimeout(() => write.abort(new _undici.EndOfWriting(reason)), writeMs),
      setTimeout(() => read.abort(), writeMs + thenReadMs),
      setTimeout(() => keep.abort(), writeMs + thenReadMs + thenKeepMs)
    ];
  }
  const half = reserveMs / 2;
  set(timeoutMs - reserveMs, Math.max(readMs, half), Math.max(keepMs, half), why);
  const onCancel = () => {
    const leftMs = Math.max(0, Math.min(cancelled.writeMs, endMs - performance.now()));
    if (!write.signal.aborted) set(leftMs, cancelled.readMs, cancelled.keepMs, "the job was cancelled");
  };
  if (cancel.aborted) onCancel();
  else cancel.addEventListener("abort", onCancel, { once: true });
  return {
    signal: write.signal,
    readSignal: read.signal,
    keepSignal: keep.signal,
    remainingMs: () => Math.max(0, endMs - performance.now())
  };
}

function parseBoolean(read, name, byDefault, problems, others = []) {
  const text = read(name);
  if (text === "") return byDefault;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  if (!/^(false|False|FALSE)$/.test(text)) {
    const values = ["true", "false", ...others];
    const allowed = `${values.slice(0, -1).join(", ")} or ${values.at(-1)}`;
    const what = `must be ${allowed}, but is ${JSON.stringify(text)}`;
    problems.push({ input: name, text: `${what}. ${_undici.suggest(text, values, "values")}` });
  }
  return false;
}
const maxTimeout = 3600;
function parseTimeout(text, problems) {
  if (text === "") return 3e4;
  const ms = /^\d+(\.\d+)?$/.test(text) ? Math.round(Number(text) * 1e3) : 0;
  if (ms < 1 || ms > maxTimeout * 1e3) {
    problems.push({
      input: "timeout",
      text: `must be seconds, more than 0 and at most ${maxTimeout}, but is ${JSON.stringify(text)}`
    });
  }
  return ms;
}
function parseFolder(read, name, problems) {
  const path = read(name);
  if (path === "") return void 0;
  if (!node_path.isAbsolute(path)) {
    const text = `must be an absolute path, outside of the workspace, but is ${JSON.stringify(path)}; write it as /var/lib/build-stats`;
    problems.push({ input: name, text });
  }
  return path;
}

function redactAnswers(run, redact) {
  return async (calls) => (await run(calls)).map((answer) => {
    if ("failure" in answer) return { failure: redact(answer.failure) };
    if (_undici.isDeep(answer.value)) return { failure: `what it gave is nested deeper than ${_undici.maxDepth} levels` };
    return answer.value === void 0 ? answer : { value: redactData(answer.value, redact) };
  });
}
async function applyCallbacks(captures, run) {
  const calls = captures.captured.flatMap(toCall);
  if (calls.length === 0) return captures;
  const answers = (await run(calls)).values();
  const captured = [];
  const misses = [...captures.misses];
  for (const one of captures.captured) {
    const [call] = toCall(one);
    if (call === void 0) {
      captured.push(one);
      continue;
    }
    try {
      const type = one.rule.kind !== "property" ? void 0 : one.rule.tag === void 0 ? one.rule.type : "string";
      const value = readAnswer(call, one.rule, answers.next().value);
      captured.push({ ...one, value: toTypedValue(value, type, call, one.rule) });
    } catch (error) {
      if (!(error instanceof _undici.ValueError)) throw error;
      misses.push({
        rule: one.rule,
        reason: error.message,
        level: one.rule.kind === "property" ? one.rule.onMissing : "warn"
      });
    }
  }
  return { ...captures, captured, misses };
}
async function applyDataCallbacks(records, run) {
  const calls = records.flat().flatMap(
    ({ rule, record }) => rule.callback === void 0 ? [] : [{ callback: rule.callback, input: record.json ?? toInput(record) }]
  );
  if (calls.length === 0) return { captured: [...records], misses: [] };
  const answers = (await run(calls)).values();
  const remaining = calls.values();
  const misses = [];
  const captured = records.flatMap((found) => {
    const plain = found.filter(({ rule }) => rule.callback === void 0);
    const made = found.flatMap(({ rule, record }) => {
      if (rule.callback === void 0) return [];
      const call = remaining.next().value;
      try {
        const value = readAnswer(call, rule, answers.next().value);
        const sets = Array.isArray(value) ? value : [value];
        return sets.map((set, index) => [
          { rule, record: { ...later(record, index), fields: toFieldSet(set, call, rule) } }
        ]);
      } catch (error) {
        if (!(error instanceof _undici.ValueError)) throw error;
        misses.push({ rule, reason: error.message, level: "warn" });
        return [];
      }
    });
    return plain.length > 0 ? [plain, ...made] : made;
  });
  return { captured, misses };
}
function toCall(captured) {
  const { callback } = captured.rule;
  if (callback === void 0 || captured.input === void 0) return [];
  return [{ callback, input: captured.input }];
}
function readAnswer(call, rule, answer) {
  const fail = (why) => new _undici.ValueError(`${quoteCall(call, rule)} ${why}`);
  if (answer === void 0) throw fail("was not run");
  if ("failure" in answer) throw fail(`failed: ${shorten(answer.failure)}`);
  if (answer.value === void 0 || answer.value === null) throw fail("gave nothing");
  return answer.value;
}
function toTypedValue(value, type, call, rule) {
  try {
    return _undici.toFieldValue(value, type);
  } catch (error) {
    if (error instanceof _undici.ValueError) throw new _undici.ValueError(`${quoteCall(call, rule)} gave a value that ${error.message}`);
    throw error;
  }
}
function toFieldSet(value, call, rule) {
  const fields = _undici.isObject(value) ? _undici.toFields(value) : [];
  if (fields.length > 0) return fields;
  throw new _undici.ValueError(`${quoteCall(call, rule)} gave no fields: it must give a map, or a list of maps`);
}
function later({ json: _, ...record }, index) {
  return record.timeNs === void 0 ? record : { ...record, timeNs: record.timeNs + BigInt(index) };
}
function toInput({ fields, tags }) {
  const values = fields.map(([key, value]) => [key, toJson(value)]);
  return Object.fromEntries([...tags, ...values]);
}
function toJson(value) {
  if (typeof value === "bigint") return Number(value);
  return typeof value === "object" ? Number(value.value) : value;
}
function quoteCall({ callback, input }, rule) {
  const { props, ...others } = input;
  const shown = rule.kind === "property" || props === void 0 ? others : input;
  return `callback ${JSON.stringify(shorten(callback))} on ${shorten(JSON.stringify(shown))}`;
}
function shorten(text) {
  return text.length > 200 ? `${text.slice(0, 200)}\u2026` : text;
}
function hasCallback(rules) {
  return rules.some(({ callback }) => callback !== void 0);
}

async function parseCaptures(list, layout, problems) {
  const { value, source, lineOf } = list;
  const { parseRules } = await Promise.resolve().then(() => require('./parse-rules.js'));
  const parsed = parseRules(value, lineOf, { source, layout: layout.kind });
  for (const { path, text } of parsed.problems) problems.push({ input: source, line: lineOf(path), text });
  problems.push(...findReserved(parsed.rules, layout), ...await findCallbackProblems(parsed.rules));
  return parsed.rules;
}
function findReserved(rules, layout) {
  if (layout.kind !== "native") return [];
  const reserved = _undici.toOwnMeasurements(layout.options);
  return rules.filter((rule) => rule.kind === "data").filter((rule) => rule.measurement !== void 0 && reserved.includes(rule.measurement)).map(({ measurement, source, line }) => {
    const text = `"${measurement}" is the measurement of the builds themselves; choose another`;
    return { input: source, line, text };
  });
}
async function findCallbackProblems(rules) {
  if (!hasCallback(rules)) return [];
  const { parseCallback } = await Promise.resolve().then(() => require('./callback-parser.js')).then(n => n.callbackParser);
  return rules.flatMap(({ callback, source, line }) => {
    const wrong = callback === void 0 ? void 0 : parseCallback(callback);
    return wrong === void 0 ? [] : [{ input: source, line, text: wrong }];
  });
}

function redactStorages(storages, redact) {
  const redacted = /* @__PURE__ */ new Map();
  return storages.map((storage) => {
    const rules = redacted.get(storage.rules) ?? storage.rules.map((rule) => redactRule(rule, redact));
    redacted.set(storage.rules, rules);
    return { ...storage, rules, layout: redactLayout(storage.layout, redact) };
  });
}
function redactLayout(layout, redact) {
  return layout.kind === "native" ? { ...layout, options: redactData(layout.options, redact), redact } : { ...layout, redact };
}
function redactRule(rule, redact) {
  const redactName = (name) => name === void 0 ? void 0 : redact(name);
  const builder = rule.builder?.map(redact);
  switch (rule.kind) {
    case "start-time":
    case "end-time":
    case "duration":
      return { ...rule, builder, field: redactName(rule.field) };
    case "property": {
      const [field, tag] = [redactName(rule.field), redactName(rule.tag)];
      return { ...rule, builder, match: redactMatcher(rule.match, redact), field, tag };
    }
    case "data": {
      const tags = rule.tags.map(redact);
      return {
        ...rule,
        builder,
        match: redactMatcher(rule.match, redact),
        measurement: redactName(rule.measurement),
        tags
      };
    }
    case "steps":
      return { ...rule, builder, match: rule.match && redactMatcher(rule.match, redact) };
  }
}
function redactMatcher(match, redact) {
  return "name" in match ? { name: redact(match.name) } : match;
}

const influxInputs = ["api", "token", "org", "bucket", "database", "username", "password", "retention-policy"];
const apis = ["v1", "v2", "v3"];
const foreign = {
  v1: ["token", "org", "bucket"],
  v2: ["database", "username", "password", "retention-policy"],
  v3: ["org", "bucket", "username", "password", "retention-policy"]
};
function parseTargets(read, around, problems) {
  const file = read("file");
  const files = file === "" ? [] : [toFileTarget(file, around.workspace)];
  const given = influxInputs.filter((name) => read(name) !== "");
  if (read("url") === "" && given.length === 0 && files.length > 0) return { targets: files, notices: [], mistakes: [] };
  const url = read("url") === "" ? void 0 : parseUrl(read("url"), problems);
  const api = parseApi(read, given, problems);
  if (api === void 0) return { targets: files, notices: [], mistakes: [] };
  const missing = findMissing(read, api, around.hasNoSecrets);
  const unset = missing.find(({ secret }) => !secret);
  if (unset && read("url") !== "") problems.push({ input: unset.name, text: `is empty; ${unset.remedy}` });
  const empty = [
    ...read("url") === "" ? ["url"] : [],
    ...missing.filter(({ secret }) => secret).map(({ name }) => name)
  ];
  if (empty.length > 0 && around.phase === "replay") {
    for (const name of empty) problems.push({ input: name, text: `is empty. ${around.secretHint}` });
    return { targets: [], notices: [], mistakes: [] };
  }
  if (empty.length > 0) {
    const target = files[0] ?? toFileTarget(node_path.join(around.runnerTemp, "build-stats.lp"), around.workspace);
    const why = `The input${empty.length > 1 ? "s" : ""} ${empty.join(" and ")} ${empty.length > 1 ? "are" : "is"} empty`;
    const fate = files[0] === void 0 ? ", which a hosted runner throws away," : "";
    const where = `points go to the file ${target.name}${fate} and not to InfluxDB`;
    const text = `${why}: ${where}. ${around.secretHint}`;
    const isMistake = !around.hasNoSecrets && given.length > 0;
    return { targets: [target], notices: [text], mistakes: isMistake ? [text] : [] };
  }
  if (url === void 0 || unset) return { targets: files, notices: [], mistakes: [] };
  return { targets: [toInfluxTarget(read, api, url), ...files], notices: [], mistakes: [] };
}
function toFileTarget(file, workspace) {
  return { kind: "file", path: node_path.isAbsolute(file) ? file : node_path.resolve(workspace, file), name: file };
}
function parseApi(read, given, problems) {
  const value = read("api");
  const api = value === "" ? guessApi(given) : apis.find((known) => known === value);
  if (api === void 0) {
    problems.push({ input: "api", text: `${JSON.stringify(value)} is unknown; it must be one of ${apis.join(", ")}` });
    return void 0;
  }
  const wrong = given.filter((name) => foreign[api].includes(name));
  for (const name of wrong) {
    const because = value === "" ? `which "${api === "v2" ? "bucket" : "database"}" means` : 'which "api" says';
    problems.push({
      input: name,
      text: `does not go with InfluxDB ${api}, ${because}. ${remedies[api]}`
    });
  }
  return wrong.length > 0 ? void 0 : api;
}
const remedies = {
  v1: "v1 takes database, and username and password",
  v2: "v2 takes token, org and bucket",
  v3: "v3 takes token and database"
};
function guessApi(given) {
  if (given.includes("bucket")) return "v2";
  if (given.includes("database")) return given.includes("token") ? "v3" : "v1";
  return given.some((name) => foreign.v2.includes(name)) ? "v1" : "v2";
}
function findMissing(read, api, hasNoSecrets) {
  const missing = [];
  const need = (name, secret, remedy) => {
    if (read(name) === "") missing.push({ name, secret: secret || hasNoSecrets, remedy });
  };
  if (api === "v2") need("bucket", false, "say where points go: bucket (v2, with token and org) or database (v1, v3)");
  else need("database", false, `InfluxDB ${api} needs the name of a database`);
  if (api !== "v1") need("token", true, "");
  const isSurelyV1 = ["api", "username", "password", "retention-policy"].some((name) => read(name) !== "");
  if (api === "v1" && hasNoSecrets && !isSurelyV1) need("token", true, "");
  if (api === "v1" && read("username") !== "") need("password", true, "");
  if (api === "v1" && read("password") !== "") need("username", true, "");
  return missing;
}
function toInfluxTarget(read, api, url) {
  switch (api) {
    case "v1": {
      const login = read("username") === "" ? void 0 : { username: read("username"), password: read("password") };
      const retentionPolicy = read("retention-policy") || void 0;
      return { kind: "influxdb", api, url, database: read("database"), retentionPolicy, login };
    }
    case "v2":
      return { kind: "influxdb", api, url, bucket: read("bucket"), org: read("org") || void 0, token: read("token") };
    case "v3":
      return { kind: "influxdb", api, url, database: read("database"), token: read("token") };
  }
}
function parseUrl(text, problems) {
  const problem = (wrong) => {
    problems.push({ input: "url", text: `${wrong}; write it as https://influx.example.com:8086` });
    return void 0;
  };
  if (!URL.canParse(text)) return problem("is no URL");
  const url = new URL(text);
  if (url.protocol !== "http:" && url.protocol !== "https:")
    return problem(`has the scheme ${url.protocol} instead of http or https`);
  if (url.username !== "" || url.password !== "") {
    return problem("holds credentials; give them as the inputs username and password, or token");
  }
  if (url.search !== "" || url.hash !== "") return problem("has a query or a fragment, which belong to no base URL");
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

async function parseStorages(read, around, problems) {
  const { storages, ...told } = await parseAll(read, around, problems);
  return { storages: around.redact === void 0 ? storages : redactStorages(storages, around.redact), ...told };
}
async function parseAll(read, around, problems) {
  const defaults = await parseDefaults(read, problems);
  if (read("config") !== "") {
    const { readConfig } = await Promise.resolve().then(() => require('./config.js'));
    return await readConfig(read, defaults, around, problems);
  }
  if (defaults.kind === "buildbot" && defaults.options.tags.length > 0) {
    problems.push({ input: "tags", text: "have no use in the layout buildbot: leave them out" });
  }
  const { targets, notices, mistakes } = parseTargets(read, around, problems);
  const layout = _undici.toLayout(defaults.kind, defaults.options);
  const rules = defaults.rules === void 0 ? _undici.defaultRules : await parseCaptures(defaults.rules, layout, problems);
  return { storages: targets.map((target) => ({ target, rules, layout })), notices, mistakes };
}
async function parseDefaults(read, problems) {
  const { map, lineOf } = await _undici.parseMap("tags", read("tags"), problems, "text");
  return {
    rules: await parseRuleList(read("captures"), problems),
    kind: _undici.parseLayoutKind(read("layout") || "native", { input: "layout" }, problems),
    options: {
      measurement: _undici.parseMeasurement(read("measurement"), { input: "measurement" }, problems),
      tags: _undici.parseTags(map, (key) => ({ input: "tags", line: lineOf([key]) }), problems),
      matrixTags: parseBoolean(read, "matrix-tags", true, problems)
    }
  };
}
async function parseRuleList(text, problems) {
  if (text.trim() === "") return void 0;
  const yaml = await _undici.parseYaml("captures", text, problems);
  return yaml && { value: yaml.value, source: "captures", lineOf: yaml.lineOf };
}

async function parseSettings(read, around, earlier = []) {
  const problems = [...earlier];
  const lenient = [];
  const warnings = [];
  const { storages, notices, mistakes, compare } = await parseStorages(read, around, problems);
  const settings = {
    storages,
    notices,
    mistakes,
    properties: await _undici.parseProperties(read("properties"), around.phase === "main" ? problems : lenient, warnings),
    githubToken: read("github-token") || void 0,
    startPoint: parseBoolean(read, "start-point", true, problems),
    summary: read("summary") === "verdict" ? "verdict" : parseBoolean(read, "summary", true, problems, ["verdict"]),
    compare: compare === void 0 ? await parseCompare(read("compare"), problems) : compare.comparison,
    timeoutMs: parseTimeout(read("timeout"), problems),
    spool: parseFolder(read, "spool", problems),
    failOnError: parseBoolean(read, "fail-on-error", false, problems),
    warnings,
    dryRun: parseBoolean(read, "dry-run", false, problems)
  };
  settings.warnings.push(...lenient.map((problem) => `${_undici.formatProblem(problem)}. Its values are not known.`));
  if (problems.length > 0) throw new _undici.SettingsError(problems);
  return settings;
}
async function parseCompare(text, problems) {
  if (/^(false)?$/i.test(text.trim())) return void 0;
  const { parseCompareInput } = await Promise.resolve().then(() => require('./compare-settings.js'));
  return await parseCompareInput(text, problems);
}

function toStartPointOf({ layout }, identity, startMs) {
  return layout.kind === "native" ? _undici.toStartPoint(identity, startMs, layout.options) : void 0;
}

const name = "build-stats";
function saveState(runner, state) {
  runner.saveState(name, JSON.stringify(state));
}
function readState(runner) {
  const text = runner.readState(name);
  return text === "" ? void 0 : JSON.parse(text);
}

function openRegular(path) {
  const file = fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0) | (fs.constants.O_NOCTTY ?? 0));
  const stats = fs.fstatSync(file);
  if (stats.isFile()) return { file, size: stats.size };
  fs.closeSync(file);
  return void 0;
}

const maxBytes = 2 ** 20;
function readText(path) {
  try {
    const opened = openRegular(path);
    if (opened === void 0) return void 0;
    try {
      const buffer = Buffer.alloc(Math.min(opened.size, maxBytes));
      return buffer.toString("utf8", 0, fs.readSync(opened.file, buffer, 0, buffer.length, 0));
    } finally {
      fs.closeSync(opened.file);
    }
  } catch {
    return void 0;
  }
}

function toSurroundings({ env, log }, phase, event) {
  return {
    phase,
    env,
    runnerTemp: env.RUNNER_TEMP || os.tmpdir(),
    workspace: env.GITHUB_WORKSPACE || process.cwd(),
    addSecrets: log.addSecrets,
    redact: log.redact,
    readFile: readText,
    ...toSecretHint(env, event)
  };
}

exports.applyCallbacks = applyCallbacks;
exports.applyDataCallbacks = applyDataCallbacks;
exports.hasCallback = hasCallback;
exports.openDeadlines = openDeadlines;
exports.openRegular = openRegular;
exports.parseBoolean = parseBoolean;
exports.parseCaptures = parseCaptures;
exports.parseFolder = parseFolder;
exports.parseSettings = parseSettings;
exports.parseStorages = parseStorages;
exports.parseTargets = parseTargets;
exports.parseTimeout = parseTimeout;
exports.readEvent = readEvent;
exports.readState = readState;
exports.redactAnswers = redactAnswers;
exports.redactData = redactData;
exports.redactRecord = redactRecord;
exports.saveState = saveState;
exports.toEnvProperties = toEnvProperties;
exports.toGithubProperties = toGithubProperties;
exports.toIdentity = toIdentity;
exports.toRunUrl = toRunUrl;
exports.toRunnerProperties = toRunnerProperties;
exports.toStartPointOf = toStartPointOf;
exports.toSurroundings = toSurroundings;
