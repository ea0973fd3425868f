'use strict';

const fs = require('node:fs');
const node_path = require('node:path');
const _undici = require('./shared.js');
const surroundings = require('./shared2.js');

const maxShownBytes = 2e6;
const mark = "# build-stats unsent ";
function formatHeader(header) {
  return `${mark}${JSON.stringify({ version: 1, ...header })}
`;
}
function parseHeader(line) {
  if (!line.startsWith(mark)) return void 0;
  try {
    const json = JSON.parse(line.slice(mark.length));
    const { name, target, builder, run_id, attempt } = json;
    const texts = [name ?? "", target, builder, run_id, attempt];
    if (json.version !== 1 || texts.some((text) => typeof text !== "string")) return void 0;
    return { ...name === void 0 ? {} : { name }, target, builder, run_id, attempt };
  } catch {
    return void 0;
  }
}
function openUnsentFile(toPath, header) {
  let path;
  let count = 0;
  let isFull = false;
  let shown = { bytes: 0, lines: 0 };
  let failure;
  return {
    get path() {
      return path;
    },
    get lines() {
      return count;
    },
    get shown() {
      return shown;
    },
    get failure() {
      return failure;
    },
    add(lines) {
      if (lines.length === 0) return;
      const head = count === 0 ? formatHeader(header) : "";
      const text = head + lines.map((line) => `${line}
`).join("");
      try {
        path ??= toPath();
        fs.appendFileSync(path, text, { mode: 384 });
      } catch (error) {
        failure = { reason: error.message, lines: (failure?.lines ?? 0) + lines.length };
        return;
      }
      if (count === 0) shown = { bytes: Buffer.byteLength(head), lines: 0 };
      count += lines.length;
      for (const line of isFull ? [] : lines) {
        const bytes = shown.bytes + Buffer.byteLength(line) + 1;
        isFull = bytes > maxShownBytes;
        if (isFull) break;
        shown = { bytes, lines: shown.lines + 1 };
      }
    }
  };
}

const names = /^(build-stats-unsent-[\w-]+\.\d+\.lp)(?:\.[\w-]+\.sending)?$/;
const staleMs = 36e5;
const headBytes = 16384;
function putIntoSpool(path, folder, name) {
  fs.mkdirSync(folder, { recursive: true });
  const fresh = node_path.join(folder, `${_undici.randomUUID()}.tmp`);
  try {
    fs.copyFileSync(path, fresh);
    fs.renameSync(fresh, node_path.join(folder, name));
  } catch (error) {
    fs.rmSync(fresh, { force: true });
    throw error;
  }
}
function* claimSpooled(folder, isWanted, nowMs) {
  for (const entry of readNames(folder)) {
    const name = names.exec(entry)?.[1];
    if (name === void 0) continue;
    const path = node_path.join(folder, entry);
    try {
      const stats = fs.lstatSync(path);
      const { size, mtimeMs, uid } = stats;
      if (!stats.isFile()) continue;
      if (entry !== name && nowMs - mtimeMs < staleMs) continue;
      const isOwn = process.getuid === void 0 || uid === process.getuid();
      const header = isOwn ? readHeader(path) : void 0;
      if (header === void 0 || !isWanted(header, size)) continue;
      const claimed = node_path.join(folder, `${name}.${_undici.randomUUID()}.sending`);
      fs.utimesSync(path, nowMs / 1e3, nowMs / 1e3);
      fs.renameSync(path, claimed);
      yield {
        path: claimed,
        header,
        bytes: size,
        release: () => fs.renameSync(claimed, node_path.join(folder, name)),
        remove: () => fs.rmSync(claimed, { force: true })
      };
    } catch {
    }
  }
}
function readNames(folder) {
  try {
    return fs.readdirSync(folder).sort();
  } catch {
    return [];
  }
}
function readHeader(path) {
  const file = fs.openSync(path, fs.constants.O_RDONLY | fs.constants.O_NOFOLLOW | fs.constants.O_NONBLOCK);
  try {
    const head = Buffer.alloc(headBytes);
    const length = fs.readSync(file, head, 0, headBytes, 0);
    const [line = ""] = head.subarray(0, length).toString("utf8").split("\n", 1);
    return parseHeader(line);
  } finally {
    fs.closeSync(file);
  }
}

const ruleTypes = {
  float: "float",
  integer: "int",
  string: "string",
  boolean: "boolean"
};
function explainConflicts(storages, placed) {
  return storages.flatMap(
    ({ name, conflicts = [] }) => merge(conflicts).map(({ measurement, field, given, existing, points }) => {
      const rule = findRule(measurement, field, placed);
      const is = existing === void 0 ? "as another type" : `as ${existing}`;
      const from = rule === void 0 ? "data that steps yield" : `the rule ${_undici.nameRule(rule)}`;
      return `The field "${field}" was left out of ${points} ${points === 1 ? "point" : "points"} of "${measurement}" in ${name}: it is ${given} here, and ${name} has it ${is}. It comes from ${from}; ${toRemedy(rule, existing)}.`;
    })
  );
}
function merge(conflicts) {
  const merged = /* @__PURE__ */ new Map();
  for (const conflict of conflicts) {
    const key = JSON.stringify([conflict.measurement, conflict.field, conflict.given]);
    const earlier = merged.get(key);
    merged.set(key, { ...conflict, points: conflict.points + (earlier?.points ?? 0) });
  }
  return [...merged.values()];
}
function findRule(measurement, field, placed) {
  const found = placed.find(({ key, kind }) => key === measurement || kind === "field" && key === field);
  return found?.captured.rule;
}
function toRemedy(rule, existing) {
  const type = ruleTypes[existing ?? ""];
  if (rule?.kind === "property" && type !== void 0) return `give the rule "type: ${type}", or another "field"`;
  if (rule !== void 0) return 'give the rule another "field"';
  return existing === void 0 ? "yield it under another name" : `yield it as ${existing}, or under another name`;
}

function findFaults(outcome, failOnError) {
  const { warnings, misses, data, storages, placed, mistakes, verdict } = outcome;
  const lost = (text, failsJob = false) => ({ text, level: "lost", failsJob });
  const told = (text) => ({ text, level: "told", failsJob: false });
  return [
    ...verdict === void 0 || verdict.level === "told" ? [] : [{ ...told(explainVerdict(outcome, verdict)), failsJob: verdict.level === "fail" }],
    ...storages.flatMap((storage) => explainStorage(storage).map((text) => lost(text))),
    ...explainConflicts(storages, placed).map((text) => lost(text)),
    ...misses.filter(({ level }) => level !== "ignore").map((miss) => lost(`${_undici.explainMiss(miss)}.`, miss.level === "error")),
    ...data === void 0 ? [] : explainMalformed(data).map((text) => lost(text)),
    ...failOnError ? mistakes.map((text) => lost(text)) : [],
    ...warnings.map(told),
    ...data === void 0 ? [] : [...data.renamed].map((name) => told(explainRenamed(name)))
  ];
}
function findNotes({ secretNames, data, unyielded, spooled }) {
  const ignored = [...data?.ignored ?? []];
  return [
    ...spooled.sent > 0 ? [
      `${countOf(spooled.sent, "point")} that earlier jobs had left in the spool ${spooled.sent === 1 ? "was" : "were"} sent.`
    ] : [],
    ...spooled.problems,
    ...secretNames.length > 0 ? [
      `Left out of regular expressions because they look like secrets: ${secretNames.join(", ")}. Capture them by name.`
    ] : [],
    ...ignored.length > 0 ? [`Yielded, but captured by no rule: ${ignored.map(([name, count]) => `${name} (${count})`).join(", ")}.`] : [],
    ...unyielded.length > 0 ? [
      `Nothing was yielded as ${unyielded.join(", ")}: neither a step output (a step needs an id) nor a line in $BUILD_STATS.`
    ] : []
  ];
}
function explainVerdict({ build }, verdict) {
  const { text, step, limit } = verdict;
  const clause = step === void 0 ? "" : `; ${step.before}*${step.name}*${step.after}`;
  return `${build.builder}: ${text}${clause}.${limit === "" ? "" : ` ${limit}`}`;
}
function toHeadline({ build, storages }) {
  const places = storages.map(({ name, written }) => `${countOf(written, "point")} to ${name}`);
  const where = places.length > 0 ? ` ${places.join(", ")}.` : "";
  return `Build Stats: ${build.builder} ended with ${build.result} after ${_undici.formatDuration(_undici.toDuration(build))}.${where}`;
}
function countOf(count, noun) {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
function explainStorage({ name, written, unsent, lost, gaveUp, kept, problems }) {
  const why = problems.length > 0 ? `: ${problems.join("; ")}` : "";
  const rest = gaveUp ? ", at least, of data that was not read to its end," : "";
  const missing = unsent + lost;
  if (missing === 0 && !gaveUp) return problems.length > 0 ? [`${name}${why}.`] : [];
  const text = `${missing} of ${countOf(written + missing, "point")}${rest} could not be written to ${name}${why}.`;
  return [[text, ...explainKept(kept)].join(" ")];
}
function explainKept(kept) {
  if (kept === void 0) return [];
  const gone = `${kept.gone} ${kept.gone === 1 ? "is" : "are"} lost${kept.why === "" ? "" : `: ${kept.why}`}.`;
  return [
    ...kept.kept > 0 ? [`${countOf(kept.kept, "point")} ${kept.kept === 1 ? "is" : "are"} ${kept.where}.`] : [],
    ...kept.gone > 0 ? [gone] : []
  ];
}
function explainMalformed({ malformed, malformedCount, failure }) {
  const texts = failure === void 0 ? [] : [`Data that steps yielded is missing: ${failure}.`];
  if (malformedCount === 0) return texts;
  const lines = malformed.map(({ line, problem }) => `line ${line}: ${problem}`).join("; ");
  const more = malformedCount > malformed.length ? `; and ${malformedCount - malformed.length} more` : "";
  const are = malformedCount === 1 ? "is" : "are";
  return [
    ...texts,
    `${countOf(malformedCount, "line")} of $BUILD_STATS ${are} no line protocol and left out: ${lines}${more}.`
  ];
}
function explainRenamed(name) {
  return `Data named "${name}" went to the measurement "data_${name}": "${name}" holds the builds themselves.`;
}

function toFetch(client, signal) {
  return async (url, options = {}) => {
    const { method = "GET", headers = {}, body } = options;
    const response = await client.request({ method, url: new URL(url), headers, body, signal });
    const text = response.body.toString("utf8");
    return {
      status: response.status,
      ok: response.status >= 200 && response.status < 300,
      url,
      // Enough of `Headers`, which would load node's own undici.
      headers: new Map(Object.entries(response.headers).map(([name, value]) => [name, [value].flat().join(", ")])),
      text: async () => text,
      json: async () => JSON.parse(text),
      // Of bodies without a type that octokit knows.
      arrayBuffer: async () => new Uint8Array(response.body).buffer
    };
  };
}

class ApiProblem extends Error {
}
const timeoutMs = 5e3;
const permission = "give the job `permissions: actions: read`";
const proxy = "check that no proxy answers in its place";
function explainForeign(what) {
  return `GitHub answered with something that is ${what}; ${proxy}`;
}
function explainStatus(response) {
  const { status, statusText } = response;
  const message = readMessage(response);
  if (isLimited(response, message)) {
    const ms = readRetryAfterMs(response.headers);
    const long = ms === void 0 ? "" : `, for another ${Math.ceil(ms / 1e3)} s`;
    return `GitHub limits the rate of requests (${status})${long}; let fewer jobs run at a time, or give a token with a limit of its own as github-token`;
  }
  switch (status) {
    case 401:
      return "GitHub does not accept the token (401); leave the input github-token out, or give a valid one (a job's own expires after 24 hours)";
    case 403:
    case 404:
      return `the token may not read it (${status}); ${permission}`;
    default: {
      const remedy = status >= 500 ? "where it lasts, see https://www.githubstatus.com" : proxy;
      return `GitHub's answer could not be used: ${[status, message ?? statusText.slice(0, 100)].join(" ").trim()}; ${remedy}`;
    }
  }
}
function isLimited({ status, headers }, message) {
  if (status === 429) return true;
  if (status !== 403) return false;
  const isOver = headers["x-ratelimit-remaining"] === "0" || headers["retry-after"] !== void 0;
  return isOver || /rate limit|abuse detection/i.test(message ?? "");
}
function readRetryAfterMs(headers) {
  const nowMs = Date.parse(headers.date ?? "") || Date.now();
  const after = headers["retry-after"];
  const reset = headers["x-ratelimit-remaining"] === "0" ? headers["x-ratelimit-reset"] : void 0;
  const seconds = /^\d{1,9}$/;
  if (after !== void 0 && seconds.test(after)) return Number(after) * 1e3;
  const untilMs = typeof reset === "string" && /^\d{1,11}$/.test(reset) ? Number(reset) * 1e3 : Date.parse(after ?? "");
  return Number.isNaN(untilMs) ? void 0 : Math.max(0, untilMs - nowMs);
}
function readMessage({ body }) {
  if (body.length > 1e4) return void 0;
  try {
    const { message } = JSON.parse(body.toString("utf8"));
    return typeof message === "string" ? message.replace(/\s+/g, " ").slice(0, 200) : void 0;
  } catch {
    return void 0;
  }
}
function explainNoAnswer(error) {
  const { name, message, code } = error;
  if (name === "TimeoutError" || name === "AbortError") return `GitHub did not answer within ${timeoutMs / 1e3} s`;
  if (message === "aborted") return `GitHub's answer broke off`;
  const why = message || (typeof code === "string" ? code : "no connection");
  return `GitHub's answer could not be used: ${why}; check that this runner can reach the API`;
}

const maxRequests = 3;
const maxWaitMs = 2e3;
const retryMs = 500;
function openApi(http, onAnswer) {
  let left = maxRequests;
  let hasWaited = false;
  const moved = /* @__PURE__ */ new Map();
  async function send(request2) {
    left--;
    const sentMs = Date.now();
    try {
      const response = await http.request(request2);
      onAnswer(response, sentMs, Date.now());
      return response;
    } catch (error) {
      throw new ApiProblem(explainNoAnswer(error), { cause: error });
    }
  }
  async function request(given) {
    const url = new URL(given.url);
    url.pathname = moved.get(url.pathname) ?? url.pathname;
    const visited = [url];
    for (; ; ) {
      const last = visited.at(-1) ?? url;
      const response = await send({ ...given, url: last });
      const { status } = response;
      if (status >= 200 && status < 300) {
        if (visited.length > 1) moved.set(url.pathname, last.pathname);
        return response;
      }
      if (isRedirect(status)) {
        const next = toNext(response, last);
        if (visited.some(({ href }) => href === next.href)) throw new ApiProblem(`GitHub's redirects lead in a circle`);
        if (left === 0) throw new ApiProblem("GitHub redirected the request again and again");
        visited.push(next);
        continue;
      }
      const waitMs = toWaitMs(response);
      if (hasWaited || left === 0 || waitMs === void 0) throw new ApiProblem(explainStatus(response));
      hasWaited = true;
      await pause(waitMs, given.signal);
      if (given.signal.aborted) throw new ApiProblem(explainStatus(response));
    }
  }
  return {
    request,
    close: () => http.close(),
    get left() {
      return left;
    }
  };
}
function isRedirect(status) {
  return [301, 302, 303, 307, 308].includes(status);
}
function toNext({ status, headers }, from) {
  const next = URL.parse(headers.location ?? "", from.href);
  if (headers.location === void 0 || next === null) throw new ApiProblem(`GitHub redirected to nowhere (${status})`);
  next.username = "";
  next.password = "";
  if (next.origin === from.origin) return next;
  const place = next.host === "" ? next.protocol : next.origin;
  throw new ApiProblem(
    `the request was redirected to ${place.slice(0, 100)}, which is not GitHub's API; check GITHUB_API_URL, and that no proxy wants a login`
  );
}
function toWaitMs(response) {
  const askedMs = readRetryAfterMs(response.headers);
  const isWorthwhile = response.status >= 500 || askedMs !== void 0;
  const waitMs = askedMs ?? retryMs;
  return isWorthwhile && waitMs <= maxWaitMs ? waitMs : void 0;
}
function pause(ms, signal) {
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end);
    if (signal.aborted) end();
  });
}

async function readJob(query, http) {
  const { token, runId, jobId } = query;
  let clockAheadMs;
  const no = (reason) => ({ job: void 0, clockAheadMs, reason });
  if (token === void 0) return no("the input github-token is empty; leave it out, or give a token");
  if (runId === void 0) return no("GITHUB_RUN_ID is not set");
  const api = openApi(http, ({ headers }, sentMs, receivedMs) => {
    const dateMs = parseTime(headers.date);
    if (dateMs !== void 0) clockAheadMs ??= toClockAhead(dateMs, sentMs, receivedMs);
  });
  try {
    const actions = await openActions(query, token, api);
    const job = jobId === void 0 ? findJob(await listJobs(actions, query, runId, api), query) : await askForJob(actions, query, runId, jobId);
    return { job: toJob(job), clockAheadMs, reason: void 0 };
  } catch (error) {
    const cause = error.cause ?? error;
    return no(cause instanceof ApiProblem ? cause.message : explainNoAnswer(error));
  }
}
async function openActions({ apiUrl }, token, api) {
  const { getOctokit } = await Promise.resolve().then(() => require('./github.js'));
  const fetch = toFetch(api, AbortSignal.timeout(timeoutMs));
  const log = { debug() {
  }, info() {
  }, warn() {
  }, error() {
  } };
  return getOctokit(token, { baseUrl: apiUrl, request: { fetch, log }, log }).rest.actions;
}
async function askForJob(actions, query, runId, jobId) {
  const { owner, repo } = toRepository(query);
  const { data } = await actions.getJobForWorkflowRun({ owner, repo, job_id: Number(jobId) });
  const job = parseJob(data);
  if (job === void 0) throw new ApiProblem(explainForeign("no job"));
  if (BigInt(job.run_id) !== runId) throw new ApiProblem(`GitHub answered with a job of run ${job.run_id}`);
  if (BigInt(job.id) !== jobId) throw new ApiProblem(`GitHub answered with another job, ${job.id}`);
  return job;
}
async function listJobs(actions, query, runId, api) {
  const { owner, repo } = toRepository(query);
  const jobs = /* @__PURE__ */ new Map();
  let total = 1;
  for (let page = 1; jobs.size < total && api.left > 0; page++) {
    const { data } = await actions.listJobsForWorkflowRunAttempt({
      owner,
      repo,
      run_id: Number(runId),
      attempt_number: Number(query.attempt ?? 1n),
      per_page: 100,
      page
    });
    const found = Array.isArray(data?.jobs) ? data.jobs.map(parseJob) : [void 0];
    for (const job of found) {
      if (job === void 0) throw new ApiProblem(explainForeign("no list of jobs"));
      if (BigInt(job.run_id) !== runId) throw new ApiProblem(`GitHub answered with a job of run ${job.run_id}`);
    }
    const before = jobs.size;
    for (const job of found) if (job !== void 0) jobs.set(job.id, job);
    total = Number(data.total_count) || jobs.size;
    if (jobs.size === before) break;
  }
  if (jobs.size < total) {
    throw new ApiProblem(
      `GitHub listed ${jobs.size} of the ${total} jobs of this run within ${maxRequests} requests, too few to be sure of this one`
    );
  }
  return [...jobs.values()];
}
function findJob(jobs, { job: id, runnerName }) {
  const matches = jobs.filter(({ status, runner_name, name }) => {
    const isNamed = name === id || name.startsWith(`${id} (`) || name.endsWith(` / ${id}`);
    return status === "in_progress" && runner_name === runnerName && isNamed;
  });
  const [job] = matches;
  if (job !== void 0 && matches.length === 1) return job;
  const count = matches.length === 0 ? "none" : `${matches.length}`;
  throw new ApiProblem(
    `of the ${jobs.length} jobs of this run ${count} can be this one, and a wrong one is worse than none`
  );
}
function toRepository({ repository }) {
  const [owner = "", repo = ""] = repository.split("/");
  return { owner, repo };
}
function parseJob(value) {
  if (typeof value !== "object" || value === null) return void 0;
  const { id, run_id, name, status, started_at, created_at, runner_name, steps } = value;
  if (!Number.isSafeInteger(id) || !Number.isSafeInteger(run_id) || typeof name !== "string") return void 0;
  return {
    id,
    run_id,
    name,
    status: typeof status === "string" ? status : "",
    started_at: typeof started_at === "string" ? started_at : "",
    created_at: typeof created_at === "string" ? created_at : void 0,
    runner_name: typeof runner_name === "string" ? runner_name : null,
    steps: Array.isArray(steps) ? steps : []
  };
}
function toJob({ id, name, started_at, created_at, steps }) {
  const startMs = parseTime(started_at);
  if (startMs === void 0) throw new ApiProblem("GitHub answered without a start time");
  const createdMs = parseTime(created_at);
  const queueTime = createdMs === void 0 ? -1 : (startMs - createdMs) / 1e3;
  const parsed = steps.flatMap(parseStep);
  return {
    id: BigInt(id),
    name,
    startMs,
    queueTime: queueTime >= 0 ? queueTime : void 0,
    steps: parsed.flatMap(({ ran }) => ran ?? []).sort((a, b) => a.number - b.number),
    otherSteps: parsed.flatMap(({ ran, name: name2 }) => ran === void 0 ? [name2] : []),
    lateSteps: parsed.flatMap(({ name: name2, isRunning }) => isRunning && !name2.startsWith("Post ") ? [name2] : [])
  };
}
function parseStep(value) {
  if (typeof value !== "object" || value === null) return [];
  const { name, number, status, conclusion, started_at, completed_at } = value;
  if (typeof name !== "string") return [];
  const startMs = typeof started_at === "string" ? parseTime(started_at) : void 0;
  const endMs = typeof completed_at === "string" ? parseTime(completed_at) : void 0;
  const isRunning = status === "in_progress";
  const isOver = status === "completed" && typeof conclusion === "string" && conclusion !== "skipped";
  if (!isOver || !Number.isSafeInteger(number) || startMs === void 0 || endMs === void 0) {
    return [{ name, isRunning }];
  }
  return [{ name, isRunning, ran: { name, number, conclusion, startMs, endMs } }];
}
const [earliestMs, latestMs] = [Date.UTC(2018), Date.UTC(2200)];
function parseTime(text) {
  const ms = Date.parse(text ?? "");
  return ms >= earliestMs && ms < latestMs ? ms : void 0;
}
function toClockAhead(dateMs, sentMs, receivedMs) {
  return dateMs + 500 - (sentMs + receivedMs) / 2;
}
function toApiUrl(env) {
  return (env.GITHUB_API_URL || "https://api.github.com").replace(/\/+$/, "");
}

class DataFileError extends Error {
}
const chunkSize = 256 * 1024;
const maxLineBytes = 3 * 2 ** 20;
async function* readDataFile(path, signal) {
  if (path === void 0) return;
  const { file, size } = openData(path);
  try {
    if (size === 0) return;
    const text = new TextPieces();
    const parser = new _undici.LineProtocolParser();
    const take = (lines) => {
      text.look(lines);
      return lines;
    };
    let count = 0;
    let sinceBreak = 0;
    for await (const chunk of readChunks(path, file, size)) {
      if (signal?.aborted) throw new DataFileError(`the data file ${path} was not read to its end within the timeout`);
      count += chunk.length;
      sinceBreak = chunk.includes(10) ? 0 : sinceBreak + chunk.length;
      if (sinceBreak > maxLineBytes) continue;
      yield take(parser.push(text.decode(chunk)));
    }
    if (count < size) {
      throw new DataFileError(
        `the data file ${path} became shorter while it was read: ${count} of ${size} bytes were there`
      );
    }
    if (!text.endsLine) yield take(parser.push(text.decode(await readRestOfLine(path, file, size))));
    yield take(parser.push(text.end()));
    yield take(parser.end());
    if (text.hasReplaced) {
      throw new DataFileError(`the data file ${path} is not all UTF-8; what is none of its characters became U+FFFD`);
    }
  } finally {
    fs.closeSync(file);
  }
}
function openData(path) {
  let opened;
  try {
    opened = surroundings.openRegular(path);
  } catch (error) {
    throw new DataFileError(`the data file ${path} ${explainOpen(error)}`);
  }
  if (opened === void 0) throw new DataFileError(`the data file ${path} is no file any more`);
  return opened;
}
function explainOpen({ code, message }) {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "is gone";
    case "ELOOP":
      return "is a symbolic link that leads to itself";
    // A socket, or a device that is not there.
    case "ENXIO":
    case "ENODEV":
    case "EISDIR":
      return "is no file any more";
    case "EACCES":
    case "EPERM":
      return `may not be read by this runner (${code})`;
    default:
      return `cannot be read: ${message}`;
  }
}
async function* readChunks(path, file, size) {
  for (let at = 0; at < size; ) {
    const chunk = await readAt(path, file, Buffer.allocUnsafe(Math.min(chunkSize, size - at)), at);
    if (chunk.length === 0) return;
    at += chunk.length;
    yield chunk;
  }
}
function readAt(path, file, buffer, at) {
  return new Promise((resolve, reject) => {
    fs.read(file, buffer, 0, buffer.length, at, (error, length) => {
      if (error) reject(new DataFileError(`the data file ${path} cannot be read: ${error.message}`));
      else resolve(buffer.subarray(0, length));
    });
  });
}
async function readRestOfLine(path, file, size) {
  const rest = await readAt(path, file, Buffer.alloc(maxLineBytes), size);
  const end = rest.indexOf(10);
  return end < 0 ? rest : rest.subarray(0, end + 1);
}
const replacement = "\uFFFD";
const replacementBytes = Buffer.from(replacement);
class TextPieces {
  endsLine = false;
  hasReplaced = false;
  decoder = new TextDecoder();
  isOdd = false;
  decode(chunk) {
    this.endsLine = chunk.at(-1) === 10;
    const text = this.decoder.decode(chunk, { stream: true });
    this.isOdd ||= text.includes(replacement) && !chunk.includes(replacementBytes);
    return text;
  }
  end() {
    const text = this.decoder.decode();
    this.isOdd ||= text !== "";
    return text;
  }
  /** Lines that are malformed are told anyway. */
  look(lines) {
    if (!this.isOdd || this.hasReplaced) return;
    this.hasReplaced = lines.some((line) => "record" in line && holdsReplacement(line));
  }
}
function holdsReplacement({ record }) {
  const texts = [record.name, ...record.tags.flat(), ...record.fields.flat()];
  return texts.some((text) => typeof text === "string" && text.includes(replacement));
}

const batchSize = 500;
function readUnsentPoints(path) {
  const report = { points: 0, malformed: 0, problem: void 0 };
  async function* toBatches() {
    for await (const lines of readDataFile(path)) {
      const points = [];
      for (const parsed of lines) {
        const timeNs = "record" in parsed ? parsed.record.timeNs : void 0;
        if ("record" in parsed && timeNs !== void 0) {
          const { name: measurement, tags, fields } = parsed.record;
          points.push({ measurement, tags, fields, timeNs });
          continue;
        }
        report.malformed++;
        report.problem ??= `line ${parsed.line}: ${"problem" in parsed ? parsed.problem : "it has no time"}`;
      }
      report.points += points.length;
      for (let at = 0; at < points.length; at += batchSize) yield points.slice(at, at + batchSize);
    }
  }
  return { batches: toBatches(), report };
}

function toPlainText(value, length) {
  const text = value.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\u0000-\u0020\u007f-\u009f\u2028\u2029]+/g, " ").trim();
  const points = [...text.slice(0, 2 * length + 1)];
  return points.length > length ? `${points.slice(0, length).join("")}\u2026` : text;
}

const maxRows = 100;
function toTable(head, rows) {
  if (rows.length === 0) return "";
  const shown = rows.slice(0, maxRows);
  const more = rows.length > maxRows ? [`| and ${rows.length - maxRows} more |${" |".repeat(head.length - 1)}`] : [];
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), `|${" --- |".repeat(head.length)}`, ...shown.map(line), ...more].join("\n");
}
function toList(items) {
  return items.map((item) => `- ${item}`).join("\n");
}
function escapeText(value, length) {
  return toPlainText(value, length).replace(
    /[!"#$&'*<>@[\\\]^`{|}~]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])|:(?=\/\/)|(?<=www)\./gi,
    (character) => `&#${character.charCodeAt(0)};`
  );
}

exports.claimSpooled = claimSpooled;
exports.countOf = countOf;
exports.escapeText = escapeText;
exports.explainConflicts = explainConflicts;
exports.explainKept = explainKept;
exports.explainVerdict = explainVerdict;
exports.findFaults = findFaults;
exports.findNotes = findNotes;
exports.openUnsentFile = openUnsentFile;
exports.parseHeader = parseHeader;
exports.putIntoSpool = putIntoSpool;
exports.readDataFile = readDataFile;
exports.readJob = readJob;
exports.readUnsentPoints = readUnsentPoints;
exports.toApiUrl = toApiUrl;
exports.toFetch = toFetch;
exports.toHeadline = toHeadline;
exports.toList = toList;
exports.toPlainText = toPlainText;
exports.toTable = toTable;
