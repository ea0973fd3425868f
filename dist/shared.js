'use strict';

const node_fs = require('node:fs');
const problem = require('./shared3.js');

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

const separator = " / ";
function findCaller({ name, job, matrix, definedIn, triggered }) {
  const isCalled = definedIn && triggered ? definedIn.toLowerCase() !== triggered.toLowerCase() : void 0;
  if (isCalled === false) return "";
  if (name === void 0) return void 0;
  const suffix = problem.toLegSuffix(matrix);
  const bare = suffix !== "" && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  const parts = bare.split(separator);
  const own = parts.findLastIndex((part, index) => index > 0 && (part === job || part.startsWith(`${job} (`)));
  if (own > 0) return parts.slice(0, own).join(separator);
  if (isCalled) return parts.length > 1 ? parts.slice(0, -1).join(separator) : void 0;
  return parts.length > 1 ? void 0 : "";
}
function cutRunValues(caller, { ids, words }) {
  return caller.split(separator).map((part) => replaceAll(isJobId(part) ? part : replaceAll(part, words), ids)).join(separator);
}
function isJobId(text) {
  return /^[A-Za-z_][\w-]*$/.test(text);
}
function replaceAll(text, values) {
  return values.filter((value) => value !== "").toSorted((a, b) => b.length - a.length).reduce((rest, value) => {
    const isWord = (character) => character !== void 0 && /[\p{L}\p{N}]/u.test(character);
    let [done, at] = ["", 0];
    for (; ; ) {
      const from = rest.indexOf(value, at);
      if (from < 0) return done + rest.slice(at);
      const end = from + value.length;
      const isWhole = !isWord(rest[from - 1]) && !isWord(rest[end]);
      done += rest.slice(at, from) + (isWhole ? "*" : value);
      at = end;
    }
  }, text);
}

function readEvent(env) {
  try {
    const path = env.GITHUB_EVENT_PATH ?? "";
    if (!node_fs.statSync(path).isFile()) return {};
    const payload = JSON.parse(node_fs.readFileSync(path, "utf8"));
    return problem.isObject(payload) ? payload : {};
  } catch {
    return {};
  }
}
function toIdentity(env, event, contexts, builder = "") {
  const workflow = env.GITHUB_WORKFLOW ?? "";
  const job = env.GITHUB_JOB ?? "";
  const jobId = toInteger(contexts.job.check_run_id);
  return {
    builder: builder || problem.toBuilder(workflow, job, contexts.matrix),
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
function toCaller(env, event, contexts, name) {
  const caller = findCaller({
    ...{ name, job: env.GITHUB_JOB ?? "", matrix: contexts.matrix },
    definedIn: textAt(contexts.job, "workflow_ref"),
    triggered: env.GITHUB_WORKFLOW_REF
  });
  if (caller === void 0) return void 0;
  const shas = [env.GITHUB_SHA, env.GITHUB_WORKFLOW_SHA, textAt(event, "pull_request", "head", "sha")];
  const refs = [env.GITHUB_REF, env.GITHUB_REF_NAME, env.GITHUB_HEAD_REF, toBranch(env, event)];
  const inputs = [event.inputs, contexts.inputs].flatMap((map) => problem.isObject(map) ? Object.values(map) : []);
  return cutRunValues(caller, {
    ids: [env.GITHUB_RUN_ID, env.GITHUB_RUN_NUMBER, ...shas.flatMap((sha) => [sha, sha?.slice(0, 7)])].filter(isText),
    words: [...refs, ...inputs.map((value) => isWord(value) ? String(value) : void 0)].filter(isText)
  });
}
function isWord(value) {
  return (typeof value === "string" || typeof value === "number") && !/^(true|false|)$/.test(String(value));
}
function isText(text) {
  return text !== void 0;
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
  const head = problem.isObject(event.pull_request) ? event.pull_request.head : void 0;
  if (!problem.isObject(head)) return false;
  const name = textAt(head, "repo", "full_name");
  return head.repo === null || name !== void 0 && name !== env.GITHUB_REPOSITORY;
}
function pick(env, prefix, keys) {
  const entries = keys.map((key) => [key, env[`${prefix}_${key.toUpperCase()}`]]);
  return Object.fromEntries(entries.filter((entry) => Boolean(entry[1])));
}
function textAt(root, ...keys) {
  let value = root;
  for (const key of keys) value = problem.isObject(value) ? value[key] : void 0;
  return typeof value === "string" && value !== "" ? value : void 0;
}
function toInteger(value) {
  const text = typeof value === "object" ? "" : String(value);
  return /^\d{1,18}$/.test(text) ? BigInt(text) : void 0;
}

exports.readEvent = readEvent;
exports.redactData = redactData;
exports.redactRecord = redactRecord;
exports.toCaller = toCaller;
exports.toEnvProperties = toEnvProperties;
exports.toGithubProperties = toGithubProperties;
exports.toIdentity = toIdentity;
exports.toRunUrl = toRunUrl;
exports.toRunnerProperties = toRunnerProperties;
exports.toSecretHint = toSecretHint;
